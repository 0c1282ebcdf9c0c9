package org.likeness.server;

import java.time.Instant;
import java.util.UUID;
import org.likeness.core.audit.Statement;

/// A receipt that can be had.
record ReceiptLine(UUID id, Statement.Kind kind, Instant at) {
    static ReceiptLine of(Statement statement) {
        return new ReceiptLine(statement.id().value(), statement.kind(), statement.at());
    }
}
