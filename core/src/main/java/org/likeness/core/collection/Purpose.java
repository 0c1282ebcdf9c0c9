package org.likeness.core.collection;

import java.util.Locale;

/// Why somebody searches: a closed list. Each profile allows its own, see [Profile#purposes].
public enum Purpose {
    /// A household looks through its own photos.
    PERSONAL,
    /// The person in the probe asked for the photos they are in.
    FIND_MYSELF,
    /// Somebody whom a person allowed looks for the photos that person is in.
    FIND_CONSENTING,
    /// A cataloguer describes an archive's holdings.
    CATALOGUE;

    /// The purpose in the words of commands and pages: `find-myself`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
