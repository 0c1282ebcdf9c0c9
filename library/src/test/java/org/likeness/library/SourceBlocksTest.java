package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.Collection;
import org.likeness.core.ingest.FileOutcome;
import org.likeness.core.ingest.FileOutcome.Reason;
import org.likeness.core.ingest.FileOutcome.Result;
import org.likeness.core.ingest.ImportReport;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoFilter;
import org.likeness.core.photo.PhotoState;
import org.likeness.core.photo.Storage;
import org.likeness.core.source.Capacity;
import org.likeness.core.source.Source;
import org.likeness.core.source.SourceContact;
import org.likeness.core.source.SourceState;

/// What a source that said stop gave stays out, on real photos, with every real part.
class SourceBlocksTest extends WithSources {
    @Test
    void r40_what_a_stopped_source_gave_stays_out_under_any_name_path_and_collection() throws IOException {
        Collection ours = household("ours");
        SourceContact contact = new SourceContact(Optional.of("Müller & Söhne"), Optional.of("post@example.org"));
        Source club =
                likeness.sources().add(ours.id(), "The Club", contact, REPORTED).source();
        importFrom(club, photos);
        stop(club);
        likeness.purges().run();
        reopen();

        Collection second = household("second");
        Source renamed = source(second, "somebody else");
        Path copy = Files.copy(
                photos.getFirst(), Files.createDirectories(temp.resolve("usb")).resolve("x.jpg"));
        List<FileOutcome> outcomes = new ArrayList<>();
        importFrom(renamed, List.of(copy, photos.get(1)), (outcome, _) -> outcomes.add(outcome));
        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.reason()).contains(Reason.BLOCKED));
        assertThat(likeness.sources().held(renamed.id()).photos()).isZero();

        refused(() -> importFrom(club, photos));
        refused(() -> likeness.importPhotos(
                second, photos, Storage.COPY, Optional.of("the club"), Optional.of("me"), (_, _) -> {}));
        refused(() -> likeness.sources().add(second.id(), "THE-CLUB", SourceContact.NONE, SIGNED));
        refused(() -> likeness.sources()
                .add(
                        second.id(),
                        "new name",
                        new SourceContact(Optional.of("MÜLLER &  SÖHNE"), Optional.empty()),
                        SIGNED));
        refused(() -> likeness.sources().give(club, SIGNED));
        refused(() -> likeness.sources()
                .succeed(likeness.sources().held(club.id()).grants().getFirst().id(), SIGNED));
    }

    @Test
    void r40_nothing_more_comes_in_by_sources_that_other_collections_have_of_the_stopped_name_owner_or_contact() {
        SourceContact mail = new SourceContact(Optional.of("Bell"), Optional.of("bell@example.org"));
        Source club = likeness.sources()
                .add(household("ours").id(), "the club", mail, REPORTED)
                .source();
        Collection second = household("second");
        Source named = source(second, "The Club");
        Source owned = likeness.sources()
                .add(second.id(), "x", new SourceContact(Optional.of("BELL"), Optional.empty()), REPORTED)
                .source();
        Source reached = likeness.sources()
                .add(
                        second.id(),
                        "y",
                        new SourceContact(Optional.empty(), Optional.of("mailto: BELL@example.org")),
                        REPORTED)
                .source();
        Source stranger = source(second, "z");
        assertThat(likeness.sources().alike(club.id())).containsExactlyInAnyOrder(named, owned, reached);
        stop(club);
        for (Source same : List.of(named, owned, reached)) {
            refused(() -> importFrom(same, photos));
        }
        assertThat(importFrom(stranger, photos.subList(0, 1)).count(Result.IMPORTED))
                .isEqualTo(1);
    }

    @Test
    void r40_only_the_recorded_owner_lifts_a_stop() {
        SourceContact owner = new SourceContact(Optional.of("The  Photographer"), Optional.empty());
        SourceContact other = new SourceContact(Optional.of("somebody else"), Optional.empty());
        Collection ours = household("ours");
        Source hers = likeness.sources().add(ours.id(), "hers", owner, REPORTED).source();
        Source theirs =
                likeness.sources().add(ours.id(), "theirs", other, REPORTED).source();
        stop(hers);
        stop(theirs);
        refused(() -> likeness.sources().unblock(theirs.id(), SIGNED));
        assertThat(likeness.sources().unblock(hers.id(), SIGNED).grantedBy()).isEqualTo("the photographer");
    }

    @Test
    void r40_only_a_grant_signed_by_the_source_itself_lifts_the_block() {
        Source club = source(household("ours"), "the club");
        importFrom(club, photos);
        stop(club);
        likeness.purges().run();
        refused(() -> likeness.sources().unblock(club.id(), REPORTED));
        refused(() -> likeness.sources().unblock(club.id(), terms(Capacity.REPRESENTATIVE, SIGNED.evidence())));
        refused(() -> likeness.sources().unblock(club.id(), terms(Capacity.OWNER, Optional.empty())));
        likeness.sources().unblock(club.id(), SIGNED);
        assertThat(state(club)).isEqualTo(SourceState.CLEARED);
        assertThat(importFrom(club, photos).count(Result.IMPORTED)).isEqualTo(3);
        assertThat(found(collection(club), photos.get(1))).isNotEmpty();
        assertThat(audit(Action.SOURCE_UNBLOCKED)).hasSize(1);
    }

    @Test
    void r36_a_smaller_or_recompressed_copy_waits_for_a_person() throws IOException {
        Source club = source(household("ours"), "the club");
        importFrom(club, photos.subList(0, 2));
        stop(club);
        likeness.purges().run();
        Collection second = household("second");
        Source other = source(second, "other");
        Path folder = Files.createDirectories(temp.resolve("usb"));
        Path smaller = resized(photos.getFirst(), folder.resolve("smaller.jpg"), 0.6, "jpeg");
        Path converted = resized(photos.get(1), folder.resolve("converted.png"), 0.9, "png");
        Path stranger = Files.copy(photos.get(2), folder.resolve("stranger.jpg"));
        ImportReport report = importFrom(other, List.of(smaller, converted, stranger));
        assertThat(report.count(Result.QUARANTINED)).isEqualTo(2);
        assertThat(report.count(Result.IMPORTED)).isEqualTo(1);
        List<Photo> waiting = likeness.photoDesk()
                .list(PhotoFilter.all(second.id()).inState(PhotoState.QUARANTINED), Optional.empty(), 9);
        for (Photo photo : waiting) {
            PhotoDesk.Held held = likeness.photoDesk().show(photo.id());
            assertThat(held.faces()).isZero();
            assertThat(held.signals())
                    .anySatisfy(kept ->
                            assertThat(kept.signal().value()).contains(club.id().toString()));
        }
        assertThat(likeness.photoDesk()
                        .allow(waiting.getFirst().id(), "Anna", Optional.empty())
                        .faces())
                .isPositive();
        likeness.photoDesk().uphold(waiting.getLast().id(), "Anna");
    }

    @Test
    void r40_a_photo_from_a_folder_of_a_stopped_source_waits_for_a_person() throws IOException {
        Source club = source(household("ours"), "the club");
        importFrom(club, photos.subList(0, 1));
        stop(club);
        Source other = source(household("second"), "other");
        assertThat(importFrom(other, photos.subList(1, 2)).count(Result.QUARANTINED))
                .isEqualTo(1);
    }

    private static Path resized(Path photo, Path to, double scale, String format) throws IOException {
        BufferedImage full = ImageIO.read(photo.toFile());
        int width = (int) (full.getWidth() * scale);
        int height = (int) (full.getHeight() * scale);
        BufferedImage small = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        small.getGraphics().drawImage(full.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING), 0, 0, null);
        ImageIO.write(small, format, to.toFile());
        return to;
    }
}
