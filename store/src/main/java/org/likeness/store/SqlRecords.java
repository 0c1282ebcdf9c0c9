package org.likeness.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.likeness.core.LikenessException;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.Storage;
import org.likeness.core.records.ErasableStore;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.Records;
import org.likeness.core.records.WriteTransaction;

/// The records in a SQL database: one SQLite file, or PostgreSQL. Thread-safe; several processes may use
/// one
/// database.
///
/// Work runs on the calling thread. A read inside a change is a transaction of its own and sees what was
/// committed before; a change inside a change is refused, since it would wait for itself. Instants are
/// kept to
/// the millisecond, the rest is cut off. When a statement inside a change has failed the work must let its
/// exception pass: PostgreSQL runs nothing more in that transaction.
public final class SqlRecords implements Records {
    /// How long a change waits for the changes before it.
    private static final int WRITE_WAIT_SECONDS = 60;

    /// For the few milliseconds in which a new database gets its tables: locks on files are held by a
    /// process,
    /// not by a thread, so two openings in one process need this as well.
    private static final ReentrantLock FIRST_OPENING = new ReentrantLock();

    private final Database database;
    private final Keys keys;
    private final Clock clock;
    private final Rotations rotations = new Rotations();
    private final ReentrantLock writing = new ReentrantLock(true);

    private SqlRecords(Database database, Keys keys, Clock clock) {
        this.database = database;
        this.keys = keys;
        this.clock = clock;
    }

    /// Opens the records in a SQLite file, making it, or bringing it to this version's schema, where
    /// needed.
    ///
    /// @param file on a local disk: SQLite's locks do not work on network file systems
    /// @throws LikenessException UNAVAILABLE when it cannot be opened or is of a newer version; CORRUPT
    ///     when
    ///     it is no SQLite database
    public static SqlRecords sqlite(Path file, Keys keys, Clock clock) {
        try {
            SqliteNative.unpackTo(file.toAbsolutePath().resolveSibling("native"));
            SqliteDatabase database = new SqliteDatabase(file);
            return opened(database, keys, clock, () -> migrateAlone(database, file));
        } catch (IOException e) {
            throw unavailable(e);
        }
    }

    /// Opens the records in a PostgreSQL database. Its driver and Flyway's module for it must be on the
    /// class
    /// path.
    ///
    /// @param url `jdbc:postgresql://host/database`
    /// @param password asked for once; not kept here
    /// @throws LikenessException UNAVAILABLE when it cannot be reached or is of a newer version
    public static SqlRecords postgresql(String url, String user, Supplier<char[]> password, Keys keys, Clock clock) {
        PostgresDatabase database = new PostgresDatabase(url, user, password);
        return opened(database, keys, clock, () -> Schema.migrate(database));
    }

