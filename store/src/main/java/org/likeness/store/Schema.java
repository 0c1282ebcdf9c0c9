package org.likeness.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;
import org.likeness.core.LikenessException;

/// Brings a database to this version's schema. When it is there already, one query says so and
/// Flyway is
/// not loaded.
final class Schema {
    /// The version the last migration makes.
    static final int VERSION = 34;

    /// In order. Each is what both databases share, what only this one needs from its own folder, or
    /// both.
    private static final List<String> SCRIPTS = List.of(
            "V1__records.sql",
            "V2__append_only_log.sql",
            "V3__statements.sql",
            "V4__log_proof.sql",
            "V5__signals.sql",
            "V6__vault.sql",
            "V7__people.sql",
            "V8__basis.sql",
            "V9__sources.sql",
            "V10__demands.sql",
            "V11__ledger.sql",
            "V12__retention.sql",
            "V13__members.sql",
            "V14__timeline.sql",
            "V15__timeline_keys.sql",
            "V17__places.sql",
            "V18__reports.sql",
            "V23__tour.sql",
            "V24__imports.sql",
            "V25__uploads.sql",
            "V26__photo.sql",
            "V27__sign_in.sql",
            "V28__watched_folders.sql",
            "V29__decisions.sql",
            "V33__import_storage.sql",
            "V34__guardians.sql");

    private static final Pattern TRIGGER = Pattern.compile("\\b(CREATE|DROP) TRIGGER (\\w+)");

    private static final String HISTORY = "flyway_schema_history";

    private Schema() {}

    /// The version the database has; 0 when it is empty.
    static int version(Database database) {
        try {
            Connection connection = database.borrowReader();
            try (Statement statement = connection.createStatement();
                    ResultSet found = statement.executeQuery(
                            "SELECT COALESCE(MAX(CAST(version AS INTEGER)), 0) FROM " + HISTORY + " WHERE success")) {
                found.next();
                return found.getInt(1);
            } finally {
                database.giveBackReader(connection, false);
            }
        } catch (SQLException e) {
            if (database.failure(e) == Database.Failure.NO_SUCH_TABLE) {
                return 0;
            }
            throw database.translate(e);
        }
    }

    /// @throws LikenessException UNAVAILABLE when a newer Likeness made the database, or a migration
    ///     fails
    static void migrate(Database database) {
        int version = version(database);
        if (version > VERSION) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE,
                    "schema version of the records must be at most " + VERSION + " but is " + version
                            + "\nUse the version of Likeness that wrote them, or a newer one.");
        }
        if (version < VERSION) {
            Migration.run(database);
        }
    }

    /// The names of the triggers that this version's schema has: they keep rows from being changed
    /// that must not be.
    private static Set<String> triggers(String folder) {
        Set<String> names = new TreeSet<>();
        for (String script : SCRIPTS) {
            for (String path : List.of(script, folder + "/" + script)) {
                Matcher statement = TRIGGER.matcher(Script.text(path).orElse(""));
                while (statement.find()) {
                    if (statement.group(1).equals("CREATE")) {
                        names.add(statement.group(2));
                    } else {
                        names.remove(statement.group(2));
                    }
                }
            }
        }
        return names;
    }

    /// What to say when some of them are not there; empty: all are.
    ///
    /// @param query for the names of the triggers the database has
    static List<String> lostTriggers(Statement statement, String query, String folder) throws SQLException {
        Set<String> lost = triggers(folder);
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                lost.remove(rows.getString(1));
            }
        }
        return lost.isEmpty()
                ? List.of()
                : List.of("the database has lost what keeps its rows from being changed: trigger "
                        + String.join(", ", lost));
    }

    /// Everything that touches Flyway's classes.
    private static final class Migration {
        /// Kept here, because the JDK forgets the level of a logger nobody holds.
        private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

        private static void run(Database database) {
            if (FLYWAY.getLevel() == null) {
                FLYWAY.setLevel(Level.WARNING); // it reports every step, in front of whoever runs the first command
            }
            List<LoadableResource> scripts = SCRIPTS.stream()
                    .<LoadableResource>map(name -> new Script(name, database.migrationFolder()))
                    .toList();
            try {
                Flyway.configure()
                        .dataSource(database.migrationSource())
                        .table(HISTORY)
                        // Named one by one: scanning the class path is slow, and fails in some ways of packing
                        // a jar.
                        .resourceProvider(new Scripts(scripts))
                        .javaMigrationClassProvider(List::of)
                        .placeholders(database.placeholders())
                        .load()
                        .migrate();
            } catch (FlywayException e) {
                throw new LikenessException(
                        LikenessException.Kind.UNAVAILABLE,
                        "the schema of the records could not be brought to version " + VERSION
                                + "\nCheck the disk and the rights on the database, then open it again.",
                        e);
            }
        }
    }

    private record Scripts(List<LoadableResource> all) implements ResourceProvider {
        @Override
        public @Nullable LoadableResource getResource(String name) {
            return all.stream()
                    .filter(script -> script.getFilename().equals(name))
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return all.stream()
                    .filter(script -> script.getFilename().startsWith(prefix)
                            && Arrays.stream(suffixes).anyMatch(script.getFilename()::endsWith))
                    .toList();
        }
    }

    /// A migration beside this class, followed by what only this database needs of it.
    private static final class Script extends LoadableResource {
        private final String name;
        private final String own;

        private Script(String name, String folder) {
            this.name = name;
            this.own = folder + "/" + name;
        }

        @Override
        public Reader read() {
            List<String> texts = Stream.of(name, own)
                    .map(Script::text)
                    .flatMap(Optional::stream)
                    .toList();
            if (texts.isEmpty()) {
                throw new IllegalStateException("migration is missing from the jar: " + name);
            }
            return new StringReader(String.join("\n", texts));
        }

        private static Optional<String> text(String path) {
            try (InputStream in = Schema.class.getResourceAsStream(path)) {
                return in == null
                        ? Optional.empty()
                        : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String getAbsolutePath() {
            return own;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return own;
        }

        @Override
        public String getFilename() {
            return name;
        }

        @Override
        public String getRelativePath() {
            return own;
        }
    }
}
