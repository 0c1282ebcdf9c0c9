package org.likeness.library;

import java.nio.file.Path;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.likeness.core.collection.Assessment;
import org.likeness.core.collection.Basis;
import org.likeness.core.collection.BasisDraft;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.LawfulBasis;
import org.likeness.core.collection.Profile;
import org.likeness.core.collection.SpecialCondition;
import org.likeness.core.consent.Choice;
import org.likeness.core.consent.Method;
import org.likeness.core.consent.Notice;
import org.likeness.core.person.Details;
import org.likeness.core.person.PersonId;
import org.likeness.core.rights.ConsentDesk;
import org.likeness.core.search.Probe;

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

    /// A basis that only names another controller.
    static BasisDraft controller(String who) {
        BasisDraft none = BasisDraft.EMPTY;
        return new BasisDraft(
                Optional.of(who),
                none.lawfulBasis(),
                none.condition(),
                none.purposes(),
                none.photosKept(),
                none.templatesKept(),
                none.inactivity(),
                none.purposeEndsAt(),
                none.noticeVersion(),
                none.alternative(),
                none.assessment());
    }

    /// Somebody who agreed to be found by themselves, by the first clear face of a photo.
    static PersonId findable(Likeness likeness, Collection event, Path photo) {
        PersonId person = likeness.people()
                .add(event.id(), Details.NONE, Optional.empty())
                .id();
        Map<Choice, Boolean> yes = new LinkedHashMap<>();
        yes.put(Choice.MYSELF, true);
        ConsentDesk.Recorded recorded = likeness.consents()
                .record(new ConsentDesk.Answers(
                        person,
                        Optional.empty(),
                        yes,
                        Method.PAGE,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        Probe probe = likeness.probe(event, photo);
        return likeness.find()
                .references()
                .add(recorded.person(), probe, clearest(probe))
                .person();
    }

    /// The number of the largest face that is clear enough for a reference.
    static int clearest(Probe probe) {
        for (int i = 0; i < probe.faces().size(); i++) {
            if (!probe.faces().get(i).quality().low()) {
                return i + 1;
            }
        }
        throw new AssertionError("every face of the photo is of low quality");
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
