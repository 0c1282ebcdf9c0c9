package org.likeness.library;

import java.time.Period;
import java.util.List;
import java.util.Optional;
import org.likeness.core.collection.Assessment;
import org.likeness.core.collection.Basis;
import org.likeness.core.collection.BasisDraft;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.LawfulBasis;
import org.likeness.core.collection.Profile;
import org.likeness.core.collection.SpecialCondition;
import org.likeness.core.consent.Notice;

/// What a collection needs before anything is compared in it.
final class Bases {
    private Bases() {}

    /// A basis with nothing left out, of notice 1.
    static BasisDraft complete(Profile profile) {
        return new BasisDraft(
                Optional.of("The club, Example Street 1"),
                Optional.of(LawfulBasis.CONSENT),
                Optional.of(
                        profile == Profile.EVENT
                                ? SpecialCondition.EXPLICIT_CONSENT
                                : SpecialCondition.ARCHIVING_OR_RESEARCH),
                profile.purposes(),
                Optional.of(Period.ofYears(2)),
                Optional.of(Period.ofDays(365)),
                Optional.of(Period.ofYears(1)),
                Optional.empty(),
                Optional.of(1),
                Optional.of("Browsing by date was considered; there are too many photos."),
                Optional.of(new Assessment(Assessment.Decision.CARRIED_OUT, "In the club's files.")));
    }

    static Notice publish(Likeness likeness, Collection collection) {
        return likeness.notices().publish(collection.id(), List.of(Notice.Text.of("en", "We look for you.")), false);
    }

    /// Publishes notice 1 and records a complete basis.
    static Basis record(Likeness likeness, Collection collection) {
        publish(likeness, collection);
        return likeness.bases().record(collection, complete(collection.profile()));
    }
}
