package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.ingest.Choosing;
import org.likeness.core.ingest.FileOutcome.Result;
import org.likeness.core.ingest.ImportRequest;
import org.likeness.core.ingest.ImportRun;
import org.likeness.core.member.MemberId;
import org.likeness.core.photo.Storage;
import org.likeness.core.source.Grant;
import org.likeness.library.ImportQueue.Progress;
import org.likeness.library.Uploads.About;
import org.likeness.testkit.TestPhotos;

/// Files that were chosen together are one import, however they come.
class ChosenTogetherTest {
    private static final MemberId ADA = MemberId.next();

    @TempDir
    Path data;

    @Test
    void files_that_come_one_after_the_other_are_one_import_and_those_of_others_are_their_own() throws Exception {
        List<Path> photos = TestPhotos.demo(data.resolve("own"));
        try (Likeness likeness = Likeness.open(data.resolve("data"));
                ImportQueue queue = likeness.startImports()) {
            Collection ours = likeness.createCollection("ours", Profile.HOUSEHOLD);
            BlockingQueue<Progress> ended = new LinkedBlockingQueue<>();
            queue.listen(progress -> {
                if (progress.ended()) {
                    ended.add(progress);
                }
            });
            UUID called = UUID.randomUUID();
            Choosing chosen = Choosing.of(ADA.value(), called);
            send(likeness, queue, ours, Files.readAllBytes(photos.get(0)), Optional.of(chosen));
            assertThat(next(ended).results()).containsEntry(Result.IMPORTED, 1L);
            send(likeness, queue, ours, Files.readAllBytes(photos.get(1)), Optional.of(chosen));
            assertThat(next(ended).results()).containsEntry(Result.IMPORTED, 1L);
            send(likeness, queue, ours, Files.readAllBytes(photos.get(0)), Optional.of(chosen));
            assertThat(next(ended).results()).containsEntry(Result.DUPLICATE, 1L);

            ImportRun one = imports(likeness, ours).getFirst();
            assertThat(imports(likeness, ours)).hasSize(1);
            assertThat(one.choosing()).contains(chosen);
            assertThat(one.endedAt()).isPresent();
            assertThat(likeness.browse().report(ours.id(), one.id()).totals())
                    .containsEntry(Result.IMPORTED, 2L)
                    .containsEntry(Result.DUPLICATE, 1L);

            Choosing theirs = Choosing.of(MemberId.next().value(), called);
            send(likeness, queue, ours, Files.readAllBytes(photos.get(2)), Optional.of(theirs));
            next(ended);
            send(likeness, queue, ours, Files.readAllBytes(photos.get(3)), Optional.empty());
            next(ended);
            assertThat(imports(likeness, ours)).hasSize(3);
            assertThat(likeness.log().verify(List.of()).isSound()).isTrue();
        }
    }

    /// As when the process is killed after a photo was stored and before its upload was taken away.
    @Test
    void a_file_that_its_import_has_dealt_with_ends_once() throws Exception {
        List<Path> photos = TestPhotos.demo(data.resolve("own"));
        try (Likeness likeness = Likeness.open(data.resolve("data"))) {
            Collection ours = likeness.createCollection("ours", Profile.HOUSEHOLD);
            Grant grant = likeness.provenance().grantFor(ours, Optional.empty(), Optional.empty(), Actor.OWNER);
            Optional<Choosing> chosen = Optional.of(Choosing.of(ADA.value(), UUID.randomUUID()));
            for (int many = 1; many <= 2; many++) {
                likeness.importPhotos(
                        new ImportRequest(ours, grant, photos.subList(0, many), Storage.COPY, chosen), (_, _) -> {});
            }
            ImportRun one = imports(likeness, ours).getFirst();
            assertThat(likeness.browse().report(ours.id(), one.id()).totals())
                    .containsExactly(Map.entry(Result.IMPORTED, 2L));
        }
    }

    @Test
    void what_stands_beside_a_photo_is_heeded_when_it_is_uploaded_with_it() throws Exception {
        byte[] photo = Files.readAllBytes(TestPhotos.demo(data.resolve("own")).getFirst());
        String forbidden = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF"
                + " xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\""
                + " xmlns:plus=\"http://ns.useplus.org/ldf/xmp/1.0/\"><plus:DataMining"
                + " rdf:resource=\"http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED\"/></rdf:Description></rdf:RDF>"
                + "</x:xmpmeta>";
        try (Likeness likeness = Likeness.open(data.resolve("data"));
                ImportQueue queue = likeness.startImports()) {
            for (int number = 1; number <= 2; number++) {
                Collection ours = likeness.createCollection("ours " + number, Profile.HOUSEHOLD);
                BlockingQueue<Progress> ended = new LinkedBlockingQueue<>();
                try (AutoCloseable _ = queue.listen(progress -> {
                    if (progress.ended()) {
                        ended.add(progress);
                    }
                })) {
                    Uploads uploads = likeness.uploads();
                    Uploads.Upload upload = uploads.begin(about(ours, photo, Optional.empty()), Optional.empty());
                    uploads.putSidecar(
                            ADA,
                            upload.about().collection(),
                            upload.id(),
                            number,
                            bytes("any, which the next one replaces"));
                    uploads.putSidecar(ADA, upload.about().collection(), upload.id(), number, bytes(forbidden));
                    uploads.append(ADA, upload.about().collection(), upload.id(), 0, new ByteArrayInputStream(photo));
                    assertThatThrownBy(() ->
                                    uploads.putSidecar(ADA, upload.about().collection(), upload.id(), 1, bytes("late")))
                            .isInstanceOf(LikenessException.class);
                    queue.wake();
                    assertThat(next(ended).results()).containsExactly(Map.entry(Result.QUARANTINED, 1L));
                }
            }
        }
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static About about(Collection to, byte[] bytes, Optional<Choosing> choosing) {
        return new About(
                to.id(), ADA, "a.jpg", bytes.length, Optional.empty(), Optional.empty(), Optional.empty(), choosing);
    }

    private static List<ImportRun> imports(Likeness likeness, Collection collection) {
        return likeness.browse().imports(collection.id(), Optional.empty(), 10);
    }

    private static Progress next(BlockingQueue<Progress> ended) throws InterruptedException {
        return Optional.ofNullable(ended.poll(120, TimeUnit.SECONDS)).orElseThrow();
    }

    private static void send(
            Likeness likeness, ImportQueue queue, Collection to, byte[] bytes, Optional<Choosing> choosing)
            throws IOException {
        Uploads.Upload upload = likeness.uploads().begin(about(to, bytes, choosing), Optional.empty());
        try (ByteArrayInputStream in = new ByteArrayInputStream(bytes)) {
            likeness.uploads().append(ADA, upload.about().collection(), upload.id(), 0, in);
        }
        queue.wake();
    }
}
