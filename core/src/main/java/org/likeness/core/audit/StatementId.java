package org.likeness.core.audit;

import java.util.UUID;
import org.likeness.core.Ids;

/// The id of a [Statement]. Immutable.
public record StatementId(UUID value) {
    public static StatementId next() {
        return new StatementId(Ids.next());
    }

    public static StatementId parse(String text) {
        return new StatementId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
