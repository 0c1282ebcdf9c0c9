package org.likeness.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Profile;
import org.likeness.core.demand.Demand;
import org.likeness.core.demand.Target;
import org.likeness.core.photo.MediaType;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoArea;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.Place;
import org.likeness.core.photo.Region;
import org.likeness.core.photo.Sha256;
import org.likeness.core.photo.Storage;
import org.likeness.core.photo.TimelineFilter;
import org.likeness.core.photo.TimelineLayout;
import org.likeness.core.photo.TimelinePhoto;
import org.likeness.core.photo.TimelinePosition;
import org.likeness.core.source.Grant;
import org.likeness.core.source.SourceId;
import org.likeness.core.source.Use;

/// What the records do for those who look at photos in the order of time.
abstract class TimelineContract extends SourcesContract {
    private static final Comparator<TimelinePhoto> NEWEST_FIRST = Comparator.comparing(TimelinePhoto::at)
            .thenComparing(photo -> photo.id().toString())
            .reversed();

    private final SplittableRandom random = new SplittableRandom(Long.getLong("seed", 20261126));

    private Photo photo(Samples.Home home, Instant importedAt, Optional<LocalDateTime> takenAt) {
        byte[] digest = new byte[32];
        random.nextBytes(digest);
        return new Photo(
                PhotoId.next(),
                home.id(),
                home.source().id(),
                home.grant().id(),
                Sha256.of(digest),
                1,
                MediaType.JPEG,
                1 + random.nextInt(9_000),
                1 + random.nextInt(9_000),
                Storage.COPY,
                "file:///x.jpg",
                importedAt,
                takenAt);
    }

    /// Few different times, so that many are equal; some with whole minutes, some with a date only from the import.
    private List<Photo> stored(Samples.Home home, int photos) {
        List<Photo> all = new ArrayList<>();
        for (int i = 0; i < photos; i++) {
            LocalDateTime time = LocalDateTime.of(2026, 1 + random.nextInt(3), 28, 10, random.nextInt(2))
                    .plusSeconds(30L * random.nextInt(2));
            all.add(
                    random.nextBoolean()
                            ? photo(home, Samples.NOW, Optional.of(time))
                            : photo(home, time.toInstant(ZoneOffset.UTC).plusMillis(7), Optional.empty()));
        }
        Samples.change(records, tx -> all.forEach(tx::add));
        return all;
    }

    private static List<TimelinePhoto> inOrder(List<Photo> photos) {
        return photos.stream()
                .map(photo -> new TimelinePhoto(
                        photo.id(),
                        photo.width(),
                        photo.height(),
                        photo.takenAt()
                                .orElseGet(() -> LocalDateTime.ofInstant(photo.importedAt(), ZoneOffset.UTC)
                                        .truncatedTo(ChronoUnit.SECONDS)),
                        photo.takenAt().isPresent()))
                .sorted(NEWEST_FIRST)
                .toList();
    }

    /// As a page builder walks: one more than is shown says where the next page begins.
    private List<TimelinePhoto> walk(TimelineFilter filter, int limit) {
        List<TimelinePhoto> walked = new ArrayList<>();
        Optional<TimelinePosition> from = Optional.empty();
        do {
            Optional<TimelinePosition> start = from.map(position -> TimelinePosition.parse(position.text()));
            List<TimelinePhoto> page =
                    records.read(tx -> tx.timeline(Samples.NOW).page(filter, start, limit + 1));
            walked.addAll(page.subList(0, Math.min(limit, page.size())));
            from = page.size() > limit ? Optional.of(page.get(limit).position()) : Optional.empty();
        } while (from.isPresent());
        return walked;
    }

    @Test
    void walking_gives_each_photo_once_in_order_whatever_dates_are_equal_or_missing() {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        stored(samples.home(records, "other", Profile.HOUSEHOLD), 5);
        List<TimelinePhoto> expected = inOrder(stored(home, 83));

        for (int limit : List.of(1, 2, 7, 82, 83, 84)) {
            assertThat(walk(TimelineFilter.all(home.id()), limit))
                    .as("pages of %s", limit)
                    .isEqualTo(expected);
        }
    }

    @Test
    void a_photo_has_the_neighbours_of_the_order() {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        List<TimelinePhoto> order = inOrder(stored(home, 30));
        TimelineFilter all = TimelineFilter.all(home.id());

        for (int i = 0; i < order.size(); i++) {
            TimelinePhoto photo = order.get(i);
            Optional<TimelinePhoto> before = i == 0 ? Optional.empty() : Optional.of(order.get(i - 1));
            Optional<TimelinePhoto> after = i == order.size() - 1 ? Optional.empty() : Optional.of(order.get(i + 1));
            records.read(tx -> {
                TimelinePosition position = tx.timeline(Samples.NOW).positionOf(photo.id());
                assertThat(position).isEqualTo(photo.position());
                assertThat(tx.timeline(Samples.NOW).newer(all, position)).isEqualTo(before);
                assertThat(tx.timeline(Samples.NOW).older(all, position)).isEqualTo(after);
                return true;
            });
        }
    }

