package org.likeness.core.records;

import java.time.Instant;
import java.util.List;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.signal.Signal;

/// Changes to signals and to what follows from them. Reached by [WriteTransaction#signals], inside [Records#change]
/// only.
public interface SignalsWriting extends SignalsReading {
    /// Keeps the signals that the photo does not have yet and says which those were. Does not change its state.
    List<Signal> observe(PhotoId photo, List<Signal> signals, Instant at);

    /// Keeps the signals and, when the photo is cleared, quarantines it: from this transaction on no answer shows
    /// it,
    /// and its templates are deleted. Signals the photo has already, overruled ones among them, change nothing.
    ///
    /// @param signals at least one that keeps the photo out
    /// @return whether the photo was cleared before and is quarantined now
    boolean quarantine(PhotoId photo, List<Signal> signals, Instant at);

    /// Clears a quarantined photo: what kept it out is overruled, and from now on it is held under that grant.
    ///
    /// @return how many signals were overruled
    /// @throws org.likeness.core.LikenessException CONFLICT when it is not quarantined
    int overrule(PhotoId photo, Decision decision);

    /// Keeps a quarantined photo out for good.
    ///
    /// @return how many signals were upheld
    /// @throws org.likeness.core.LikenessException CONFLICT when it is not quarantined
    int uphold(PhotoId photo, Decision decision);

    /// Forgets the signals of a photo that is about to be deleted and says how many there were.
    long forget(PhotoId photo);
}
