package org.likeness.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.likeness.core.LikenessException;
import org.likeness.core.photo.Photo;

/// Backs up records and kept originals while they are used, and puts them back. No key and no deletion
/// ledger goes into it: who finds it opens no template, and an older copy cannot undo what the ledger
/// says. Stateless.
///
/// The copy of the records is of one instant. A photo's file is on the disk before its row is, and
/// never changes; so every file that the copy names is there when the copy is made, unless it is erased
/// meanwhile.
public final class RecordsBackup {
    private static final String RECORDS = "records.sqlite";

    private RecordsBackup() {}

    /// What was backed up.
    ///
    /// @param absent photos whose file was not there: erased meanwhile, or lost before
    public record Made(long photos, long absent, long bytes) {}

    /// @param data the data directory
    /// @param keys the folder of keys
    public static Made make(Path to, Path data, Path keys, SqlRecords records, DataFiles files, Instant at) {
        BackupFolder backup = BackupFolder.create(to, BackupFolder.Kind.RECORDS, List.of(data, keys));
        List<Photo> kept = records.copyTo(backup.fresh(RECORDS));
        backup.wrote(RECORDS);
        long absent = 0;
        for (Photo photo : kept) {
            Path original = files.original(photo);
            if (!backup.take(original, name(data, original), photo.sha256())) {
                absent++;
            }
        }
        for (Path file : models(data)) {
            backup.add(file, name(data, file));
        }
        backup.finish(at);
        long bytes = backup.items().stream().mapToLong(BackupFolder.Item::bytes).sum();
        return new Made(kept.size() - absent, absent, bytes);
    }

    private static String name(Path data, Path file) {
        List<String> parts = new ArrayList<>();
        data.relativize(file).forEach(part -> parts.add(part.toString()));
        return String.join("/", parts);
    }

    /// Installed model packs: a collection is of use only with the pack that made its templates.
    private static List<Path> models(Path data) {
        Path models = data.resolve("models");
        if (!Files.isDirectory(models)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(models)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        } catch (IOException e) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE,
                    "the model packs cannot be listed\nCheck the rights on the data directory.",
                    e);
        }
    }

    /// Puts everything into a data directory, the records last: until then there is nothing that could
    /// be opened.
    ///
    /// @return how many files that were
    public static long restore(Path from, Path data) {
        BackupFolder backup = BackupFolder.open(from, BackupFolder.Kind.RECORDS);
        List<BackupFolder.Item> items = backup.items();
        BackupFolder.Item records = items.stream()
                .filter(item -> item.path().equals(RECORDS))
                .findFirst()
                .orElseThrow(() -> new LikenessException(
                        LikenessException.Kind.CORRUPT, "the backup holds no records\nRestore another backup."));
        for (BackupFolder.Item item : items) {
            if (!item.equals(records)) {
                backup.copy(item, data.resolve(item.path()));
            }
        }
        try {
            for (String leftover : List.of("-wal", "-shm", "-journal", "")) {
                Files.deleteIfExists(data.resolve(RECORDS + leftover)); // of a restore that was interrupted
            }
        } catch (IOException e) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE,
                    "the data directory cannot be written\nCheck its rights, then restore again.",
                    e);
        }
        backup.copy(records, data.resolve(RECORDS));
        return items.size();
    }
}