    @Test
    void the_layout_is_the_order_in_brief() {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        List<TimelinePhoto> order = inOrder(stored(home, 2 * TimelineLayout.PAGE + 1));

        TimelineLayout layout = records.read(tx -> tx.timeline(Samples.NOW).layout(TimelineFilter.all(home.id())));

        assertThat(layout.photos()).isEqualTo(order.size());
        assertThat(layout.starts())
                .containsExactly(
                        order.get(0).position(),
                        order.get(TimelineLayout.PAGE).position(),
                        order.get(2 * TimelineLayout.PAGE).position());
        for (int i = 0; i < order.size(); i++) {
            assertThat(layout.shapes()[i])
                    .isEqualTo(TimelineLayout.shape(
                            order.get(i).width(), order.get(i).height()));
        }
        assertThat(layout.months())
                .extracting(TimelineLayout.Month::month)
                .containsExactly(YearMonth.of(2026, 3), YearMonth.of(2026, 2), YearMonth.of(2026, 1));
        assertThat(layout.months())
                .allSatisfy(month -> assertThat(month.photos()).isEqualTo((int) order.stream()
                        .filter(photo -> YearMonth.from(photo.at()).equals(month.month()))
                        .count()));
    }

    @Test
    void a_filter_narrows_to_days_and_a_source() {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        Photo eve = photo(home, Samples.NOW, Optional.of(LocalDateTime.parse("2026-03-01T23:59:59")));
        Photo first = photo(home, Samples.NOW, Optional.of(LocalDateTime.parse("2026-03-02T00:00")));
        Photo last = photo(home, Samples.NOW, Optional.of(LocalDateTime.parse("2026-03-03T23:59:59")));
        Photo after = photo(home, Samples.NOW, Optional.of(LocalDateTime.parse("2026-03-04T00:00")));
        Samples.change(records, tx -> List.of(eve, first, last, after).forEach(tx::add));
        LocalDate from = LocalDate.of(2026, 3, 2);

        assertThat(walk(
                        new TimelineFilter(
                                home.id(), Optional.empty(), Optional.of(from), Optional.of(from.plusDays(1))),
                        10))
                .isEqualTo(inOrder(List.of(first, last)));
        assertThat(walk(
                        new TimelineFilter(
                                home.id(),
                                Optional.of(home.source().id()),
                                Optional.empty(),
                                Optional.of(LocalDate.of(9999, 12, 31))),
                        10))
                .hasSize(4);
        assertThat(walk(
                        new TimelineFilter(home.id(), Optional.of(SourceId.next()), Optional.empty(), Optional.empty()),
                        10))
                .isEmpty();
    }

    @Test
    void a_day_beyond_four_digits_is_refused() {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        for (LocalDate day : List.of(LocalDate.MAX, LocalDate.MIN, LocalDate.of(10_000, 1, 1))) {
            fails(
                    LikenessException.Kind.BAD_INPUT,
                    () -> new TimelineFilter(home.id(), Optional.empty(), Optional.empty(), Optional.of(day)));
        }
    }

    @Test
    void a_filter_narrows_to_a_region_also_across_the_date_line() {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        List<Photo> photos = stored(home, 4);
        List<Place> places = List.of(new Place(-17.7, 178), new Place(-17.7, -178), new Place(-17.7, 10));
        Samples.change(records, tx -> {
            for (int i = 0; i < 3; i++) {
                tx.sources().keep(photos.get(i).id(), places.get(i));
            }
        });
        TimelineFilter all = TimelineFilter.all(home.id());

        assertThat(walk(all.in(new Region(new Place(-20, 178), new Place(-17.7, -178))), 9))
                .isEqualTo(inOrder(photos.subList(0, 2)));
        assertThat(walk(all.in(new Region(new Place(-20, -178), new Place(-10, 177))), 9))
                .isEqualTo(inOrder(photos.subList(1, 3)));
        assertThat(walk(all.in(new Region(new Place(-17, -180), new Place(90, 180))), 9))
                .isEmpty();
    }

    @Test
    void areas_say_where_photos_were_taken_most_first() {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        List<Photo> photos = stored(home, 5);
        List<Place> places =
                List.of(new Place(90, 180), new Place(48.1, 11.5), new Place(48.2, 11.6), new Place(-0.1, -0.1));
        Samples.change(records, tx -> {
            for (int i = 0; i < places.size(); i++) {
                tx.sources().keep(photos.get(i).id(), places.get(i));
            }
        });
        List<PhotoArea> areas = records.read(tx -> tx.timeline(Samples.NOW).areas(TimelineFilter.all(home.id()), 9));

        assertThat(areas).extracting(PhotoArea::photos).containsExactly(2, 1, 1);
        assertThat(areas.getFirst().region()).isEqualTo(Region.parse("48,11.5,48.25,11.75"));
        assertThat(areas.getFirst().centre().latitude()).isBetween(48.14, 48.16);
        assertThat(areas.get(1).region()).isEqualTo(Region.parse("-0.25,-0.25,0,0"));
        for (PhotoArea area : areas) {
            assertThat(walk(TimelineFilter.all(home.id()).in(area.region()), 9)).hasSize(area.photos());
        }
        assertThat(records.<Optional<Place>>read(
                        tx -> tx.timeline(Samples.NOW).placeOf(photos.get(3).id())))
                .contains(places.get(3));
        assertThat(records.<Optional<Place>>read(
                        tx -> tx.timeline(Samples.NOW).placeOf(photos.get(4).id())))
                .isEmpty();
    }

