package org.likeness.core.collection;

import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.likeness.core.LikenessException;

/// What was said so far of a [Basis]. Immutable.
public record BasisDraft(
        Optional<String> controller,
        Optional<LawfulBasis> lawfulBasis,
        Optional<SpecialCondition> condition,
        Set<Purpose> purposes,
        Optional<Period> photosKept,
        Optional<Period> templatesKept,
        Optional<Period> inactivity,
        Optional<Instant> purposeEndsAt,
        Optional<Integer> noticeVersion,
        Optional<String> alternative,
        Optional<Assessment> assessment) {
    /// Nothing yet.
    public static final BasisDraft EMPTY = new BasisDraft(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public BasisDraft {
        purposes = Set.copyOf(purposes);
    }

    /// What a basis cannot do without.
    public enum Field {
        CONTROLLER("who answers for it", "--controller WHO"),
        LAWFUL_BASIS("the ground of GDPR article 6", "--lawful-basis GROUND"),
        CONDITION("the condition of GDPR article 9", "--condition CONDITION"),
        PURPOSES("the purposes", "--purpose PURPOSE"),
        PHOTOS_KEPT("how long photos are kept", "--photos-kept PERIOD"),
        TEMPLATES_KEPT("how long templates are kept", "--templates-kept PERIOD"),
        INACTIVITY("after how long a pause consent ends", "--inactivity PERIOD"),
        NOTICE("the published notice", "--notice VERSION"),
        ALTERNATIVE("the less intrusive alternative that was considered", "--alternative TEXT"),
        ASSESSMENT("the decision on an impact assessment", "--dpia DECISION --dpia-reason TEXT");

        private final String words;
        private final String flag;

        Field(String words, String flag) {
            this.words = words;
            this.flag = flag;
        }

        public String words() {
            return words;
        }

        /// How the command line says it.
        public String flag() {
            return flag;
        }
    }

    /// What is wrong with one part.
    public enum Fault {
        MISSING,
        /// More than a text may hold.
        TOO_MANY_WORDS,
        /// The profile does not have it.
        NOT_HERE,
        /// A period that is not longer than nothing.
        NO_TIME,
        /// A period that is longer than is allowed.
        TOO_LONG
    }

    /// What keeps this draft from becoming a basis, part by part; empty: nothing does.
    public Map<Field, Fault> faults(Profile profile) {
        Map<Field, Fault> faults = new EnumMap<>(Field.class);
        missing().forEach(field -> faults.put(field, Fault.MISSING));
        controller.filter(text -> !Basis.fits(text)).ifPresent(_ -> faults.put(Field.CONTROLLER, Fault.TOO_MANY_WORDS));
        alternative
                .filter(text -> !Basis.fits(text))
                .ifPresent(_ -> faults.put(Field.ALTERNATIVE, Fault.TOO_MANY_WORDS));
        condition.filter(each -> !each.fits(profile)).ifPresent(_ -> faults.put(Field.CONDITION, Fault.NOT_HERE));
        if (!profile.purposes().containsAll(purposes)) {
            faults.put(Field.PURPOSES, Fault.NOT_HERE);
        }
        period(faults, Field.PHOTOS_KEPT, photosKept, Optional.empty());
        period(faults, Field.TEMPLATES_KEPT, templatesKept, profile.templateMax());
        period(faults, Field.INACTIVITY, inactivity, Optional.of(Retention.INACTIVITY_MAX));
        return faults;
    }

    private static void period(Map<Field, Fault> faults, Field field, Optional<Period> said, Optional<Period> max) {
        said.ifPresent(period -> {
            if (!Retention.isSome(period)) {
                faults.put(field, Fault.NO_TIME);
            } else if (max.filter(longest -> Retention.longer(period, longest)).isPresent()) {
                faults.put(field, Fault.TOO_LONG);
            }
        });
    }

    /// This draft; what it leaves out is as in the basis before.
    public BasisDraft over(Basis before) {
        return new BasisDraft(
                controller.or(() -> Optional.of(before.controller())),
                lawfulBasis.or(() -> Optional.of(before.lawfulBasis())),
                condition.or(() -> Optional.of(before.condition())),
                purposes.isEmpty() ? before.purposes() : purposes,
                photosKept.or(() -> Optional.of(before.retention().photos())),
                templatesKept.or(() -> Optional.of(before.retention().templates())),
                inactivity.or(() -> Optional.of(before.retention().inactivity())),
                purposeEndsAt.or(() -> before.retention().purposeEndsAt()),
                noticeVersion.or(() -> Optional.of(before.noticeVersion())),
                alternative.or(() -> Optional.of(before.alternative())),
                assessment.or(() -> Optional.of(before.assessment())));
    }

    /// What is still to be said.
    public List<Field> missing() {
        List<Field> missing = new ArrayList<>();
        need(missing, Field.CONTROLLER, controller.isPresent());
        need(missing, Field.LAWFUL_BASIS, lawfulBasis.isPresent());
        need(missing, Field.CONDITION, condition.isPresent());
        need(missing, Field.PURPOSES, !purposes.isEmpty());
        need(missing, Field.PHOTOS_KEPT, photosKept.isPresent());
        need(missing, Field.TEMPLATES_KEPT, templatesKept.isPresent());
        need(missing, Field.INACTIVITY, inactivity.isPresent());
        need(missing, Field.NOTICE, noticeVersion.isPresent());
        need(missing, Field.ALTERNATIVE, alternative.isPresent());
        need(missing, Field.ASSESSMENT, assessment.isPresent());
        return missing;
    }

    private static void need(List<Field> missing, Field field, boolean present) {
        if (!present) {
            missing.add(field);
        }
    }

    /// The basis this draft makes.
    ///
    /// @param before the one in force
    /// @throws LikenessException REFUSED naming every field that is missing, or when the profile does
    ///     not allow what it says
    public Basis complete(Collection collection, Optional<Basis> before, Instant now) {
        List<Field> missing = missing();
        if (!missing.isEmpty()) {
            throw before.isPresent()
                    ? EmbeddingGate.missing(collection, missing)
                    : new LikenessException(
                                    LikenessException.Kind.REFUSED,
                                    "the first basis of collection " + collection.name()
                                            + " must be complete, and nothing was recorded; missing:"
                                            + EmbeddingGate.list(missing)
                                            + "\nGive all parts at once: those of this command and these options.")
                            .called("basis.incomplete");
        }
        Retention retention = new Retention(
                photosKept.orElseThrow(), templatesKept.orElseThrow(), inactivity.orElseThrow(), purposeEndsAt);
        Basis basis = new Basis(
                collection.id(),
                1,
                false,
                now,
                controller.orElseThrow(),
                lawfulBasis.orElseThrow(),
                condition.orElseThrow(),
                purposes,
                retention,
                noticeVersion.orElseThrow(),
                alternative.orElseThrow(),
                assessment.orElseThrow());
        check(collection.profile(), basis);
        return before.map(old -> basis.as(old.version() + 1, basis.differsInSubstance(old)))
                .orElse(basis);
    }

    private static void check(Profile profile, Basis basis) {
        if (!profile.purposes().containsAll(basis.purposes())) {
            throw refused("a collection with profile " + profile.word() + " has other purposes\nIt allows: "
                            + profile.purposes().stream().map(Purpose::word).collect(Collectors.joining(", ")) + ".")
                    .called("basis.purposes");
        }
        if (!basis.condition().fits(profile)) {
            throw refused("a collection with profile " + profile.word() + " cannot rest on the condition "
                            + basis.condition().word()
                            + "\nIn an event only people who agreed are found: explicit-consent.")
                    .called("basis.condition");
        }
        Period max = profile.templateMax().orElseThrow();
        if (Retention.longer(basis.retention().templates(), max)) {
            throw refused("templates may be kept at most " + Retention.words(max) + " here, not "
                            + Retention.words(basis.retention().templates())
                            + "\nGive a shorter period: --templates-kept.")
                    .called("basis.templates-kept", max);
        }
    }

    private static LikenessException refused(String message) {
        return new LikenessException(LikenessException.Kind.REFUSED, message);
    }

    @Override
    public String toString() {
        return "BasisDraft[missing " + missing() + "]";
    }
}
