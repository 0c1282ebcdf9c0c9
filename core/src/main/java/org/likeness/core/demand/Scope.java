package org.likeness.core.demand;

import java.util.Locale;

/// What kind of thing a demand is about, in the order in which things are erased: what hangs on another
/// comes first.
public enum Scope {
    FACE,
    PHOTO,
    PERSON,
    SOURCE,
    COLLECTION;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
