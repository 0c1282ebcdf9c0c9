package org.likeness.core.records;

import java.util.function.Function;
import org.likeness.core.audit.AuditEntry;

/// Transactions over the records. Thread-safe: readers never wait, writers wait for each other.
///
/// Every method throws a [org.likeness.core.LikenessException]: UNAVAILABLE when the database cannot be
/// reached,
/// CORRUPT
/// when what it holds does not decode, CONFLICT when a uniqueness rule is broken.
public interface Records extends AutoCloseable {
    /// The outcome of a change together with the one entry that records it.
    record Changed<T>(T value, AuditEntry entry) {}

    /// A consistent view; nothing can be changed through it.
    <T> T read(Function<ReadTransaction, T> work);

    /// Runs the work and appends its audit entry in one transaction, durable against a process kill when
    /// this
    /// returns.
    /// Any exception rolls all of it back.
    <T> T change(Function<WriteTransaction, Changed<T>> work);

    /// Bookkeeping that changes nothing anyone could be asked about (outcomes of files in an import
    /// report, imports that wait, what was seen in a watched folder).
    void note(java.util.function.Consumer<WriteTransaction> work);

    /// What became of the bytes of deleted rows.
    enum Scrubbed {
        /// They are overwritten, in the write-ahead log too.
        GONE,
        /// Somebody reads an older state; try again.
        BUSY,
        /// The database overwrites them when it uses their space again.
        UNTIL_REUSED
    }

    /// Overwrites what is left of deleted rows in the database's files, as far as the database can.
    Scrubbed scrub();

    @Override
    void close();
}
