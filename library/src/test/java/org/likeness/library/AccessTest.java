package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.Statement;
import org.likeness.core.collection.Profile;
import org.likeness.core.demand.Demand;
import org.likeness.core.demand.Holdings;
import org.likeness.core.demand.Target;
import org.likeness.core.person.Person;
import org.likeness.core.rights.AccessDesk;

/// Whoever asks is told everything, however often they ask and however old it is.
class AccessTest {
    @TempDir
    private Path temp;

    private Path data;
    private final MovableClock clock = new MovableClock();
    private Likeness likeness;
    private Planted planted;

    @BeforeEach
    void open() throws Exception {
        data = temp.resolve("data");
        likeness = Likeness.open(Settings.of(data), clock);
        planted = new Planted(
                likeness, clock, data, temp, likeness.createCollection("ours", Profile.HOUSEHOLD), "content");
    }

    @AfterEach
    void close() {
        likeness.close();
    }

    private void raw(String statement, Object... values) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("records.sqlite"));
                PreparedStatement prepared = connection.prepareStatement(statement)) {
            for (int i = 0; i < values.length; i++) {
                prepared.setObject(i + 1, values[i] instanceof Number ? values[i] : values[i].toString());
            }
            prepared.executeUpdate();
        }
    }

    private void decide(String verdict) throws SQLException {
        raw(
                "INSERT INTO face_decision (id, collection, face, person, verdict, actor, at)"
                        + " VALUES (?, ?, ?, ?, ?, 'owner', ?)",
                UUID.randomUUID(),
                planted.collection.id(),
                planted.face.id(),
                planted.person.id(),
                verdict,
                clock.instant().toEpochMilli());
    }

    private UUID attempt() throws SQLException {
        UUID id = UUID.randomUUID();
        raw(
                "INSERT INTO search_attempt (id, collection, purpose, person, audience, actor, model, state,"
                        + " started_at, ended_at)"
                        + " VALUES (?, ?, 'FIND_MYSELF', ?, 'myself', 'owner', ?, 'REFUSED', ?, ?)",
                id,
                planted.collection.id(),
                planted.person.id(),
                planted.collection.model(),
                clock.instant().toEpochMilli(),
                clock.instant().toEpochMilli());
        return id;
    }

    @Test
    void r34_everything_held_on_a_person_is_handed_over_however_old_and_however_often() throws Exception {
        decide("IS");
        UUID refused = attempt();
        clock.advance(Duration.ofDays(13 * 31));
        likeness.demands().restrict(Target.of(planted.photo.id()));
        AccessDesk.Given first = likeness.access().give(planted.person.id());
        AccessDesk.Given second = likeness.access().give(planted.person.id());
        AccessDesk.Given third = likeness.access().give(planted.person.id());
        Holdings held = first.holdings();
        assertThat(held.details()).contains(Planted.DETAILS);
        assertThat(held.guardians())
                .singleElement()
                .satisfies(guardian -> assertThat(guardian.details()).contains(Planted.DETAILS));
        assertThat(held.photos()).singleElement().satisfies(shown -> {
            assertThat(shown.photo()).isEqualTo(planted.photo);
            assertThat(shown.faces()).containsExactly(planted.face);
            assertThat(shown.source().name()).isEqualTo("source of content");
            assertThat(shown.grant().grantedBy()).isEqualTo(Planted.NAME);
        });
        assertThat(held.decisions())
                .singleElement()
                .extracting(Holdings.Decision::said)
                .isEqualTo(Holdings.Said.IS);
        assertThat(held.searches()).hasSize(2);
        assertThat(held.searches()).anySatisfy(use -> {
            assertThat(use.search()).isEqualTo(refused);
            assertThat(use.result()).isEqualTo("REFUSED");
            assertThat(use.forThem()).isTrue();
        });
        assertThat(held.searches())
                .as("a search by somebody else that returned them")
                .anyMatch(use -> !use.forThem() && use.returned() == 1);
        assertThat(held.ownSearches()).hasSize(1);
        assertThat(held.demands()).extracting(Demand::kind).contains(Demand.Kind.RESTRICT, Demand.Kind.ACCESS);
        assertThat(held.statements())
                .extracting(Statement::kind)
                .contains(Statement.Kind.CONSENT_RECEIPT, Statement.Kind.DEMAND_RECEIPT);
        assertThat(third.holdings().photos()).isEqualTo(held.photos());
        assertThat(third.holdings().searches()).isEqualTo(second.holdings().searches());
        assertThat(first.demand().state()).isEqualTo(Demand.State.DONE);
        assertThat(likeness.audit(1, 1_000).stream().filter(entry -> entry.action() == AuditEntry.Action.ACCESS_GIVEN))
                .hasSize(3);
        assertThat(held.toString() + held.photos()).doesNotContain("Ottoline");
    }

    @Test
    void r34_what_was_said_not_to_be_theirs_is_not_theirs_and_the_erased_are_told_that_nothing_is_left()
            throws Exception {
        decide("IS");
        decide("IS_NOT");
        assertThat(likeness.access().give(planted.person.id()).holdings().photos())
                .isEmpty();
        likeness.eraser()
                .execute(likeness.demands()
                        .erase(Target.of(planted.person.id()))
                        .demand()
                        .id());
        Holdings held = likeness.access().give(planted.person.id()).holdings();
        assertThat(held.person().state()).isEqualTo(Person.State.FORGOTTEN);
        assertThat(held.details()).isEmpty();
        assertThat(held.searches()).isEmpty();
        assertThat(held.decisions()).isEmpty();
        assertThat(held.statements())
                .extracting(Statement::kind)
                .contains(Statement.Kind.ERASURE_ATTESTATION)
                .doesNotContain(Statement.Kind.CONSENT_RECEIPT);
    }
}
