package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.likeness.core.collection.Collection;
import org.likeness.core.ingest.FileOutcome;
import org.likeness.core.ingest.ImportListener;
import org.likeness.core.ingest.ImportReport;
import org.likeness.core.member.MemberId;
import org.likeness.core.photo.Storage;

/// One data directory, opened twice, and what a service does to it while it stays open.
class SeveralOpeningsTest extends WithSources {
    @Test
    void what_one_opening_imports_stops_and_purges_counts_in_the_next_search_of_another() {
        Collection ours = household("ours");
        assertThat(found(ours, photos.getFirst())).isEmpty(); // its index is open from here on
        try (Likeness other = Likeness.open(Settings.of(data), clock)) {
            other.importPhotos(ours, photos, Storage.COPY, Optional.empty(), Optional.empty(), (_, _) -> {});
            assertThat(found(ours, photos.getFirst())).isNotEmpty();
            other.sources().stop(likeness.photos(ours, 1).getFirst().source());
            assertThat(found(ours, photos.getFirst())).isEmpty();
            clock.advance(Duration.ofDays(40));
            other.purges().run();
        }
        assertThat(found(ours, photos.getFirst())).isEmpty();
        assertThat(likeness.photos(ours, 10)).isEmpty();
    }

    @Test
    void an_import_that_is_told_to_stop_ends_with_the_files_it_has_done() {
        Collection ours = household("ours");
        ImportReport report = likeness.importPhotos(
                ours, photos, Storage.COPY, Optional.empty(), Optional.empty(), new ImportListener() {
                    @Override
                    public void ended(FileOutcome outcome, Progress progress) {}

                    @Override
                    public boolean goesOn() {
                        return false;
                    }
                });
        assertThat(report.results()).isEmpty();
        assertThat(likeness.leftovers().sweepAll()).isZero();
        assertThat(likeness.photos(ours, 10)).isEmpty();
    }

    @Test
    void the_upkeep_deletes_what_an_opening_would_delete() throws Exception {
        Collection ours = household("ours");
        MemberId anna = MemberId.next();
        Uploads.Upload upload = likeness.uploads()
                .begin(
                        new Uploads.About(
                                ours.id(),
                                anna,
                                "sea.jpg",
                                500,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        Optional.empty());
        likeness.uploads()
                .append(anna, upload.about().collection(), upload.id(), 0, new ByteArrayInputStream(new byte[100]));
        try (Upkeep upkeep = likeness.upkeep()) {
            assertThat(upkeep.run()).isZero();
            assertThat(data.resolve("uploads")).isNotEmptyDirectory();
            clock.advance(Duration.ofDays(4000));
            assertThat(upkeep.run()).isZero();
        }
        assertThat(data.resolve("uploads")).isEmptyDirectory();
    }
}
