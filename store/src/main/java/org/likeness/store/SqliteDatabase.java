package org.likeness.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.likeness.core.records.Records;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// One SQLite file: a write-ahead log, one writing connection and a few that only read, opened when first
/// needed.
///
/// With `synchronous=NORMAL` a commit survives the death of the process; after a power cut the last ones
/// may be
/// missing, but never half of one ([SQLite, pragma
/// synchronous](https://www.sqlite.org/pragma.html#pragma_synchronous)).
///
/// Transactions are begun and ended by statements of our own: the driver's `commit()` begins the next
/// transaction at once, which would hold the write lock and could fail after the commit had happened.
final class SqliteDatabase implements Database {
    private static final int READERS_MAX = 8;
    private static final int WAIT_MS = 10_000;
    private static final int PAGE_CACHE_KIB = 16 * 1024;

    private final SQLiteDataSource writing;
    private final SQLiteDataSource reading;
    private final Path ahead;
    private final ConcurrentLinkedDeque<Connection> idleReaders = new ConcurrentLinkedDeque<>();
    private final Semaphore readers = new Semaphore(READERS_MAX);
    private @Nullable Connection writer;
    private volatile boolean closed;

    /// @param file made, readable by its owner only, when it is not there
    SqliteDatabase(Path file) throws IOException {
        Disk.createFile(file);
        ahead = file.resolveSibling(file.getFileName() + "-wal");
        String url = "jdbc:sqlite:" + file.toAbsolutePath();
        writing = new SQLiteDataSource(config(false));
        writing.setUrl(url);
        reading = new SQLiteDataSource(config(true));
        reading.setUrl(url);
    }

