package org.likeness.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.likeness.core.LikenessException;
import org.likeness.core.ledger.LedgerEntry;
import org.likeness.core.ledger.LedgerEntry.Kind;
import org.likeness.core.ledger.LedgerEntry.Scope;

/// Backs up the folder of keys with the deletion ledger in it, and puts it back without bringing back a
/// key that was destroyed. Stateless.
public final class KeysBackup {
    private static final String LEDGER = "deletions.ledger";
    private static final String DESTROYED = ".destroyed";
    private static final String SHREDDED = ".shredded";

    private KeysBackup() {}

    /// Call it inside a writing transaction, so that no key is made or destroyed meanwhile.
    ///
    /// @param data the data directory, which may hold the folder of keys
    /// @return how many files that were
    public static long make(Path to, Path data, Path keys, Instant at) {
        BackupFolder backup = BackupFolder.create(to, BackupFolder.Kind.KEYS, List.of(data, keys));
        for (Path file : files(keys)) {
            backup.add(file, String.valueOf(file.getFileName()));
        }
        backup.finish(at);
        return backup.items().size();
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(file -> !file.toString().endsWith(".tmp")) // of a key that is being made
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE,
                    "the folder of keys cannot be listed\nCheck the disk and its rights.",
                    e);
        }
    }

    /// Adds what the folder of keys lacks. What is there stays: it is the newer. The ledgers are
    /// joined, and no key comes back that either side says was destroyed.
    ///
    /// @return how many files came
    public static long restore(Path from, Path keys) {
        BackupFolder backup = BackupFolder.open(from, BackupFolder.Kind.KEYS);
        long before = files(keys).size();
        for (BackupFolder.Item item : backup.items()) {
            if (item.path().endsWith(DESTROYED) || item.path().endsWith(SHREDDED)) {
                copyIfAbsent(backup, item, keys);
            }
        }
        joinLedgers(backup, keys);
        Set<String> gone = destroyed(keys);
        for (BackupFolder.Item item : backup.items()) {
            if (!item.path().equals(LEDGER) && gone.stream().noneMatch(item.path()::startsWith)) {
                copyIfAbsent(backup, item, keys);
            }
        }
        return files(keys).size() - before;
    }

    private static void copyIfAbsent(BackupFolder backup, BackupFolder.Item item, Path keys) {
        Path target = keys.resolve(item.path());
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            backup.copy(item, target);
        }
    }

    private static void joinLedgers(BackupFolder backup, Path keys) {
        for (BackupFolder.Item item : backup.items()) {
            if (item.path().equals(LEDGER)) {
                copyIfAbsent(backup, item, keys);
            }
        }
        LedgerFile ours = new LedgerFile(keys);
        Set<UUID> known = new HashSet<>();
        ours.read().entries().forEach(entry -> known.add(entry.id()));
        List<LedgerEntry> more = new LedgerFile(backup.path())
                .read().entries().stream()
                        .filter(entry -> !known.contains(entry.id()))
                        .toList();
        if (!more.isEmpty()) {
            ours.append(more);
        }
    }

    /// How the names of keys begin that must not come back.
    private static Set<String> destroyed(Path keys) {
        Set<String> gone = new HashSet<>();
        for (Path file : files(keys)) {
            String name = String.valueOf(file.getFileName());
            if (name.endsWith(DESTROYED)) {
                gone.add(name.substring(0, name.length() - DESTROYED.length()));
            } else if (name.endsWith(SHREDDED)) {
                gone.add(name.substring(0, name.length() - SHREDDED.length()) + ".");
            }
        }
        for (LedgerEntry entry : new LedgerFile(keys).read().entries()) {
            boolean destroyed = entry.kind() == Kind.KEY_DESTROYED || entry.kind() == Kind.ERASE;
            if (destroyed && entry.scope() == Scope.PERSON) {
                entry.collection().ifPresent(collection -> gone.add(collection + "." + entry.object() + "."));
            } else if (destroyed && entry.scope() == Scope.COLLECTION) {
                gone.add(entry.object() + ".");
            }
        }
        return gone;
    }
}
