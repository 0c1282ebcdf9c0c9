package org.likeness.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.likeness.core.LikenessException;

/// The statements of one transaction, prepared once each. One thread at a time; the connection stays the
/// caller's.
///
/// Plain JDBC on purpose: the mapping library we tried added 0.3 s to the start of every command.
final class Sql implements AutoCloseable {
    /// Rows fetched at once where a result may not fit in memory.
    private static final int FETCH = 1_000;

    /// Makes a value of one row.
    @FunctionalInterface
    interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    /// Takes one row.
    @FunctionalInterface
    interface Visitor {
        void visit(ResultSet row) throws SQLException;
    }

    private final Connection connection;
    private final Database database;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Sql(Connection connection, Database database) {
        this.connection = connection;
        this.database = database;
    }

    <T> List<T> list(String query, Mapper<T> mapper, @Nullable Object... parameters) {
        List<T> values = new ArrayList<>();
        each(query, row -> values.add(decode(mapper, row)), parameters);
        return values;
    }

    <T> Optional<T> first(String query, Mapper<T> mapper, @Nullable Object... parameters) {
        return list(query, mapper, parameters).stream().findFirst();
    }

    long count(String query, @Nullable Object... parameters) {
        return list(query, row -> row.getLong(1), parameters).getFirst();
    }

    /// Visits the rows as they arrive.
    void each(String query, Visitor visitor, @Nullable Object... parameters) {
        // Not one of the kept statements: a visitor may ask the same question again.
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setFetchSize(FETCH);
            bind(statement, parameters);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    visitor.visit(rows);
                }
            }
        } catch (SQLException e) {
            throw database.translate(e);
        }
    }

    /// The tables that have both columns, by name, in lower case.
    List<String> tablesWith(String column, String other) {
        Set<String> tables = tablesWith(column);
        tables.retainAll(tablesWith(other));
        return List.copyOf(tables);
    }

    private Set<String> tablesWith(String column) {
        Set<String> tables = new TreeSet<>();
        try (ResultSet found = connection.getMetaData().getColumns(null, null, null, column)) {
            while (found.next()) {
                tables.add(found.getString("TABLE_NAME").toLowerCase(Locale.ROOT));
            }
            return tables;
        } catch (SQLException e) {
            throw database.translate(e);
        }
    }

    /// How many rows changed.
    int update(String statement, @Nullable Object... parameters) {
        try {
            PreparedStatement ready = prepared.get(statement);
            if (ready == null) {
                ready = connection.prepareStatement(statement);
                prepared.put(statement, ready);
            }
            bind(ready, parameters);
            return ready.executeUpdate();
        } catch (SQLException e) {
            throw database.translate(e);
        }
    }

    /// Makes what was committed before this transaction survive a power cut too.
    void sync() {
        try {
            database.sync();
        } catch (SQLException e) {
            throw database.translate(e);
        }
    }

    Insert insert(String table) {
        return new Insert(this, table);
    }

    private static void bind(PreparedStatement statement, @Nullable Object[] parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            switch (parameters[i]) {
                case null -> statement.setObject(i + 1, null);
                case Long value -> statement.setLong(i + 1, value);
                case Integer value -> statement.setLong(i + 1, value);
                case Boolean value -> statement.setLong(i + 1, value ? 1 : 0);
                case Double value -> statement.setDouble(i + 1, value);
                case Instant value -> statement.setLong(i + 1, value.toEpochMilli());
                case byte[] value -> statement.setBytes(i + 1, value);
                case Enum<?> value -> statement.setString(i + 1, value.name());
                case Object value -> statement.setString(i + 1, value.toString());
            }
        }
    }

    /// What a row means. Values of ours refuse nonsense on construction; here that means the row is damaged.
    private static <T> T decode(Mapper<T> mapper, ResultSet row) throws SQLException {
        try {
            return mapper.map(row);
        } catch (IllegalArgumentException | DateTimeException | LikenessException e) {
            throw damaged(e);
        }
    }

    private static LikenessException damaged(RuntimeException cause) {
        return new LikenessException(
                        LikenessException.Kind.CORRUPT,
                        "a row of the records does not decode ("
                                + cause.getClass().getSimpleName()
                                + ")\nIt was altered or damaged; restore the records from a backup.")
                .called("records.damaged");
    }

    @Override
    public void close() {
        for (PreparedStatement statement : prepared.values()) {
            try {
                statement.close();
            } catch (SQLException e) {
                System.getLogger(Sql.class.getName())
                        .log(System.Logger.Level.DEBUG, "closing a statement failed: " + e.getErrorCode());
            }
        }
    }

    /// An insert whose values stand beside their columns.
    static final class Insert {
        private final Sql sql;
        private final String table;
        private final List<String> columns = new ArrayList<>();
        private final List<@Nullable Object> values = new ArrayList<>();

        private Insert(Sql sql, String table) {
            this.sql = sql;
            this.table = table;
        }

        Insert with(String column, Object value) {
            columns.add(column);
            values.add(value);
            return this;
        }

        Insert with(String column, Optional<?> value) {
            columns.add(column);
            values.add(value.orElse(null));
            return this;
        }

        void run() {
            sql.update(
                    "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES ("
                            + "?, ".repeat(columns.size() - 1) + "?)",
                    values.toArray());
        }
    }
}
