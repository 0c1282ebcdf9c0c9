package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.collection.Purpose;
import org.likeness.core.ingest.ImportListener;
import org.likeness.core.ingest.ImportReport;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.Sha256;
import org.likeness.core.photo.Storage;
import org.likeness.core.rights.SourceDesk;
import org.likeness.core.search.Probe;
import org.likeness.core.source.Capacity;
import org.likeness.core.source.Source;
import org.likeness.core.source.SourceContact;
import org.likeness.core.source.SourceState;
import org.likeness.core.source.Use;
import org.likeness.core.template.Rate;
import org.likeness.testkit.TestPhotos;

/// A data directory, three real photos, and the ways of sources that the tests of sources share.
abstract class WithSources {
    static final Rate RATE = new Rate(0.001);
    static final SourceDesk.Terms REPORTED = terms(Capacity.REPORTED, Optional.empty());
    static final SourceDesk.Terms SIGNED = terms(Capacity.OWNER, Optional.of(new Sha256("0123456789abcdef".repeat(4))));

    @TempDir
    Path temp;

    Path data;
    List<Path> photos;
    final MovableClock clock = new MovableClock();
    Likeness likeness;

    static SourceDesk.Terms terms(Capacity capacity, Optional<Sha256> evidence) {
        return new SourceDesk.Terms(
                "the photographer", capacity, Set.of(Use.STORE, Use.FACE_SEARCH), Optional.empty(), evidence);
    }

    @BeforeEach
    void open() throws IOException {
        data = temp.resolve("data");
        photos = TestPhotos.demo(temp.resolve("photos")).subList(0, 3);
        likeness = Likeness.open(Settings.of(data), clock);
    }

    @AfterEach
    void close() {
        likeness.close();
    }

    void reopen() {
        likeness.close();
        likeness = Likeness.open(Settings.of(data), clock);
    }

    Collection household(String name) {
        return likeness.createCollection(name, Profile.HOUSEHOLD);
    }

    Source source(Collection collection, String name) {
        return likeness.sources()
                .add(collection.id(), name, SourceContact.NONE, REPORTED)
                .source();
    }

    ImportReport importFrom(Source source, List<Path> files) {
        return importFrom(source, files, (_, _) -> {});
    }

    ImportReport importFrom(Source source, List<Path> files, ImportListener listener) {
        return likeness.importPhotos(
                collection(source), files, Storage.COPY, Optional.of(source.name()), Optional.empty(), listener);
    }

    Collection collection(Source source) {
        return likeness.collections().stream()
                .filter(collection -> collection.id().equals(source.collection()))
                .findFirst()
                .orElseThrow();
    }

    List<Photo> found(Collection collection, Path photo) {
        Probe probe = likeness.probe(collection, photo);
        return likeness.search(collection, probe, 1, Purpose.PERSONAL, RATE, 100).photos().stream()
                .map(candidates -> candidates.photo())
                .toList();
    }

    void stop(Source source) {
        likeness.sources().stop(source.id());
    }

    SourceState state(Source source) {
        return likeness.sources().held(source.id()).source().state();
    }

    static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(LikenessException.class)
                .isThrownBy(call)
                .matches(e -> e.kind() == LikenessException.Kind.REFUSED);
    }

    List<AuditEntry> audit(Action action) {
        return likeness.audit(1, 10_000).stream()
                .filter(entry -> entry.action() == action)
                .toList();
    }

    /// Files that hold a photo or something made of one.
    List<Path> pictures() throws IOException {
        try (Stream<Path> walk = Files.walk(data.resolve("collections"))) {
            return walk.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().equals("import.lock"))
                    .toList();
        }
    }
}
