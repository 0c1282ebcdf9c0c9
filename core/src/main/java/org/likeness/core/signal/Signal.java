package org.likeness.core.signal;

import org.likeness.core.LikenessException;

/// One machine-readable statement found in a photo or beside it. Immutable. Made by [Signals#seen], which knows the
/// effect of each value.
///
/// @param value as it stood there, without control characters and blanks at the ends, 1 to 500 characters; what is
///     longer is cut off
public record Signal(SignalKind kind, String value, Effect effect) {
    public static final int VALUE_LENGTH_MAX = 500;

    public Signal {
        if (value.isEmpty() || value.length() > VALUE_LENGTH_MAX) {
            throw new IllegalArgumentException(
                    "value must be 1 to " + VALUE_LENGTH_MAX + " characters but has " + value.length());
        }
    }

    /// Where a person's decision about a signal stands.
    public enum State {
        /// Seen; it has its effect.
        OBSERVED,
        /// A named person decided, on a grant, that it does not keep this photo out.
        OVERRULED,
        /// A named person decided that it keeps this photo out for good.
        UPHELD
    }

    /// Whoever decides about a signal gives a name, which is kept in the records and nowhere else.
    ///
    /// @throws LikenessException BAD_INPUT when it is not 1 to 200 characters
    public static String decider(String name) {
        String plain = name.strip();
        if (plain.isEmpty() || plain.length() > 200 || plain.chars().anyMatch(Character::isISOControl)) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "whoever decides must be named in 1 to 200 characters\nSay who you are: --by NAME.")
                    .called("decision.by");
        }
        return plain;
    }

    /// Values name people and addresses, so they are not printed.
    @Override
    public String toString() {
        return "Signal[" + kind + " " + effect + "]";
    }
}
