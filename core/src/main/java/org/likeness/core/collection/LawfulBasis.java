package org.likeness.core.collection;

import java.util.Locale;

/// On which ground of GDPR article 6(1) a collection rests.
public enum LawfulBasis {
    /// Letter a.
    CONSENT,
    /// Letter b.
    CONTRACT,
    /// Letter c.
    LEGAL_OBLIGATION,
    /// Letter d.
    VITAL_INTERESTS,
    /// Letter e.
    PUBLIC_TASK,
    /// Letter f.
    LEGITIMATE_INTERESTS;

    /// The ground in the words of commands and pages: `legitimate-interests`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
