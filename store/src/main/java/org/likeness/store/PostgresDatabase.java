package org.likeness.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.likeness.core.LikenessException;
import org.likeness.core.records.Records;

/// A PostgreSQL database, through a pool.
///
/// Writers take one lock for the whole database, in every process: positions of the log then follow each
/// other
/// without gaps in the order of the commits, and whoever asks for templates "after sequence n" never misses
/// one that was numbered earlier and committed later.
final class PostgresDatabase implements Database {
    private static final int CONNECTIONS_MAX = 10;
    private static final int WAIT_MS = 10_000;
    /// Chosen once at random; only has to differ from the locks of others in the same database.
    private static final long WRITE_LOCK = 0x6c696b656e657373L;

    private final HikariDataSource pool;

    PostgresDatabase(String url, String user, Supplier<char[]> password) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("likeness-records");
        config.setJdbcUrl(url);
        config.setUsername(user);
        config.setPassword(new String(password.get()));
        config.setMaximumPoolSize(CONNECTIONS_MAX);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(WAIT_MS);
        config.setInitializationFailTimeout(-1); // the first statement reports what is wrong
        config.addDataSourceProperty("logServerErrorDetail", "false"); // details repeat values, names among them
        config.addDataSourceProperty("ApplicationName", "likeness");
        pool = new HikariDataSource(config);
    }

    @Override
    public Connection borrowReader() throws SQLException {
        return pool.getConnection();
    }

    @Override
    public Connection borrowWriter() throws SQLException {
        return pool.getConnection();
    }

    @Override
    public void giveBackReader(Connection connection, boolean broken) {
        giveBack(connection, broken);
    }

    @Override
    public void giveBackWriter(Connection connection, boolean broken) {
        giveBack(connection, broken);
    }

    private void giveBack(Connection connection, boolean broken) {
        if (broken) {
            pool.evictConnection(connection);
            return;
        }
        try {
            connection.setAutoCommit(true);
            connection.close();
        } catch (SQLException e) {
            pool.evictConnection(connection);
        }
    }

    @Override
    public void beginRead(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        run(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
    }

    @Override
    public void beginWrite(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        run(connection, "SET LOCAL lock_timeout = " + WAIT_MS);
        run(connection, "SELECT pg_advisory_xact_lock(" + WRITE_LOCK + ")");
    }

    private static void run(Connection connection, String statement) throws SQLException {
        try (Statement s = connection.createStatement()) {
            s.execute(statement);
        }
    }

    @Override
    public void commit(Connection connection) throws SQLException {
        connection.commit();
    }

    @Override
    public void rollback(Connection connection) throws SQLException {
        connection.rollback();
    }

    /// The server does that at every commit.
    @Override
    public void sync() {}

    /// Old versions of rows stay in the server's files until their space is used again, also after VACUUM.
    @Override
    public Records.Scrubbed scrub(Connection writer) {
        return Records.Scrubbed.UNTIL_REUSED;
    }

    @Override
    public Failure failure(SQLException e) {
        String state = e.getSQLState();
        if (state == null || state.length() < 2) {
            return Failure.UNREACHABLE;
        }
        return switch (state) {
            case "23505" -> Failure.NOT_UNIQUE;
            case "23503" -> Failure.DANGLING;
            case "42P01" -> Failure.NO_SUCH_TABLE;
            case "55P03" -> Failure.UNREACHABLE;
            default ->
                switch (state.substring(0, 2)) {
                    case "23" -> Failure.FORBIDDEN;
                    case "08", "40", "53", "57", "58", "28" -> Failure.UNREACHABLE;
                    case "XX" -> Failure.DAMAGED;
                    default -> Failure.OUR_MISTAKE;
                };
        };
    }

    /// The server checks its own pages.
    @Override
    public List<String> check() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            return Schema.lostTriggers(
                    statement, "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal", migrationFolder());
        }
    }

    @Override
    public Database copyTo(Path file) {
        throw new LikenessException(
                LikenessException.Kind.REFUSED,
                "records in PostgreSQL are not copied into a file"
                        + "\nBack them up by pg_dump; the folder of keys apart, by: likeness backup-keys.");
    }

    @Override
    public DataSource migrationSource() {
        return pool;
    }

    @Override
    public String migrationFolder() {
        return "postgresql";
    }

    @Override
    public Map<String, String> placeholders() {
        return Map.of(
                "id", "TEXT COLLATE \"C\"",
                "integer", "BIGINT",
                "real", "DOUBLE PRECISION",
                "bytes", "BYTEA",
                "sequence", "BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
                "strict", "");
    }

    @Override
    public void close() {
        pool.close();
    }
}
