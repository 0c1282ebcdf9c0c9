package org.likeness.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.likeness.core.collection.Collection;
import org.likeness.library.Likeness;
import org.likeness.library.Summary;
import picocli.CommandLine.Command;

/// `likeness status`
@Command(name = "status", description = "Show what this data directory holds.")
final class StatusCommand extends LikenessCommand {
    @Override
    ExitCode execute() {
        try (Likeness likeness = shared().open()) {
            Out out = out();
            long bytes = size(likeness.settings().data());
            out.line("Likeness " + Main.Version.number());
            out.line("  data       " + likeness.settings().data()
                    + String.format(Locale.ROOT, ", %.1f MB", bytes / 1e6));
            out.line("  keys       " + likeness.settings().keys());
            out.line("  model      " + likeness.settings().model());
            out.line("  audit log  " + String.format(Locale.ROOT, "%,d entries", likeness.auditSize()));
            List<Map<String, Object>> collections = new ArrayList<>();
            for (Collection collection : likeness.collections()) {
                Summary summary = likeness.summary(collection);
                collections.add(CollectionCommand.describe(summary));
                out.line(String.format(
                        Locale.ROOT,
                        "  collection %s (%s): %,d photos, %,d faces, %,d templates stored",
                        collection.name(),
                        collection.profile().word(),
                        summary.photos(),
                        summary.faces(),
                        summary.templates()));
            }
            out.document(Out.map(
                    "version", Main.Version.number(),
                    "data", likeness.settings().data().toString(),
                    "dataBytes", bytes,
                    "keys", likeness.settings().keys().toString(),
                    "model", likeness.settings().model(),
                    "auditEntries", likeness.auditSize(),
                    "collections", collections));
            return ExitCode.OK;
        }
    }

    /// What the files take; those that vanish or cannot be read meanwhile count nothing.
    private static long size(Path folder) {
        long[] sum = new long[1];
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    sum[0] += attributes.size();
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new org.likeness.core.LikenessException(
                    org.likeness.core.LikenessException.Kind.UNAVAILABLE,
                    "the data directory cannot be listed\nAllow reading it.",
                    e);
        }
        return sum[0];
    }
}
