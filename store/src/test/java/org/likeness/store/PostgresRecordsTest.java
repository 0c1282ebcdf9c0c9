package org.likeness.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/// The contract on a real PostgreSQL server, started for this class.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PostgresRecordsTest extends SignInContract {
    private final AtomicInteger databases = new AtomicInteger();
    private EmbeddedPostgres server;
    private String name = "";

    @BeforeAll
    void startServer() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    void stopServer() throws IOException {
        server.close();
    }

    /// Runs before the superclass's would, which opens it.
    private void createDatabase() throws SQLException {
        name = "records_" + databases.incrementAndGet();
        try (Connection connection = server.getPostgresDatabase().getConnection()) {
            execute(connection, "CREATE DATABASE " + name);
        }
    }

    @Override
    @BeforeEach
    void openRecords() throws Exception {
        createDatabase();
        super.openRecords();
    }

    @Override
    SqlRecords open(Keys keys) {
        return SqlRecords.postgresql(
                server.getJdbcUrl("postgres", name), "postgres", () -> "postgres".toCharArray(), keys, Samples.CLOCK);
    }

    @Override
    Connection raw() throws SQLException {
        return DriverManager.getConnection(server.getJdbcUrl("postgres", name), "postgres", "postgres");
    }
}
