package org.likeness.core.search;

import org.likeness.core.template.Calibration;
import org.likeness.core.template.Rate;

/// How rare a comparison score is among strangers. Immutable.
///
/// @param fmr share of pairs of different people that score this or more; where that was not measured, the
///     smallest
///     share the measurement supports, which is then an upper bound; 1 when nothing was measured at all
/// @param measured whether the calibration reaches that low
public record Rarity(double fmr, boolean measured) {
    /// The rarity of a score by a model's calibration.
    static Rarity of(double score, Calibration calibration) {
        double fmr = calibration.falseMatchRate(score);
        boolean measured = fmr >= calibration.floor();
        return new Rarity(measured ? fmr : Math.min(1, calibration.floor()), measured);
    }

    /// As people say it: `1 in 20,000 strangers`, `fewer than 1 in 30,000 strangers`.
    public String words() {
        if (!measured && fmr == 1) {
            return "an unknown share of strangers: this model was not measured";
        }
        if (fmr > 0.5) {
            return "most strangers";
        }
        return (measured ? "" : "fewer than ") + Rate.inWords(fmr) + " strangers";
    }
}
