package org.likeness.cli;

import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.Checkpoint;
import org.likeness.core.audit.LogFinding;
import org.likeness.core.audit.LogKey;
import org.likeness.core.audit.LogReport;
import org.likeness.core.audit.Receipt;
import org.likeness.core.audit.SignedCheckpoint;
import org.likeness.library.AuditLog;
import org.likeness.library.Likeness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `likeness audit …`
@Command(
        name = "audit",
        description = "Show, check, sign, export and prune the audit log.",
        subcommands = {
            AuditCommand.Show.class,
            AuditCommand.Verify.class,
            AuditCommand.Sign.class,
            AuditCommand.Key.class,
            AuditCommand.Export.class,
            AuditCommand.Prune.class
        })
final class AuditCommand extends LikenessCommand {
    @Override
    ExitCode execute() {
        return Show.show(shared(), out(), Optional.empty(), Show.LIMIT);
    }

    /// `likeness audit show`
    @Command(name = "show", description = "Show entries of the log: what was done, to what, when. Ids only.")
    static final class Show extends LikenessCommand {
        static final int LIMIT = 50;

        @Option(names = "--from", paramLabel = "N", description = "Position of the first; without it, the newest ones.")
        private Optional<Long> from = Optional.empty();

        @Option(
                names = "--limit",
                paramLabel = "N",
                defaultValue = "" + LIMIT,
                description = "How many at most (default: ${DEFAULT-VALUE}).")
        private int limit;

        @Override
        ExitCode execute() {
            if (limit < 1 || from.orElse(1L) < 1) {
                throw new LikenessException(
                        LikenessException.Kind.BAD_INPUT, "--from and --limit must be at least 1\nCount from 1.");
            }
            return show(shared(), out(), from, limit);
        }

        static ExitCode show(Shared shared, Out out, Optional<Long> from, int limit) {
            try (Likeness likeness = shared.open()) {
                long size = likeness.log().size();
                List<AuditLog.Line> lines = likeness.log().lines(from.orElse(Math.max(1, size - limit + 1)), limit);
                for (AuditLog.Line line : lines) {
                    AuditEntry entry = line.entry();
                    out.line(String.format(
                            Locale.ROOT,
                            "%8d  %s  %-20s %s  %,d  by %s",
                            line.position(),
                            entry.at(),
                            entry.action(),
                            entry.object(),
                            entry.count(),
                            entry.actor().pseudonym()));
                }
                out.line(String.format(Locale.ROOT, "%,d entries in all. Check them: likeness audit verify", size));
                out.document(Out.map(
                        "size",
                        size,
                        "entries",
                        lines.stream().map(Show::describe).toList()));
                return ExitCode.OK;
            }
        }

        private static Map<String, Object> describe(AuditLog.Line line) {
            AuditEntry entry = line.entry();
            Map<String, Object> described = Out.map(
                    "position", line.position(),
                    "id", entry.id().toString(),
                    "at", entry.at().toString(),
                    "actor", entry.actor().pseudonym(),
                    "action", entry.action().toString(),
                    "object", entry.object().toString(),
                    "count", entry.count());
            entry.collection().ifPresent(collection -> described.put("collection", collection.toString()));
            entry.commitment().ifPresent(commitment -> described.put("commitment", commitment.hex()));
            return described;
        }
    }

    /// `likeness audit verify`
    @Command(
            name = "verify",
            description = {
                "Hash every entry again and compare with all that was signed.",
                "Finds entries that were changed, dropped, swapped or rolled back; with receipts others hold,",
                "also a log rebuilt with the real key."
            })
    static final class Verify extends LikenessCommand {
        @Option(names = "--receipt", paramLabel = "FILE", description = "Also hold the log against a receipt.")
        private List<Path> receipts = List.of();

        @Override
        ExitCode execute() {
            List<Receipt> held = receipts.stream().map(ReceiptFile::read).toList();
            try (Likeness likeness = shared().open()) {
                LogReport report = likeness.log().verify(held);
                Out out = out();
                for (LogFinding finding : report.findings()) {
                    out.line("WRONG  " + where(finding) + finding.what());
                }
                for (LogReport.Restoration one : report.restorations()) {
                    out.line(restored(one));
                }
                out.line(summary(report, held.size()));
                out.document(describe(report));
                return report.isSound() ? ExitCode.OK : ExitCode.CORRUPT;
            }
        }

