package org.likeness.library;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.records.Records;
import org.likeness.store.DataFiles;
import org.likeness.store.KeysBackup;
import org.likeness.store.RecordsBackup;
import org.likeness.store.SqlRecords;

/// Backups of one data directory, made while it is used. Thread-safe. [Restoration] puts them back.
public final class BackupDesk {
    private final SqlRecords records;
    private final DataFiles files;
    private final Settings settings;
    private final Clock clock;
    private final Actor actor;

    BackupDesk(SqlRecords records, DataFiles files, Settings settings, Clock clock, Actor actor) {
        this.records = records;
        this.files = files;
        this.settings = settings;
        this.clock = clock;
        this.actor = actor;
    }

    /// What was backed up.
    ///
    /// @param absent photos whose file was not there: erased meanwhile, or lost before
    public record Made(long photos, long absent, long bytes) {}

    /// Copies the records as they are at one instant, the originals they name and the model packs, into
    /// a new folder. No key and no deletion ledger comes along, so whoever has it can open no template
    /// and no name.
    ///
    /// @throws org.likeness.core.LikenessException CONFLICT when the folder is not empty; REFUSED when
    ///     it lies in the data directory, the folder of keys or another backup; UNAVAILABLE when it
    ///     cannot be written
    public Made backup(Path to) {
        RecordsBackup.Made written =
                RecordsBackup.make(to, settings.data(), settings.keys(), records, files, clock.instant());
        Made made = new Made(written.photos(), written.absent(), written.bytes());
        return records.change(tx -> changed(made, made.photos(), tx.log().installation()));
    }

    /// Copies the keys, the log's key and head, and the deletion ledger, into a new folder apart from
    /// the other.
    ///
    /// Make it after [#backup], so that no key is missing, and destroy older ones: a key in them
    /// outlives its destruction.
    ///
    /// @return how many files that were
    /// @throws org.likeness.core.LikenessException as [#backup]
    public long backupKeys(Path to) {
        return records.change(tx -> {
            long made = KeysBackup.make(to, settings.data(), settings.keys(), clock.instant());
            return changed(made, made, tx.log().installation());
        });
    }

    /// Reads all of the deletion ledger and says how many entries it has.
    ///
    /// @throws org.likeness.core.LikenessException CORRUPT when one was altered, dropped or moved, or the records
    ///     do not know of it
    long checkLedger() {
        return records.read(tx -> {
            if (!tx.ledger().unfollowed().isEmpty() || tx.ledger().differs()) {
                throw new LikenessException(
                                LikenessException.Kind.CORRUPT,
                                "the deletion ledger and the records differ\nOpen the data directory again.")
                        .called("log.damaged");
            }
            return tx.ledger().followed();
        });
    }

    private <T> Records.Changed<T> changed(T value, long count, UUID installation) {
        Instant now = clock.instant();
        return new Records.Changed<>(
                value,
                AuditEntry.of(now, actor, Action.BACKUP_MADE, installation).withCount(count));
    }
}
