package org.likeness.core.audit;

import java.util.regex.Pattern;

/// Who acts, as a pseudonym: an account id, or [#OWNER] for whoever runs the command line. Immutable.
public record Actor(String pseudonym) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9-]{1,64}");

    /// Whoever can run commands on the data directory.
    public static final Actor OWNER = new Actor("owner");

    public Actor {
        if (!FORM.matcher(pseudonym).matches()) {
            throw new IllegalArgumentException("actor must be a pseudonym of [a-z0-9-] but is not");
        }
    }
}