    @Test
    void what_a_signal_or_a_demand_keeps_out_is_not_shown() throws Exception {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        List<Photo> photos = stored(home, 4);
        raw("UPDATE photo SET state = 'QUARANTINED' WHERE id = ?", photos.get(0).id());
        raw("UPDATE photo SET state = 'UPHELD' WHERE id = ?", photos.get(1).id());
        assertThat(walk(TimelineFilter.all(home.id()), 2)).isEqualTo(inOrder(photos.subList(2, 4)));

        hold(Target.of(photos.get(2).id()), home);
        assertThat(walk(TimelineFilter.all(home.id()), 2)).isEqualTo(inOrder(photos.subList(3, 4)));
        hold(Target.of(home.source().id()), home);
        assertThat(walk(TimelineFilter.all(home.id()), 2)).isEmpty();

        Samples.Home other = samples.home(records, "other", Profile.HOUSEHOLD);
        List<Photo> others = stored(other, 3);
        assertThat(walk(TimelineFilter.all(other.id()), 2)).isEqualTo(inOrder(others));
        hold(Target.of(other.id()), other);
        assertThat(walk(TimelineFilter.all(other.id()), 2)).isEmpty();
    }

    @Test
    void what_is_held_under_a_grant_that_ended_is_not_shown() {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        List<Photo> photos = stored(home, 3);
        Grant brief = samples.grant(
                home.source(), Samples.NOW.minusSeconds(9), Optional.of(Samples.NOW.plusSeconds(9)), Set.of(Use.STORE));
        Photo other = samples.photo(home, brief);
        Samples.change(records, tx -> {
            tx.add(brief);
            tx.add(other);
        });
        TimelineFilter all = TimelineFilter.all(home.id());
        Instant later = Samples.NOW.plusSeconds(9);

        assertThat(walk(all, 9)).hasSize(4);
        records.read(tx -> {
            assertThat(tx.timeline(later).page(all, Optional.empty(), 9)).isEqualTo(inOrder(photos));
            assertThat(tx.timeline(Samples.NOW).shows(other)).isTrue();
            assertThat(tx.timeline(later).shows(other)).isFalse();
            return true;
        });

        Samples.change(records, tx -> tx.sources().end(home.grant().id(), Samples.NOW));
        assertThat(walk(all, 9)).extracting(TimelinePhoto::id).containsExactly(other.id());
    }

    private void hold(Target target, Samples.Home home) {
        Demand demand = Demand.received(Demand.Kind.RESTRICT, target, home.id(), Samples.NOW);
        Samples.change(records, tx -> {
            tx.demands().add(demand);
            tx.demands().hold(demand.id(), target.scope(), target.id());
        });
    }

    /// Takes the timeline away, as in a database of an older version, and opens it again.
    @Test
    void photos_of_an_older_version_find_their_place() throws Exception {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        List<TimelinePhoto> expected = inOrder(stored(home, 60));
        records.close();
        raw("DELETE FROM flyway_schema_history WHERE CAST(version AS INTEGER) >= 14");
        raw("DROP INDEX photo_timeline");
        raw("ALTER TABLE photo DROP COLUMN sort_at");
        raw("DROP INDEX photo_by_place");
        raw("DROP TABLE import_job");
        raw("DROP TABLE watched_file");
        raw("DROP TABLE watched_folder");
        raw("DROP INDEX file_outcome_by_result");
        raw("DROP INDEX photo_by_size");
        raw("ALTER TABLE session DROP COLUMN way");
        raw("DROP TABLE sign_in");
        raw("DROP TABLE removed_photo");
        raw("ALTER TABLE photo DROP COLUMN latitude");
        raw("ALTER TABLE photo DROP COLUMN longitude");
        raw("ALTER TABLE member DROP COLUMN tour_over");
        raw("DROP INDEX search_attempt_by_actor");
        raw("DROP INDEX import_run_by_choosing");
        raw("ALTER TABLE import_run DROP COLUMN choosing");
        raw("ALTER TABLE import_run DROP COLUMN storage");
        raw("DROP INDEX face_decision_by_search");
        records = open(new Keys(folder.resolve("keys")));

        assertThat(walk(TimelineFilter.all(home.id()), 7)).isEqualTo(expected);
    }
}
