package org.likeness.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Profile;
import org.likeness.core.consent.Notice;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.PerceptualHash;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.RemovedPhoto;
import org.likeness.core.photo.Sha256;
import org.likeness.core.records.SourcesReading;
import org.likeness.core.source.Capacity;
import org.likeness.core.source.Grant;
import org.likeness.core.source.GrantId;
import org.likeness.core.source.Source;
import org.likeness.core.source.SourceContact;
import org.likeness.core.source.SourceId;
import org.likeness.core.source.SourceMark;
import org.likeness.core.source.SourceState;
import org.likeness.core.source.Use;
import org.likeness.core.template.Template;

/// What the records hold and refuse about sources and grants; the rest is in [PeopleContract].
abstract class SourcesContract extends PeopleContract {
    private static final Optional<Sha256> EVIDENCE = Optional.of(new Sha256("ab".repeat(32)));

    final Grant backed(Source source, Grant.Backing backing) {
        return new Grant(
                GrantId.next(),
                source.id(),
                "the photographer",
                Set.of(Use.values()),
                Samples.NOW,
                Optional.empty(),
                Optional.empty(),
                backing);
    }

    @Test
    void r01_a_photo_without_a_grant_violates_a_constraint_whoever_writes_it() throws Exception {
        Samples.Home home = samples.home(records, "home", Profile.EVENT);
        Samples.Home ended = samples.home(records, "ended", Profile.EVENT);
        Samples.change(records, tx -> tx.sources().end(ended.grant().id(), Samples.NOW));
        String insert = "INSERT INTO photo (id, collection, source, grant_id, sha256, size_bytes, media_type, width,"
                + " height, storage, location, imported_at) VALUES (?, ?, ?, ?, ?, 1, 'JPEG', 1, 1, 'COPY', 'x', 0)";
        String none = "INSERT INTO photo (id, collection, source, sha256, size_bytes, media_type, width,"
                + " height, storage, location, imported_at) VALUES (?, ?, ?, ?, 1, 'JPEG', 1, 1, 'COPY', 'x', 0)";
        String id = "0198f2c4-7b1e-7c3a-9d52-6f1f0e3b9a11";
        String hash = "cd".repeat(32);
        Source source = home.source();
        assertThatThrownBy(() -> raw(none, id, home.id(), source.id(), hash)).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> raw(insert, id, home.id(), source.id(), GrantId.next(), hash))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() ->
                        raw(insert, id, home.id(), source.id(), ended.grant().id(), hash))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> raw(
                        insert,
                        id,
                        ended.id(),
                        ended.source().id(),
                        ended.grant().id(),
                        hash))
                .isInstanceOf(SQLException.class);
        raw(insert, id, home.id(), source.id(), home.grant().id(), hash); // so that the refusals are about the grant
    }

    @Test
    void what_must_go_of_a_deleted_photo_is_remembered_until_it_is_gone() {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        Photo photo = samples.photo(home);
        Face face = samples.face(photo);
        Photo plain = samples.photo(home);
        RemovedPhoto shown = RemovedPhoto.of(photo, List.of(face), Samples.NOW);
        RemovedPhoto empty = RemovedPhoto.of(plain, List.of(), Samples.NOW);
        Samples.change(records, tx -> {
            tx.add(photo);
            tx.add(home.id(), face);
            tx.add(plain);
        });
        Samples.change(records, tx -> {
            tx.sources().removeFilesLater(shown);
            tx.sources().removeFilesLater(empty);
            tx.sources().remove(List.of(photo.id(), plain.id()));
        });
        assertThat(records.<List<RemovedPhoto>>read(tx -> tx.sources().filesToRemove(Optional.empty(), 10)))
                .containsExactlyInAnyOrder(shown, empty);
        List<RemovedPhoto> first = records.read(tx -> tx.sources().filesToRemove(Optional.empty(), 1));
        PhotoId last = first.getFirst().id();
        assertThat(records.<List<RemovedPhoto>>read(tx -> tx.sources().filesToRemove(Optional.of(last), 10)))
                .hasSize(1)
                .doesNotContainAnyElementsOf(first);
        records.note(tx -> tx.sources().filesRemoved(last));
        assertThat(records.<List<RemovedPhoto>>read(tx -> tx.sources().filesToRemove(Optional.empty(), 10)))
                .hasSize(1)
                .doesNotContainAnyElementsOf(first);
    }

    @Test
    void r04_a_grant_gives_back_what_it_states_and_never_changes() throws Exception {
        Samples.Home home = samples.home(records, "home", Profile.EVENT);
        Samples.Home other = samples.home(records, "other", Profile.EVENT);
        Samples.change(
                records,
                tx -> tx.people()
                        .add(new Notice(
                                home.id(), 1, false, Samples.NOW, List.of(Notice.Text.of("en", "You may be found.")))));
        Grant grant = backed(
                home.source(),
                new Grant.Backing(
                        Capacity.REPRESENTATIVE,
                        EVIDENCE,
                        Optional.of(1),
                        Optional.of(home.grant().id())));
        Samples.change(records, tx -> tx.add(grant));
        assertThat(records.<Optional<Grant>>read(tx -> tx.grant(grant.id()))).contains(grant);

        for (String edit : List.of(
                "granted_by = 'somebody else'",
                "allows_share = 0",
                "starts_at = 1",
                "ends_at = 1",
                "capacity = 'OWNER'",
                "evidence_sha256 = NULL",
                "evidence_sha256 = '" + "ef".repeat(32) + "'",
                "notice_version = NULL",
                "succeeds = NULL",
                "source = '" + other.source().id() + "'",
                "id = '0198f2c4-7b1e-7c3a-9d52-6f1f0e3b9a11'")) {
            assertThatThrownBy(() -> raw("UPDATE permission_grant SET " + edit + " WHERE id = ?", grant.id()))
                    .as(edit)
                    .isInstanceOf(SQLException.class);
        }
        assertThat(records.<Optional<Grant>>read(tx -> tx.grant(grant.id()))).contains(grant);

        Samples.change(records, tx -> tx.sources().end(grant.id(), Samples.NOW.plusSeconds(5)));
        assertThatThrownBy(() -> raw("UPDATE permission_grant SET ended_at = NULL WHERE id = ?", grant.id()))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> raw("UPDATE permission_grant SET ended_at = 9 WHERE id = ?", grant.id()))
                .isInstanceOf(SQLException.class);
        fails(
                LikenessException.Kind.CONFLICT,
                () -> Samples.change(records, tx -> tx.sources().end(grant.id(), Samples.NOW.plusSeconds(6))));
        Instant ended = records.<Optional<Grant>>read(tx -> tx.grant(grant.id()))
                .flatMap(Grant::endedAt)
                .orElseThrow();
        assertThat(ended).isEqualTo(Samples.NOW.plusSeconds(5));
    }

    @Test
    void r04_a_grant_succeeds_one_of_its_own_source_once_and_names_a_notice_there_is() {
        Samples.Home home = samples.home(records, "home", Profile.EVENT);
        Samples.Home other = samples.home(records, "other", Profile.EVENT);
        Grant.Backing foreign = new Grant.Backing(
                Capacity.OWNER,
                EVIDENCE,
                Optional.empty(),
                Optional.of(other.grant().id()));
        Grant.Backing first = new Grant.Backing(
                Capacity.OWNER,
                EVIDENCE,
                Optional.empty(),
                Optional.of(home.grant().id()));
        Grant.Backing noNotice = new Grant.Backing(Capacity.OWNER, EVIDENCE, Optional.of(7), Optional.empty());
        fails(
                LikenessException.Kind.REFUSED,
                () -> Samples.change(records, tx -> tx.add(backed(home.source(), foreign))));
        fails(
                LikenessException.Kind.REFUSED,
                () -> Samples.change(records, tx -> tx.add(backed(home.source(), noNotice))));
        Samples.change(records, tx -> tx.add(backed(home.source(), first)));
        fails(
                LikenessException.Kind.CONFLICT,
                () -> Samples.change(records, tx -> tx.add(backed(home.source(), first))));
    }

    @Test
    void a_successor_takes_over_the_photos_and_drops_templates_it_does_not_allow() {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        Face face = samples.storedFace(records, home);
        Template template = samples.template();
        Grant storing = samples.grant(home.source(), Samples.NOW, Optional.empty(), Set.of(Use.STORE));
        Samples.change(records, tx -> {
            tx.addFeatureSet(home.id(), face.id(), template, Optional.empty());
            tx.add(storing);
        });
        long[] photos = new long[1];
        Samples.change(
                records, tx -> photos[0] = tx.sources().succeed(home.grant().id(), storing.id()));
        assertThat(photos[0]).isEqualTo(1);
        records.read(tx -> {
            Photo photo = tx.photo(face.photo()).orElseThrow();
            assertThat(photo.grant()).isEqualTo(storing.id());
            assertThat(tx.templateCount(home.id())).isZero();
            assertThat(tx.searchable(home.id(), List.of(face.id()), Samples.NOW))
                    .isEmpty();
            return true;
        });
    }

    @Test
    void a_contact_is_kept_apart_from_its_source_and_can_go() {
        Samples.Home home = samples.home(records, "home", Profile.EVENT);
        SourceContact contact = new SourceContact(Optional.of("Grüße e.V."), Optional.of("post@example.org"));
        SourceId id = home.source().id();
        assertThat(records.<SourceContact>read(tx -> tx.sources().contact(id))).isEqualTo(SourceContact.NONE);
        Samples.change(records, tx -> tx.sources().keep(id, contact));
        assertThat(records.<SourceContact>read(tx -> tx.sources().contact(id))).isEqualTo(contact);
        Samples.change(records, tx -> tx.sources().keep(id, SourceContact.NONE));
        assertThat(records.<SourceContact>read(tx -> tx.sources().contact(id))).isEqualTo(SourceContact.NONE);
        assertThat(contact.toString()).doesNotContain("Gr").doesNotContain("@");
    }

    private static final Set<SourceMark> MARKS =
            SourceMark.of("The Club", new SourceContact(Optional.of("Anna"), Optional.empty()));

    /// A photo of a home whose source then says stop.
    private Face stopped(Samples.Home home, PerceptualHash looks) {
        Face face = samples.storedFace(records, home);
        SourceId id = home.source().id();
        Samples.change(records, tx -> tx.sources().keep(face.photo(), looks));
        long[] held = new long[1];
        Samples.change(records, tx -> held[0] = tx.sources().stop(id, MARKS, Samples.NOW.plusSeconds(5)));
        assertThat(held[0]).isEqualTo(1);
        fails(
                LikenessException.Kind.CONFLICT,
                () -> Samples.change(records, tx -> tx.sources().stop(id, MARKS, Samples.NOW)));
        return face;
    }

    @Test
    void r40_a_stop_blocks_contents_looks_folders_and_names_whatever_the_clock_says() {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        PerceptualHash looks = new PerceptualHash(-7L);
        Face face = stopped(home, looks);
        SourceId id = home.source().id();
        records.read(tx -> {
            Photo photo = tx.photo(face.photo()).orElseThrow();
            // before the stop by the clock, but after it in the records
            assertThat(tx.searchable(home.id(), List.of(face.id()), Samples.NOW))
                    .isEmpty();
            assertThat(tx.searchableFaceCount(home.id(), Samples.NOW)).isZero();
            assertThat(tx.sources().blocked(photo.sha256())).contains(SourcesReading.Blocked.SOURCE_STOPPED);
            assertThat(tx.sources().blocked(new Sha256("ab".repeat(32)))).isEmpty();
            assertThat(tx.sources().marked(SourceMark.of("THE club!", SourceContact.NONE)))
                    .containsExactly(id);
            assertThat(tx.sources().marked(Set.copyOf(SourceMark.foldersAbove("file:///photos/below/x.jpg"))))
                    .containsExactly(id);
            assertThat(tx.sources().marked(Set.copyOf(SourceMark.foldersAbove("file:///elsewhere/x.jpg"))))
                    .isEmpty();
            assertThat(tx.sources().blockedPrints(0)).singleElement().satisfies(print -> {
                assertThat(print.hash()).isEqualTo(looks);
                assertThat(tx.sources().blockedPrints(print.sequence())).isEmpty();
            });
            assertThat(tx.sources().grantsToPurge(Instant.EPOCH))
                    .extracting(Grant::id)
                    .containsExactly(home.grant().id());
            assertThat(tx.sources().photosToPurge(home.grant().id(), Instant.EPOCH, 9))
                    .containsExactly(photo);
            return true;
        });
    }

    @Test
    void r40_only_a_grant_the_source_itself_signed_lifts_a_stop_whoever_writes() throws Exception {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        Face face = stopped(home, new PerceptualHash(1));
        SourceId id = home.source().id();
        assertThatThrownBy(() -> raw("UPDATE source SET state = 'CLEARED'")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> raw("UPDATE source SET name = 'new' WHERE id = ?", id))
                .isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> raw("UPDATE permission_grant SET stopped = 0")).isInstanceOf(SQLException.class);
        fails(
                LikenessException.Kind.REFUSED,
                () -> Samples.change(records, tx -> tx.add(backed(home.source(), Grant.Backing.REPORTED))));
        fails(LikenessException.Kind.REFUSED, () -> Samples.change(records, tx -> tx.add(samples.photo(home))));
        fails(
                LikenessException.Kind.REFUSED,
                () -> Samples.change(records, tx -> tx.sources().unblock(id)));

        Grant signed =
                backed(home.source(), new Grant.Backing(Capacity.OWNER, EVIDENCE, Optional.empty(), Optional.empty()));
        Samples.change(records, tx -> {
            tx.add(signed);
            tx.sources().unblock(id);
            tx.add(samples.photo(home, signed));
        });
        records.read(tx -> {
            Photo photo = tx.photo(face.photo()).orElseThrow();
            assertThat(tx.sources().source(id)).map(Source::state).contains(SourceState.CLEARED);
            assertThat(tx.sources().blocked(photo.sha256())).isEmpty();
            assertThat(tx.sources().marked(MARKS)).isEmpty();
            assertThat(tx.searchable(home.id(), List.of(face.id()), Samples.NOW))
                    .isEmpty(); // under the old grant
            return true;
        });
    }

    @Test
    void r40_a_block_can_be_recorded_for_a_source_these_records_do_not_know() {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        SourceId unknown = SourceId.next();
        Sha256 content = new Sha256("ab".repeat(32));
        Set<SourceMark> marks = SourceMark.of("The Club", SourceContact.NONE);
        for (int i = 0; i < 2; i++) { // repeating is harmless
            Samples.change(records, tx -> tx.sources().block(home.id(), unknown, List.of(content), marks, Samples.NOW));
        }
        records.read(tx -> {
            assertThat(tx.sources().blocked(content)).isPresent();
            assertThat(tx.sources().blockedContents(unknown)).containsExactly(content);
            assertThat(tx.sources().marks(unknown)).isEqualTo(marks);
            return true;
        });
    }

    @Test
    void a_removed_photo_leaves_no_row_in_any_table_that_can_name_it() throws Exception {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        Face face = samples.storedFace(records, home);
        Face kept = samples.storedFace(records, home);
        Template template = samples.template();
        Samples.change(records, tx -> tx.addFeatureSet(home.id(), face.id(), template, Optional.empty()));
        Samples.change(records, tx -> tx.sources().remove(List.of(face.photo())));
        records.read(tx -> {
            assertThat(tx.photo(face.photo())).isEmpty();
            assertThat(tx.templateCount(home.id())).isZero();
            assertThat(tx.faceCount(home.id())).isEqualTo(1);
            assertThat(tx.photo(kept.photo())).isPresent();
            return true;
        });
        Set<String> naming = new TreeSet<>();
        try (Connection connection = raw()) {
            for (String table : List.of("photo", "face")) {
                try (ResultSet keys = connection.getMetaData().getExportedKeys(null, null, table)) {
                    while (keys.next()) {
                        naming.add(keys.getString("FKTABLE_NAME").toLowerCase(Locale.ROOT));
                    }
                }
            }
        }
        assertThat(naming)
                .as("a new table must be emptied by SqlSources.remove")
                .containsExactly("face", "face_decision", "file_outcome", "search_candidate", "signal", "template");
    }
}
