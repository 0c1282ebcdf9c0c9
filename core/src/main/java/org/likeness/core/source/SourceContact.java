package org.likeness.core.source;

import java.util.Optional;
import org.likeness.core.LikenessException;

/// Whom a source belongs to and how to reach them. Kept in the records only, apart from the source, so
/// that it can be deleted while the grants stay. Immutable.
///
/// @param owner a person or an organisation, 1 to 200 characters
/// @param contact an address of any kind, 1 to 200 characters
public record SourceContact(Optional<String> owner, Optional<String> contact) {
    /// Nothing is known.
    public static final SourceContact NONE = new SourceContact(Optional.empty(), Optional.empty());

    private static final int LENGTH_MAX = 200;

    /// @throws LikenessException BAD_INPUT when one is given and blank or too long
    public SourceContact {
        check("owner", owner);
        check("contact", contact);
    }

    private static void check(String what, Optional<String> text) {
        if (text.filter(given -> given.isBlank() || given.length() > LENGTH_MAX).isPresent()) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            what + " must be 1 to " + LENGTH_MAX + " characters\nShorten it, or leave it out.")
                    .called("source.contact", LENGTH_MAX);
        }
    }

    /// Names and addresses are not printed.
    @Override
    public String toString() {
        return "SourceContact[redacted]";
    }
}
