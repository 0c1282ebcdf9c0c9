package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.source.Source;

/// What an import leaves that is killed between keeping a photo and recording it.
class LeftoversTest extends WithSources {
    private Source club;
    private List<Path> recorded;
    private List<Path> planted;

    @BeforeEach
    void plant() throws IOException {
        club = source(household("ours"), "the club");
        importFrom(club, photos.subList(1, 2));
        recorded = pictures();
        assertThat(recorded).hasSizeGreaterThan(2);
        Path folder = data.resolve("collections").resolve(club.collection().toString());
        String content = "00".repeat(32);
        String photo = PhotoId.next().toString();
        String face = FaceId.next().toString();
        planted = List.of(
                folder.resolve("photos").resolve("00").resolve(content),
                folder.resolve("thumbnails").resolve(photo.substring(34)).resolve(photo + ".jpg"),
                folder.resolve("previews").resolve(photo.substring(34)).resolve(photo + ".jpg"),
                folder.resolve("crops").resolve(face.substring(34)).resolve(face + ".png"));
        for (Path file : planted) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "somebody");
        }
    }

    private Path lock() {
        return data.resolve("collections").resolve(club.collection().toString()).resolve("import.lock");
    }

    @Test
    void after_an_import_that_was_cut_off_the_next_opening_deletes_what_was_not_recorded() throws IOException {
        assertThat(lock()).isEmptyFile(); // the import before ended well
        reopen();
        assertThat(planted).allMatch(Files::exists);
        assertThat(Checkup.run(Settings.of(data)))
                .anyMatch(finding ->
                        finding.state() == Checkup.State.WARN && finding.what().contains("4 files of no photo"));
        assertThatIllegalStateException()
                .isThrownBy(() -> importFrom(club, photos.subList(0, 1), (_, _) -> {
                    throw new IllegalStateException("cut off");
                }));
        assertThat(lock()).isNotEmptyFile();
        importFrom(club, photos.subList(2, 3)); // one that ends well does not hide what the one before left
        assertThat(lock()).isNotEmptyFile();
        List<Path> kept = new ArrayList<>(pictures());
        kept.removeAll(planted);
        reopen();
        assertThat(pictures()).containsExactlyInAnyOrderElementsOf(kept);
        assertThat(lock()).isEmptyFile();
        assertThat(audit(Action.LEFTOVERS_DELETED))
                .singleElement()
                .satisfies(entry -> assertThat(entry.count()).isEqualTo(4));
    }

    @Test
    void a_purge_deletes_them_too_but_never_while_an_import_runs() throws IOException {
        Files.writeString(lock(), "1");
        List<Long> swept = new ArrayList<>();
        importFrom(club, photos.subList(0, 1), (_, _) -> {
            swept.add(likeness.leftovers().sweep());
            swept.add(likeness.leftovers().sweepAll());
        });
        assertThat(swept).containsOnly(0L);
        assertThat(planted).allMatch(Files::exists);
        assertThat(likeness.leftovers().sweepAll()).isEqualTo(4);
        assertThat(planted).noneMatch(Files::exists);
        assertThat(recorded).allMatch(Files::exists);
        assertThat(likeness.leftovers().sweepAll()).isZero();
        assertThat(audit(Action.LEFTOVERS_DELETED)).hasSize(1);
    }
}