    private static SqlRecords opened(Database database, Keys keys, Clock clock, Runnable migration) {
        try {
            if (Schema.version(database) != Schema.VERSION) {
                migration.run();
            }
            keys.sweep();
            SqlRecords records = new SqlRecords(database, keys, clock);
            records.completeLog();
            return records;
        } catch (RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }

    /// Gives the log its name, and its tree to records that are older than the tree.
    private void completeLog() {
        if (!this.<Boolean>read(tx -> ((SqlReading) tx).log().isComplete())) {
            note(tx -> ((SqlWriting) tx).log().complete());
        }
    }

    /// Flyway takes no lock on SQLite, and two commands may be the first at once.
    private static void migrateAlone(Database database, Path file) {
        FIRST_OPENING.lock();
        try (FileChannel channel =
                        FileChannel.open(lockFile(file), StandardOpenOption.WRITE, StandardOpenOption.CREATE);
                FileLock lock = channel.lock()) {
            assert lock.isValid();
            Schema.migrate(database);
        } catch (IOException e) {
            throw unavailable(e);
        } finally {
            FIRST_OPENING.unlock();
        }
    }

    private static Path lockFile(Path file) throws IOException {
        Path lock = file.resolveSibling(file.getFileName() + "-migration");
        Disk.createFile(lock);
        return lock;
    }

    private static LikenessException unavailable(IOException e) {
        return new LikenessException(
                        LikenessException.Kind.UNAVAILABLE,
                        "the file of the records cannot be opened"
                                + "\nCheck the disk and the rights on the data directory.",
                        e)
                .called("disk.data");
    }

    /// What the database itself finds wrong with its file, a line each; empty: nothing. Reads all of it.
    public List<String> check() {
        return translated(database::check);
    }

    /// Writes a copy of one instant into a new file, while everything goes on.
    ///
    /// @return the photos in the copy whose originals are kept in the data directory
    /// @throws LikenessException REFUSED for PostgreSQL, which has its own way
    List<Photo> copyTo(Path file) {
        try (Database copy = translated(() -> database.copyTo(file))) {
            Connection connection = translated(copy::borrowReader);
            try (Sql sql = new Sql(connection, copy)) {
                return sql.list("SELECT * FROM photo WHERE storage = ?", Rows::photo, Storage.COPY);
            } finally {
                copy.giveBackReader(connection, false);
            }
        }
    }

    @Override
    public <T> T read(Function<ReadTransaction, T> work) {
        Connection connection = translated(database::borrowReader);
        boolean broken = true;
        try (Sql sql = new Sql(connection, database)) {
            translated(() -> begin(connection, false));
            SqlReading reading = new SqlReading(sql, keys, rotations);
            try {
                T value = work.apply(reading);
                broken = false;
                return value;
            } finally {
                reading.end();
                broken = !rolledBack(connection);
            }
        } finally {
            database.giveBackReader(connection, broken);
        }
    }

    @Override
    public <T> T change(Function<WriteTransaction, Changed<T>> work) {
        return write(SqlWriting.Scope.CHANGE, transaction -> {
            Changed<T> changed = work.apply(transaction);
            transaction.append(changed.entry());
            return changed.value();
        });
    }

    @Override
    public void note(Consumer<WriteTransaction> work) {
        write(SqlWriting.Scope.NOTE, transaction -> {
            work.accept(transaction);
            return true;
        });
    }

    /// Nobody here writes meanwhile; readers in other threads and processes may make it say BUSY.
    @Override
    public Scrubbed scrub() {
        lock();
        try {
            Connection connection = translated(database::borrowWriter);
            boolean broken = true;
            try {
                Scrubbed scrubbed = translated(() -> database.scrub(connection));
                broken = false;
                return scrubbed;
            } finally {
                database.giveBackWriter(connection, broken);
            }
        } finally {
            writing.unlock();
        }
    }

    /// The tables that can hold something of anybody, see [ErasableStore].
    public List<ErasableStore> erasableTables() {
        return ErasableTables.stores();
    }

    private <T> T write(SqlWriting.Scope scope, Function<SqlWriting, T> work) {
        if (writing.isHeldByCurrentThread()) {
            throw new IllegalStateException("a change must not begin inside another change");
        }
        lock();
        try {
            Connection connection = translated(database::borrowWriter);
            boolean broken = true;
            try (Sql sql = new Sql(connection, database)) {
                translated(() -> begin(connection, true));
                SqlWriting transaction = new SqlWriting(sql, keys, rotations, clock, scope);
                T value;
                try {
                    value = work.apply(transaction);
                    transaction.ledger().write();
                } catch (RuntimeException | Error e) {
                    broken = !rolledBack(connection);
                    transaction.dropNewKeys();
                    throw e;
                } finally {
                    transaction.end();
                }
                translated(() -> commit(connection));
                broken = false;
                return value;
            } finally {
                database.giveBackWriter(connection, broken);
            }
        } finally {
            writing.unlock();
        }
    }

    private void lock() {
        try {
            if (writing.tryLock(WRITE_WAIT_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new LikenessException(
                        LikenessException.Kind.UNAVAILABLE, "the records are busy with other changes\nTry again.")
                .called("records.busy");
    }

    private boolean begin(Connection connection, boolean write) throws SQLException {
        if (write) {
            database.beginWrite(connection);
        } else {
            database.beginRead(connection);
        }
        return true;
    }

    private boolean commit(Connection connection) throws SQLException {
        database.commit(connection);
        return true;
    }

    private boolean rolledBack(Connection connection) {
        try {
            database.rollback(connection);
            return true;
        } catch (SQLException e) {
            return false; // the connection is closed, which rolls back too
        }
    }

    /// A call that reports failure the database's way.
    @FunctionalInterface
    private interface Call<T> {
        T run() throws SQLException;
    }

    private <T> T translated(Call<T> call) {
        try {
            return call.run();
        } catch (SQLException e) {
            throw database.translate(e);
        }
    }

    /// Waits for the change under way. Reads under way must have ended.
    @Override
    public void close() {
        writing.lock();
        try {
            database.close();
        } finally {
            writing.unlock();
        }
    }
}
