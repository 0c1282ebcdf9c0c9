package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.demand.Target;
import org.likeness.core.ingest.FileOutcome.Result;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.Storage;
import org.likeness.core.rights.DeletionDesk.Deleted;
import org.likeness.core.source.Source;

/// A photo that whoever keeps the collection does not want in it any more.
final class DeletionTest extends WithSources {
    private Collection ours;
    private Source club;
    private Photo first;
    private List<Face> faces;

    @BeforeEach
    void plant() {
        ours = household("ours");
        club = source(ours, "the club");
        importFrom(club, photos.subList(0, 2));
        first = photo(photos.getFirst());
        faces = likeness.records().read(tx -> tx.faces(first.id()));
        assertThat(faces).isNotEmpty();
    }

    private Photo photo(Path file) {
        String name = String.valueOf(file.getFileName());
        return likeness.photos(ours, 100).stream()
                .filter(photo -> photo.location().endsWith(name))
                .findFirst()
                .orElseThrow();
    }

    /// Files that name the photo, one of its faces or its content.
    private List<Path> traces() throws IOException {
        return pictures().stream()
                .filter(file -> Stream.concat(
                                Stream.of(first.id().toString(), first.sha256().hex()),
                                faces.stream().map(face -> face.id().toString()))
                        .anyMatch(name -> file.toString().contains(name)))
                .toList();
    }

    private Deleted delete() {
        return likeness.deletions().delete(ours.id(), first.id());
    }

    private static void fails(LikenessException.Kind kind, Runnable call) {
        assertThatExceptionOfType(LikenessException.class).isThrownBy(call::run).matches(e -> e.kind() == kind);
    }

    @Test
    void takes_everything_that_was_made_of_the_photo_and_nothing_else() throws IOException {
        long templates = likeness.summary(ours).templates();
        int others = pictures().size() - traces().size();
        assertThat(found(ours, photos.getFirst())).contains(first);
        assertThat(delete()).isEqualTo(new Deleted(first.id(), false, false));
        assertThat(found(ours, photos.getFirst())).doesNotContain(first);
        assertThat(traces()).isEmpty();
        assertThat(pictures()).hasSize(others);
        assertThat(likeness.summary(ours).photos()).isEqualTo(1);
        assertThat(likeness.summary(ours).templates()).isEqualTo(templates - faces.size());
        assertThat(audit(Action.PHOTO_DELETED)).singleElement().satisfies(entry -> {
            assertThat(entry.object()).isEqualTo(first.id().value());
            assertThat(entry.collection()).contains(ours.id());
        });
        assertThat(photos.getFirst()).as("where it was imported from").exists();
        fails(LikenessException.Kind.NOT_FOUND, this::delete);
        assertThat(audit(Action.PHOTO_DELETED)).hasSize(1);
    }

    @Test
    void is_no_erasure_so_the_same_file_may_come_in_again() throws IOException {
        delete();
        assertThat(importFrom(club, photos.subList(0, 1)).count(Result.IMPORTED))
                .isEqualTo(1);
        Photo again = photo(photos.getFirst());
        assertThat(again.id()).isNotEqualTo(first.id());
        clock.advance(Duration.ofMinutes(11)); // what is left of the first deletion is looked at once more
        reopen();
        assertThat(likeness.original(again)).exists();
        assertThat(found(ours, photos.getFirst())).contains(again);
        assertThat(likeness.deletions().sweep()).isZero();
    }

    @Test
    void leaves_a_linked_original_where_it_is() {
        likeness.importPhotos(
                ours, photos.subList(2, 3), Storage.LINK, Optional.of("the club"), Optional.empty(), (_, _) -> {});
        Photo linked = photo(photos.get(2));
        assertThat(likeness.deletions().delete(ours.id(), linked.id()))
                .isEqualTo(new Deleted(linked.id(), true, false));
        assertThat(photos.get(2)).exists();
        assertThat(likeness.photos(ours, 10)).doesNotContain(linked);
    }

    @Test
    void keeps_what_somebody_demanded_to_be_kept() throws IOException {
        Target face = Target.of(faces.getLast().id());
        likeness.demands().restrict(face);
        fails(LikenessException.Kind.REFUSED, this::delete);
        assertThat(traces()).isNotEmpty();
        likeness.demands().lift(face);
        likeness.demands().restrict(Target.of(first.id()));
        fails(LikenessException.Kind.REFUSED, this::delete);
        likeness.demands().lift(Target.of(first.id()));
        delete();
        assertThat(audit(Action.PHOTO_DELETED)).hasSize(1);
    }

    @Test
    void reaches_no_photo_of_another_collection() {
        CollectionId other = household("others").id();
        fails(LikenessException.Kind.NOT_FOUND, () -> likeness.deletions().delete(other, first.id()));
        assertThat(likeness.photos(ours, 10)).contains(first);
    }

    @Test
    void files_that_a_crash_left_go_at_the_next_opening() throws IOException {
        List<Path> files = traces();
        assertThat(files).hasSizeGreaterThan(2);
        Path kept = temp.resolve("kept");
        for (Path file : files) {
            Path copy = kept.resolve(data.relativize(file).toString());
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy);
        }
        delete();
        for (Path file : files) { // as if the process had died between the records and the files
            Files.createDirectories(file.getParent());
            Files.copy(kept.resolve(data.relativize(file).toString()), file);
        }
        reopen();
        assertThat(traces()).isEmpty();
        clock.advance(Duration.ofMinutes(11));
        assertThat(likeness.deletions().sweep()).isEqualTo(1);
        assertThat(likeness.deletions().sweep()).isZero();
    }
}
