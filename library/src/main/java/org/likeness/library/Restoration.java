package org.likeness.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Stream;
import org.likeness.core.LikenessException;
import org.likeness.core.rights.LedgerFollower.Followed;
import org.likeness.store.KeysBackup;
import org.likeness.store.RecordsBackup;

/// Puts a backup back. Until everything that was stopped or erased since has been stopped and erased
/// again, the data directory does not open: a mark in it says so, also after a crash. Stateless.
public final class Restoration {
    /// The mark; it goes last.
    private static final String MARK = "restoring";

    private Restoration() {}

    /// What was put back.
    ///
    /// @param files of the backup
    /// @param keys files that the folder of keys had lacked
    /// @param followed what the deletion ledger made of the older records
    /// @param keyless collections whose key is not there: their templates stay closed, unless they were
    ///     shredded
    public record Restored(long files, long keys, Followed followed, long keyless) {}

    /// Restores into a data directory that holds nothing yet, or in which a restore was interrupted.
    ///
    /// @param keys a backup of the keys; empty: the folder of keys of the settings is there still
    /// @throws LikenessException CONFLICT when the directory holds something; NOT_FOUND when there is
    ///     no backup; CORRUPT when a file is not the one that was backed up, or the deletion ledger was
    ///     altered; UNAVAILABLE when the key of the log is missing. Called again it goes on
    public static Restored restore(Settings settings, Path from, Optional<Path> keys) {
        return restore(settings, from, keys, Clock.systemUTC());
    }

    static Restored restore(Settings settings, Path from, Optional<Path> keys, Clock clock) {
        Path mark = settings.data().resolve(MARK);
        try {
            if (!Files.exists(mark)) {
                requireEmpty(settings.data());
                OwnerOnly.createFolders(settings.data());
                Files.createFile(mark);
            }
            long restoredKeys =
                    keys.map(k -> KeysBackup.restore(k, settings.keys())).orElse(0L);
            long files = RecordsBackup.restore(from, settings.data());
            try (Likeness likeness = Likeness.openRestored(settings, clock)) {
                Files.delete(mark);
                return new Restored(files, restoredKeys, likeness.followed(), keyless(likeness, settings));
            } catch (LikenessException e) {
                throw keys.isEmpty() && !Files.exists(settings.keys().resolve("log.key")) ? keysNeeded(e) : e;
            }
        } catch (IOException e) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE,
                    "the data directory cannot be written\nCheck its rights and free space, then restore again.",
                    e);
        }
    }

    private static LikenessException keysNeeded(LikenessException cause) {
        return new LikenessException(
                LikenessException.Kind.UNAVAILABLE,
                "the folder of keys does not have the key of the log, so it is not the one of this backup"
                        + "\nRun it again with a backup of the keys: likeness restore --from DIR --keys DIR.",
                cause);
    }

    private static void requireEmpty(Path data) throws IOException {
        if (Files.exists(data.resolve("records.sqlite")) || hasContent(data.resolve("collections"))) {
            throw new LikenessException(
                    LikenessException.Kind.CONFLICT,
                    "the data directory holds records or photos already"
                            + "\nA restore needs an empty one: name another with --data, or move this one away.");
        }
    }

    private static boolean hasContent(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> content = Files.list(folder)) {
            return content.findAny().isPresent();
        }
    }

    private static long keyless(Likeness likeness, Settings settings) {
        return likeness.collections().stream()
                .filter(collection -> !likeness.vault().status(collection).shredded())
                .filter(collection -> !Files.exists(settings.keys()
                        .resolve(collection.id() + "."
                                + likeness.vault()
                                        .status(collection)
                                        .keys()
                                        .getLast()
                                        .version()
                                + ".key")))
                .count();
    }

    /// @throws LikenessException UNAVAILABLE while a restore into this directory is not finished
    static void requireFinished(Path data) {
        if (Files.exists(data.resolve(MARK))) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE,
                    "a restore into this data directory is not finished: what was erased could show"
                            + "\nRun it again: likeness restore --from DIR.");
        }
    }
}