    private static SQLiteConfig config(boolean readOnly) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(WAIT_MS);
        config.enforceForeignKeys(true);
        config.setCacheSize(-PAGE_CACHE_KIB);
        if (readOnly) {
            config.setReadOnly(true);
        } else {
            config.setJournalMode(SQLiteConfig.JournalMode.WAL);
            config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
            config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true"); // what is deleted is overwritten with zeros
        }
        return config;
    }

    @Override
    public Connection borrowReader() throws SQLException {
        try {
            if (!readers.tryAcquire(WAIT_MS, TimeUnit.MILLISECONDS)) {
                throw busy("no free connection");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy("interrupted");
        }
        Connection idle = idleReaders.pollFirst();
        if (idle != null) {
            return idle;
        }
        try {
            return reading.getConnection();
        } catch (SQLException | RuntimeException e) {
            readers.release();
            throw e;
        }
    }

    private static SQLException busy(String why) {
        return new SQLiteException(why, SQLiteErrorCode.SQLITE_BUSY);
    }

    @Override
    public Connection borrowWriter() throws SQLException {
        Connection connection = writer;
        if (connection == null) {
            connection = writing.getConnection();
            writer = connection;
        }
        return connection;
    }

    @Override
    public void giveBackReader(Connection connection, boolean broken) {
        if (broken || closed) {
            closeQuietly(connection);
        } else {
            idleReaders.addFirst(connection);
        }
        readers.release();
    }

    @Override
    public void giveBackWriter(Connection connection, boolean broken) {
        if (broken) {
            writer = null;
            closeQuietly(connection);
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            System.getLogger(SqliteDatabase.class.getName())
                    .log(System.Logger.Level.DEBUG, "closing a connection failed: " + e.getErrorCode());
        }
    }

    @Override
    public void beginRead(Connection connection) throws SQLException {
        run(connection, "BEGIN");
    }

    @Override
    public void beginWrite(Connection connection) throws SQLException {
        run(connection, "BEGIN IMMEDIATE");
    }

    @Override
    public void commit(Connection connection) throws SQLException {
        run(connection, "COMMIT");
    }

    @Override
    public void rollback(Connection connection) throws SQLException {
        run(connection, "ROLLBACK");
    }

    private static void run(Connection connection, String statement) throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.execute(statement);
        }
    }

    /// Forces the write-ahead log to the disk; what has left it for the database file was forced by
    /// SQLite before.
    /// No
    /// process holds a lock on that file (SQLite locks the other two), so opening and closing it here
    /// drops none.
    @Override
    public void sync() throws SQLException {
        try {
            if (Files.exists(ahead)) {
                Disk.syncFile(ahead);
            }
        } catch (IOException e) {
            throw new SQLException("the write-ahead log cannot be forced to the disk", e);
        }
    }

    /// `secure_delete` overwrites the rows that go, but not copies of them that a page kept when it was split; so
    /// the file is written anew, and then the log that holds its old pages is cut to nothing.
    @Override
    public Records.Scrubbed scrub(Connection writer) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute("VACUUM");
            try (ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
                return row.next() && row.getInt(1) == 0 ? Records.Scrubbed.GONE : Records.Scrubbed.BUSY;
            }
        }
    }

    @Override
    public Failure failure(SQLException e) {
        if (!(e instanceof SQLiteException failure)) {
            return Failure.UNREACHABLE;
        }
        SQLiteErrorCode code = failure.getResultCode();
        int primary = code.code & 0xff;
        return switch (code) {
            case SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID -> Failure.NOT_UNIQUE;
            case SQLITE_CONSTRAINT_FOREIGNKEY -> Failure.DANGLING;
            default ->
                switch (SQLiteErrorCode.getErrorCode(primary)) {
                    case SQLITE_CONSTRAINT -> Failure.FORBIDDEN;
                    case SQLITE_CORRUPT, SQLITE_NOTADB -> Failure.DAMAGED;
                    case SQLITE_ERROR ->
                        String.valueOf(e.getMessage()).contains("no such table")
                                ? Failure.NO_SUCH_TABLE
                                : Failure.OUR_MISTAKE;
                    case SQLITE_MISMATCH, SQLITE_MISUSE, SQLITE_RANGE -> Failure.OUR_MISTAKE;
                    default -> Failure.UNREACHABLE;
                };
        };
    }

    @Override
    public List<String> check() throws SQLException {
        List<String> problems = new ArrayList<>();
        try (Connection connection = reading.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("PRAGMA integrity_check(10)")) {
                while (rows.next()) {
                    if (!rows.getString(1).equals("ok")) {
                        problems.add("the database file is damaged: " + rows.getString(1));
                    }
                }
            }
            try (ResultSet rows = statement.executeQuery("PRAGMA foreign_key_check")) {
                while (rows.next()) {
                    problems.add("table " + rows.getString(1) + " names a row of " + rows.getString(3)
                            + " that is not there");
                }
            }
            problems.addAll(Schema.lostTriggers(
                    statement, "SELECT name FROM sqlite_master WHERE type = 'trigger'", migrationFolder()));
        }
        return problems;
    }

    /// Free pages do not come along, so what was erased before is not in the copy.
    @Override
    public Database copyTo(Path file) throws SQLException {
        try {
            Disk.createFile(file);
        } catch (IOException e) {
            throw new SQLException("the file for the copy cannot be made", e);
        }
        try (Connection connection = reading.getConnection();
                PreparedStatement statement = connection.prepareStatement("VACUUM INTO ?")) {
            statement.setString(1, file.toAbsolutePath().toString());
            statement.execute();
        }
        try {
            return new SqliteDatabase(file);
        } catch (IOException e) {
            throw new SQLException("the copy cannot be opened", e);
        }
    }

    @Override
    public DataSource migrationSource() {
        return writing;
    }

    @Override
    public String migrationFolder() {
        return "sqlite";
    }

    @Override
    public Map<String, String> placeholders() {
        return Map.of(
                "id", "TEXT",
                "integer", "INTEGER",
                "real", "REAL",
                "bytes", "BLOB",
                "sequence", "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT",
                "strict", " STRICT");
    }

    /// The caller has made sure that nobody writes.
    @Override
    public void close() {
        closed = true;
        for (Connection idle = idleReaders.pollFirst(); idle != null; idle = idleReaders.pollFirst()) {
            closeQuietly(idle);
        }
        Connection connection = writer;
        if (connection != null) {
            writer = null;
            closeQuietly(connection);
        }
    }
}
