package org.likeness.vision;

import org.likeness.core.photo.PhotoReading.Reason;

/// A file that is no usable photo, on its way from the parser that noticed to [PhotoDecoder], which makes it a
/// value.
/// Never leaves the decoder.
final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String advice;

    UnreadableException(Reason reason, String advice) {
        super(advice, null, false, false); // an expected outcome: no stack trace
        this.reason = reason;
        this.advice = advice;
    }

    Reason reason() {
        return reason;
    }

    /// One sentence for a person.
    String advice() {
        return advice;
    }

    static UnreadableException truncated(String what) {
        return new UnreadableException(
                Reason.TRUNCATED, "The " + what + " ends too early; copy or export the original again.");
    }

    static UnreadableException damaged(String what) {
        return new UnreadableException(Reason.DAMAGED, what + "; copy or export the original again.");
    }

    static UnreadableException unsupported(String what) {
        return new UnreadableException(
                Reason.UNSUPPORTED, what + " cannot be read here; export it as JPEG and import that.");
    }
}
