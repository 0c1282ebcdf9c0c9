package org.likeness.core.consent;

import java.util.Locale;

/// How an answer was given.
public enum Method {
    /// A signed form.
    PAPER(true),
    /// The person answered on a page.
    PAGE(true),
    /// A letter, e-mail or message.
    MESSAGE(true),
    /// Said, and the saying was recorded.
    RECORDING(true),
    /// Said, and written down by somebody else.
    SPOKEN(false);

    private final boolean lasting;

    Method(boolean lasting) {
        this.lasting = lasting;
    }

    /// Whether the answer itself can be shown later, as a guardian's yes must be.
    public boolean lasting() {
        return lasting;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
