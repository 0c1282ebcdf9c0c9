package org.likeness.vision;

import org.likeness.core.photo.PhotoReading.Reason;

/// What came of decoding a file.
sealed interface Decoding {
    /// The pixels are there. Whoever asked for them closes them.
    record Decoded(DecodedPhoto photo) implements Decoding {}

    /// The file is no photo that can be used. The same bytes give the same answer again.
    ///
    /// @param advice one sentence for a person: what is wrong and what to do; no path, no personal data
    record Unreadable(Reason reason, String advice) implements Decoding {}
}
