package org.likeness.core.signal;

/// What a signal does to the photo it stands in. Most restrictive first. There is no effect that allows something.
public enum Effect {
    /// The photo is kept, and no face is looked for in it until a person decided.
    QUARANTINE,
    /// Somebody in it is, or may be, a minor: the collection's rules for minors apply.
    MINOR,
    /// Never part of a set that accuracy is measured or thresholds are set with.
    NO_EVALUATION,
    /// Kept with the photo as evidence; changes nothing.
    RECORDED
}
