package org.likeness.core.demand;

import java.util.Locale;

/// How something is erased in a store.
public enum Means {
    KEY_DESTROYED,
    FILE_DELETED,
    ROW_DELETED,
    MEMORY_WIPED,
    FREED_SPACE_OVERWRITTEN;

    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
