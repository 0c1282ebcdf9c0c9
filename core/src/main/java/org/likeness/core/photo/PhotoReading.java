package org.likeness.core.photo;

/// What came of trying to read a file as a photo.
public sealed interface PhotoReading {
    /// It could be read whole.
    record Read(AnalysedPhoto photo) implements PhotoReading {}

    /// It could not. Reading the same bytes again gives the same answer.
    ///
    /// @param advice one sentence for a person: what is wrong and what to do; no path, no personal data
    record Unreadable(Reason reason, String advice) implements PhotoReading {}

    /// Why a file could not be read as a photo.
    enum Reason {
        EMPTY,
        NOT_A_PHOTO,
        UNSUPPORTED,
        TRUNCATED,
        DAMAGED,
        TOO_MANY_PIXELS
    }
}
