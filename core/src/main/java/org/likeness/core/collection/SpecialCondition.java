package org.likeness.core.collection;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// Under which condition of GDPR article 9(2) faces may be compared in a collection.
public enum SpecialCondition {
    /// Letter a. The only one for an event, where everybody who is found agreed to it.
    EXPLICIT_CONSENT(Profile.EVENT, Profile.ARCHIVE),
    /// Letter e.
    MADE_PUBLIC(Profile.ARCHIVE),
    /// Letter f.
    LEGAL_CLAIMS(Profile.ARCHIVE),
    /// Letter g.
    PUBLIC_INTEREST(Profile.ARCHIVE),
    /// Letter j.
    ARCHIVING_OR_RESEARCH(Profile.ARCHIVE);

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable set
    private final Set<Profile> profiles;

    SpecialCondition(Profile first, Profile... others) {
        this.profiles = Collections.unmodifiableSet(EnumSet.of(first, others));
    }

    /// Whether a collection of this profile can rest on it.
    public boolean fits(Profile profile) {
        return profiles.contains(profile);
    }

    /// The condition in the words of commands and pages: `explicit-consent`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
