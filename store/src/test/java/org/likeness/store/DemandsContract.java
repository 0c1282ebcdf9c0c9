package org.likeness.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.collection.Profile;
import org.likeness.core.demand.Demand;
import org.likeness.core.demand.Target;
import org.likeness.core.person.Details;
import org.likeness.core.person.Person;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.Photo;
import org.likeness.core.rights.AccessDesk;
import org.likeness.core.rights.DemandDesk;
import org.likeness.core.rights.Eraser;
import org.likeness.core.rights.PeopleDesk;

/// Demands and erasures on every database.
abstract class DemandsContract extends RecordsRulesContract {
    private DemandDesk desk() {
        return new DemandDesk(records, Samples.CLOCK, Actor.OWNER);
    }

    private Eraser eraser() {
        return new Eraser(
                records,
                Samples.CLOCK,
                Actor.OWNER,
                ((SqlRecords) records).erasableTables(),
                () -> Optional.of(() -> {}),
                "test");
    }

    private Eraser.Outcome erase(Target target) {
        return eraser().execute(desk().erase(target).demand().id());
    }

    private Face stored(Samples.Home home) {
        Face face = samples.storedFace(records, home);
        Samples.change(records, tx -> tx.addFeatureSet(home.id(), face.id(), samples.template(), Optional.empty()));
        return face;
    }

    private boolean searchable(Samples.Home home, Face face) {
        return records.<Boolean>read(tx -> {
            boolean shown =
                    !tx.searchable(home.id(), List.of(face.id()), Samples.NOW).isEmpty();
            long counted = tx.searchableFaceCount(home.id(), Samples.NOW);
            assertThat(tx.searchableFaces(home.id(), Samples.NOW, Optional.empty(), 100))
                    .hasSize(Math.toIntExact(counted));
            return shown;
        });
    }

    @Test
    void r33_every_scope_is_erased_from_every_table() {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        Face face = stored(home);
        Face inPhoto = stored(home);
        Face kept = stored(home);
        PeopleDesk people = new PeopleDesk(records, Samples.CLOCK, Actor.OWNER);
        Person person = people.add(home.id(), Details.NONE, Optional.empty());
        List<Target> targets = List.of(
                Target.of(face.id()),
                Target.of(inPhoto.photo()),
                Target.of(person.id()),
                Target.of(home.source().id()),
                Target.of(home.id()));
        for (Target target : targets) {
            long before = records.<Long>read(tx -> tx.auditSize());
            assertThat(eraser().plan(target, home.id()).lines())
                    .as(target.toString())
                    .isNotEmpty();
            assertThat(records.<Long>read(tx -> tx.auditSize()))
                    .as("a plan changes nothing")
                    .isEqualTo(before);
            Eraser.Outcome outcome = erase(target);
            assertThat(outcome.census().notZero()).as(target.toString()).isEmpty();
            assertThat(outcome.demand().state()).isEqualTo(Demand.State.DONE);
            assertThat(records.<Long>read(
                            tx -> tx.demands().targetCount(outcome.demand().id())))
                    .isZero();
        }
        records.read(tx -> {
            assertThat(tx.collections()).isEmpty();
            Photo none = tx.photo(kept.photo()).orElse(null);
            assertThat(none).isNull();
            return true;
        });
    }

    @Test
    void r37_what_is_held_is_not_searchable_and_is_again_when_it_is_lifted() {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        Face face = stored(home);
        Face other = stored(home);
        for (Target target : List.of(Target.of(face.id()), Target.of(face.photo()))) {
            assertThat(searchable(home, face)).isTrue();
            desk().restrict(target);
            assertThat(searchable(home, face)).isFalse();
            assertThat(searchable(home, other)).isTrue();
            desk().lift(target);
        }
        Person person =
                new PeopleDesk(records, Samples.CLOCK, Actor.OWNER).add(home.id(), Details.NONE, Optional.empty());
        desk().restrict(Target.of(person.id()));
        assertThat(records.<Person.State>read(
                        tx -> tx.people().person(person.id()).orElseThrow().state()))
                .isEqualTo(Person.State.SUSPENDED);
        assertThat(new AccessDesk(records, Samples.CLOCK, Actor.OWNER)
                        .give(person.id())
                        .holdings()
                        .demands())
                .hasSize(2);
        fails(LikenessException.Kind.BAD_INPUT, () -> desk().restrict(Target.of(home.id())));
        fails(LikenessException.Kind.NOT_FOUND, () -> desk().lift(Target.of(face.id())));
    }

    @Test
    void r36_a_tombstone_and_an_answer_are_final_even_by_raw_sql() throws SQLException {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        Face face = stored(home);
        Eraser.Outcome outcome = erase(Target.of(face.photo()));
        for (String statement : List.of(
                "DELETE FROM tombstone",
                "UPDATE tombstone SET sha256 = '" + "0".repeat(64) + "'",
                "DELETE FROM demand",
                "UPDATE demand SET state = 'OPEN', closed_at = NULL",
                "UPDATE demand SET due_at = due_at + 1")) {
            assertThatThrownBy(() -> raw(statement)).as(statement).isInstanceOf(SQLException.class);
        }
        fails(
                LikenessException.Kind.CONFLICT,
                () -> eraser().execute(outcome.demand().id()));
        fails(LikenessException.Kind.NOT_FOUND, () -> desk().erase(Target.of(face.photo())));
    }
}
