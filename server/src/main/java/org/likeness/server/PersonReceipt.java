package org.likeness.server;

import java.util.List;
import org.likeness.core.audit.Statement;
import org.likeness.core.consent.ConsentEvent;

/// A receipt about a person, with the answers it proves. Immutable.
public record PersonReceipt(Statement statement, List<ConsentEvent> answers) {
    public PersonReceipt {
        answers = List.copyOf(answers);
    }

    /// The newest first. A receipt and its answers are of the same instant.
    static List<PersonReceipt> of(List<Statement> statements, List<ConsentEvent> events) {
        return statements.reversed().stream()
                .map(statement -> new PersonReceipt(
                        statement,
                        statement.kind() == Statement.Kind.CONSENT_RECEIPT
                                ? events.stream()
                                        .filter(event -> event.at().toEpochMilli()
                                                == statement.at().toEpochMilli())
                                        .toList()
                                : List.of()))
                .toList();
    }
}
