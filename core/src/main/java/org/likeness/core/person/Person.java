package org.likeness.core.person;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.likeness.core.collection.CollectionId;

/// Somebody who may be found in one collection, or was invited to say. Who it is stands in [Details], sealed apart.
/// Immutable.
///
/// @param majorityOn the first day, in UTC, on which this person decides alone; until then guardians do. Empty: decides
///     alone already
public record Person(
        PersonId id, CollectionId collection, State state, Optional<LocalDate> majorityOn, Instant addedAt) {
    /// What may happen with a person.
    public enum State {
        /// Known, and has not answered yet.
        INVITED,
        /// Has answered, with yes or no.
        ENROLLED,
        /// Kept but not used, because they asked for that; found by nobody.
        SUSPENDED,
        /// Erased but for this id; final.
        FORGOTTEN;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Whether guardians decide at this instant.
    public boolean isMinor(Instant at) {
        return majority().map(at::isBefore).orElse(false);
    }

    /// From which instant on this person decides alone; empty: always has.
    public Optional<Instant> majority() {
        return majorityOn.map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    public Person in(State newState) {
        return new Person(id, collection, newState, majorityOn, addedAt);
    }

    @Override
    public String toString() {
        return "Person[" + id + " " + state + "]";
    }
}
