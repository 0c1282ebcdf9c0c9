package org.likeness.core.photo;

/// Where a photo's bytes are.
public enum Storage {
    /// Likeness holds its own copy, addressed by content.
    COPY,
    /// The file stays where its owner keeps it; Likeness only reads it and can not erase it.
    LINK
}
