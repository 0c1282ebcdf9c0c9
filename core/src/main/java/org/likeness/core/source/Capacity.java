package org.likeness.core.source;

import java.util.Locale;

/// In which capacity somebody gives a grant: how near its word is to the source's own.
public enum Capacity {
    /// The source's owner. Only such a grant, in writing, lifts a stop.
    OWNER,
    /// Somebody who acts for the owner: a board, an agent, a parent.
    REPRESENTATIVE,
    /// Whoever imports says that it was allowed; nothing from the source itself is at hand.
    REPORTED;

    /// The word on the command line.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
