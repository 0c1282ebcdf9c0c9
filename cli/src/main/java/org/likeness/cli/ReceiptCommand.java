package org.likeness.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Receipt;
import org.likeness.core.audit.StatementId;
import org.likeness.library.Likeness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `likeness receipt ID`
@Command(
        name = "receipt",
        description = {
            "Give out a receipt or attestation again, with a fresh proof.",
            "Its holder checks it without Likeness and without trusting this installation, with Verify.java: see",
            "docs/guides/verify-a-receipt.md."
        })
final class ReceiptCommand extends LikenessCommand {
    @Parameters(paramLabel = "ID", description = "The id of the statement.")
    private String id;

    @Option(names = "--out", paramLabel = "FILE", description = "Write it there instead of printing it.")
    private Optional<Path> file = Optional.empty();

    @Override
    ExitCode execute() {
        StatementId statement = statement();
        try (Likeness likeness = shared().open()) {
            Receipt receipt = likeness.receipt(statement, Map.of());
            file.ifPresent(to -> ReceiptFile.write(to, receipt));
            if (file.isPresent()) {
                out().line("Wrote the receipt to " + file.get() + ". The key to check it with: likeness audit key");
                out().document(Out.map(
                        "statement", statement.toString(), "file", file.get().toString()));
            } else {
                out().line(receipt.json().stripTrailing());
                out().document(Out.map("statement", statement.toString(), "receipt", receipt.json()));
            }
            return ExitCode.OK;
        }
    }

    private StatementId statement() {
        try {
            return StatementId.parse(id);
        } catch (IllegalArgumentException e) {
            throw new LikenessException(
                    LikenessException.Kind.BAD_INPUT,
                    "the id of a statement must be a UUID but is " + id + "\nIt stands in the receipt itself.",
                    e);
        }
    }
}
