package org.likeness.core.collection;

import org.likeness.core.LikenessException;

/// What was decided about an impact assessment (GDPR article 35). Immutable.
///
/// @param reason where it is kept, or why none is needed; 1 to 2,000 characters
public record Assessment(Decision decision, String reason) {
    /// Whether there is one.
    public enum Decision {
        CARRIED_OUT,
        NOT_NEEDED;

        /// The decision in the words of commands and pages: `carried-out`.
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }
    }

    /// @throws LikenessException BAD_INPUT when the reason is not usable
    public Assessment {
        Basis.text("the reason for the decision on an impact assessment", reason);
    }
}
