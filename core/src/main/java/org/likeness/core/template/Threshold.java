package org.likeness.core.template;

/// The lowest comparison score that is shown, with the rates it was chosen for. Immutable.
///
/// @param scoreMin candidates score at least this
/// @param fpir share of searches of a stranger that would return anyone (FPIR, ISO/IEC 19795-1), for `faces` faces
/// @param fmr the false match rate a single comparison may have for that
/// @param measured whether the calibration reaches that low; otherwise the score is extrapolated, on the strict
///     side
public record Threshold(ModelId model, double scoreMin, double fpir, double fmr, int faces, boolean measured) {
    /// The threshold at which a stranger's search returns anyone at most at this rate.
    ///
    /// Comparisons are taken as independent: FPIR = 1 - (1 - FMR)^N. Several faces of one person are not, so
    /// the true FPIR is at most that.
    ///
    /// @param faces how many faces are compared; 0 counts as 1
    public static Threshold of(ModelSpec model, Rate fpir, int faces) {
        int n = Math.max(1, faces);
        double fmr = -Math.expm1(Math.log1p(-fpir.value()) / n);
        Calibration calibration = model.calibration();
        return new Threshold(
                model.id(), calibration.scoreAt(fmr), fpir.value(), fmr, faces, fmr >= calibration.floor());
    }
}
