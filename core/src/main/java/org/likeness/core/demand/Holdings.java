package org.likeness.core.demand;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.audit.Statement;
import org.likeness.core.consent.ConsentEvent;
import org.likeness.core.consent.Notice;
import org.likeness.core.person.Details;
import org.likeness.core.person.Guardian;
import org.likeness.core.person.Person;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.Photo;
import org.likeness.core.source.Grant;
import org.likeness.core.source.Source;

/// Everything that is held on one person: what whoever asks for it is handed. Immutable; holds names, so
/// it prints nothing.
///
/// @param notices the texts behind the answers, and the one in force
/// @param ownSearches when they searched for themselves
public record Holdings(
        Person person,
        Optional<Details> details,
        List<KnownGuardian> guardians,
        List<ConsentEvent> answers,
        List<Notice> notices,
        List<Reference> references,
        List<Shown> photos,
        List<Decision> decisions,
        List<Use> searches,
        List<Instant> ownSearches,
        List<Demand> demands,
        List<Statement> statements) {
    public Holdings {
        guardians = List.copyOf(guardians);
        answers = List.copyOf(answers);
        notices = List.copyOf(notices);
        references = List.copyOf(references);
        photos = List.copyOf(photos);
        decisions = List.copyOf(decisions);
        searches = List.copyOf(searches);
        ownSearches = List.copyOf(ownSearches);
        demands = List.copyOf(demands);
        statements = List.copyOf(statements);
    }

    /// Somebody who decides for them.
    public record KnownGuardian(Guardian guardian, Optional<Details> details) {
        @Override
        public String toString() {
            return "KnownGuardian[redacted]";
        }
    }

    /// That there is a template they can be found by; the template itself is handed to nobody.
    public record Reference(UUID id, String model, Instant madeAt, Instant endsAt) {}

    /// A photo that was said or found to show them, and where it is from.
    ///
    /// @param faces those that are theirs
    public record Shown(Photo photo, List<Face> faces, Source source, Grant grant) {
        public Shown {
            faces = List.copyOf(faces);
        }

        @Override
        public String toString() {
            return "Shown[" + photo.id() + "]";
        }
    }

    /// What a person said of a face: that it is theirs, is not, or that this is taken back.
    public record Decision(UUID face, Said said, String by, Instant at) {
        /// Whether it says that the face is theirs.
        public boolean isTheirs() {
            return said == Said.IS;
        }
    }

    /// What can be said of a face, as [Decision] has it.
    public enum Said {
        IS,
        IS_NOT,
        OPEN
    }

    /// A search that was for them, or whose answer had a face that was said to be theirs.
    ///
    /// @param forThem whether it was for them
    /// @param audience on whose behalf; empty when it was not for a person
    /// @param returned how many faces of theirs its answer had
    public record Use(
            UUID search,
            boolean forThem,
            String purpose,
            Optional<String> audience,
            String by,
            Instant at,
            String result,
            long returned) {}

    @Override
    public String toString() {
        return "Holdings[" + person.id() + "]";
    }
}
