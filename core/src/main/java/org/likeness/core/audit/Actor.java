package org.likeness.core.audit;

import java.util.regex.Pattern;

/// Who acts, as a pseudonym: an account id, [#OWNER] for whoever runs the command line, or
/// [#WATCH]. Immutable.
public record Actor(String pseudonym) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9-]{1,64}");

    /// Whoever can run commands on the data directory.
    public static final Actor OWNER = new Actor("owner");

    /// The service, where it imports what was put into a folder it watches.
    public static final Actor WATCH = new Actor("watch");

    public Actor {
        if (!FORM.matcher(pseudonym).matches()) {
            throw new IllegalArgumentException("actor must be a pseudonym of [a-z0-9-] but is not");
        }
    }
}
