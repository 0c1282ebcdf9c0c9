package org.likeness.core.source;

/// What a source's owner may allow. Nothing is implied: a grant to store is not a grant to search faces.
public enum Use {
    STORE,
    FACE_SEARCH,
    SHARE
}
