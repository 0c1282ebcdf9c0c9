package org.likeness.core.photo;

/// Whether faces may be looked for in a photo, as far as its signals go. Its grant is asked besides.
public enum PhotoState {
    /// Nothing keeps it out, or a person decided so.
    CLEARED,
    /// A signal keeps it out until a person decides.
    QUARANTINED,
    /// A person decided that it stays out. Final.
    UPHELD
}
