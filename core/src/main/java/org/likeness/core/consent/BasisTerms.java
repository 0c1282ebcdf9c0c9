package org.likeness.core.consent;

import java.time.Instant;
import java.time.Period;
import java.util.Optional;
import org.likeness.core.photo.Sha256;

/// What the basis of a collection says about consent in it. Immutable.
///
/// @param version of the basis in force; 0: none is recorded
/// @param renewedSince the newest version that changed purpose, controller or audience: a yes that was recorded under
/// an
///     older one rests until renewed
/// @param inactivity how long a yes lasts after the person last gave one or searched for themselves
/// @param purposeEndsAt when what the collection is for is over
/// @param controllerSha256 whom the person gave it to, as a hash, for the receipt
public record BasisTerms(
        int version,
        int renewedSince,
        Period inactivity,
        Optional<Instant> purposeEndsAt,
        Optional<Sha256> controllerSha256) {
    /// Unless the basis says less.
    public static final Period INACTIVITY = Period.ofYears(3);

    /// For a collection whose basis says nothing.
    public static final BasisTerms NONE = new BasisTerms(0, 0, INACTIVITY, Optional.empty(), Optional.empty());

    public BasisTerms {
        if (renewedSince > version || renewedSince < 0) {
            throw new IllegalArgumentException("renewedSince must be a version up to the one in force");
        }
        if (inactivity.isZero() || inactivity.isNegative()) {
            throw new IllegalArgumentException("inactivity must be longer than nothing");
        }
    }
}