        private static String where(LogFinding finding) {
            if (finding.first() == 0) {
                return "";
            }
            return finding.first() >= finding.last()
                    ? "entry " + finding.first() + ": "
                    : "entries " + finding.first() + " to " + finding.last() + ": ";
        }

        private static String restored(LogReport.Restoration one) {
            return String.format(
                    Locale.ROOT,
                    "Entry %,d records that an older copy was restored; %,d entries were lost by it. Receipts of those"
                            + " contradict this log and still prove what was stated.",
                    one.position(),
                    one.lost());
        }

        private static String summary(LogReport report, int receipts) {
            if (!report.isSound() && !report.restorations().isEmpty()) {
                return "What is wrong may come from a restore recorded above, if it was yours and the receipt is older."
                        + " Otherwise the log was tampered with or rolled back: keep a copy of everything as it is.";
            }
            if (!report.isSound()) {
                return "The log was tampered with, damaged or rolled back. Keep a copy of everything as it is; compare"
                        + " with the backups and with the receipts people hold.";
            }
            return String.format(
                    Locale.ROOT,
                    "Sound: %,d entries (%,d of them pruned) match their tree, %,d signed checkpoints and %,d receipts."
                            + "%nRoot %s",
                    report.state().size(),
                    report.pruned(),
                    report.checkpoints(),
                    receipts,
                    report.state().root());
        }

        private static Map<String, Object> describe(LogReport report) {
            Map<String, Object> described = Out.map(
                    "sound", report.isSound(),
                    "origin", report.state().origin(),
                    "size", report.state().size(),
                    "root", report.state().root().hex(),
                    "pruned", report.pruned(),
                    "checkpoints", report.checkpoints());
            report.head().map(Checkpoint::size).ifPresent(size -> described.put("head", size));
            List<Map<String, Object>> findings = new ArrayList<>();
            for (LogFinding finding : report.findings()) {
                findings.add(Out.map(
                        "kind", finding.kind().toString(),
                        "first", finding.first(),
                        "last", finding.last(),
                        "what", finding.what()));
            }
            described.put("findings", findings);
            described.put(
                    "restorations",
                    report.restorations().stream()
                            .map(one -> Out.map("position", one.position(), "lost", one.lost()))
                            .toList());
            return described;
        }
    }

    /// `likeness audit checkpoint`
    @Command(
            name = "checkpoint",
            description = "Sign the log as it is now and print that. Print it, mail it: who holds it is a witness.")
    static final class Sign extends LikenessCommand {
        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                SignedCheckpoint signed = likeness.log().checkpoint();
                out().line(signed.note().stripTrailing());
                out().document(Out.map(
                        "origin", signed.checkpoint().origin(),
                        "size", signed.checkpoint().size(),
                        "root", signed.checkpoint().root().hex(),
                        "note", signed.note()));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness audit key`
    @Command(
            name = "key",
            description =
                    "Print the public key that Verify.java checks receipts with. Publish it where people will find it.")
    static final class Key extends LikenessCommand {
        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                LogKey key = likeness.log().key();
                out().line(key.vkey());
                out().document(Out.map("key", key.vkey(), "origin", key.name()));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness audit export DIR`
    @Command(
            name = "export",
            description = "Write the log as static files (C2SP tlog-tiles) with a checkpoint and the public key.")
    static final class Export extends LikenessCommand {
        @Parameters(paramLabel = "DIR", description = "Where to; made when it is not there.")
        private Path folder;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                int files = likeness.log().export(folder);
                out().line(String.format(Locale.ROOT, "Wrote %,d files to %s.", files, folder));
                out().document(Out.map("files", files, "folder", folder.toString()));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness audit prune`
    @Command(
            name = "prune",
            description = {
                "Forget old entries and keep their hashes: every receipt stays valid.",
                "Never entries younger than six months. The log records how many went."
            })
    static final class Prune extends LikenessCommand {
        @Option(
                names = "--before",
                paramLabel = "DATE",
                required = true,
                description = "Entries of days before this one (YYYY-MM-DD, UTC) go.")
        private String before;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                long gone = likeness.log()
                        .prune(Given.day("--before", before)
                                .atStartOfDay(ZoneOffset.UTC)
                                .toInstant());
                out().line(
                                gone == 0
                                        ? "Nothing to prune: no entry is that old."
                                        : String.format(Locale.ROOT, "Pruned %,d entries.", gone));
                out().document(Out.map("pruned", gone));
                return ExitCode.OK;
            }
        }
    }
}
