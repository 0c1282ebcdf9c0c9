package org.likeness.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.likeness.core.audit.Checkpoint;
import org.likeness.core.audit.Merkle;
import org.likeness.core.audit.Receipt;
import org.likeness.core.audit.SignedCheckpoint;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.consent.Choice;
import org.likeness.core.consent.Method;
import org.likeness.core.consent.Notice;
import org.likeness.core.person.Details;
import org.likeness.core.person.Person;
import org.likeness.core.photo.Sha256;
import org.likeness.core.rights.ConsentDesk;
import org.likeness.store.LogFiles;

/// A data directory whose log has a history, and an intruder's hands on its files. One thread at a time.
final class LivedLog {
    private final Path data;
    private final MovableClock clock;
    private final Map<Path, byte[]> saved = new HashMap<>();

    LivedLog(Path data, MovableClock clock) {
        this.data = data;
        this.clock = clock;
    }

    Likeness open() {
        return Likeness.open(Settings.of(data), clock);
    }

    Path keys() {
        return data.resolve("keys");
    }

    /// Lets people answer, some of them with a signature on the log in between.
    ///
    /// @return their receipts
    List<Receipt> live(int people) {
        List<Receipt> receipts = new ArrayList<>();
        try (Likeness likeness = open()) {
            Collection club = likeness.collections().stream()
                    .findFirst()
                    .orElseGet(() -> likeness.createCollection("club", Profile.EVENT));
            if (likeness.notices().notices(club.id()).isEmpty()) {
                likeness.notices().publish(club.id(), List.of(Notice.Text.of("en", "We look for faces.")), true);
                likeness.bases().record(club, Bases.complete(Profile.EVENT));
            }
            for (int i = 0; i < people; i++) {
                receipts.add(consent(likeness, club));
            }
        }
        return receipts;
    }

    static Receipt consent(Likeness likeness, Collection club) {
        Person person = likeness.people().add(club.id(), Details.NONE, Optional.empty());
        ConsentDesk.Recorded recorded = likeness.consents()
                .record(new ConsentDesk.Answers(
                        person.id(),
                        Optional.empty(),
                        Map.of(Choice.MYSELF, true),
                        Method.PAGE,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
        return likeness.receipt(recorded.statement().orElseThrow().id(), Map.of());
    }

    /// Remembers the files of the records and of the log's key, to [#putBack] them. The directory must be closed.
    void save() {
        saved.clear();
        for (Path folder : List.of(data, keys())) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    saved.put(file, Files.readAllBytes(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    void putBack() {
        putBack(data);
        putBack(keys());
    }

    /// As somebody does who restores the records and has the keys elsewhere.
    void putBackRecords() {
        putBack(data);
    }

    private void putBack(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.delete(file);
            }
            for (Map.Entry<Path, byte[]> file : saved.entrySet()) {
                if (folder.equals(file.getKey().getParent())) {
                    Files.write(file.getKey(), file.getValue());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Somebody at the database's own prompt, who has removed what stands in the way.
    Intruder intruder() throws SQLException {
        return new Intruder(DriverManager.getConnection("jdbc:sqlite:" + data.resolve("records.sqlite")), keys());
    }

    /// One thread at a time.
    static final class Intruder implements AutoCloseable {
        private final Connection connection;
        private final Path keys;

        private Intruder(Connection connection, Path keys) throws SQLException {
            this.connection = connection;
            this.keys = keys;
            for (String trigger : texts("SELECT name FROM sqlite_master WHERE type = 'trigger'")) {
                run("DROP TRIGGER " + trigger);
            }
        }

        Path keys() {
            return keys;
        }

        void run(String sql, Object... values) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    statement.setObject(i + 1, values[i]);
                }
                statement.executeUpdate();
            }
        }

        List<String> texts(String sql) throws SQLException {
            List<String> found = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return found;
        }

        long count(String sql) throws SQLException {
            return Long.parseLong(texts(sql).getFirst());
        }

        String entry(long position) throws SQLException {
            return texts("SELECT entry FROM audit_entry WHERE position = " + position)
                    .getFirst();
        }

        /// Writes an entry as if it had always been so, its hash included, but not the tree above.
        void forge(long position, String entry) throws SQLException {
            run(
                    "UPDATE audit_entry SET entry = ?, leaf_hash = ? WHERE position = ?",
                    entry,
                    bytes(Merkle.leaf(entry)),
                    position);
        }

        /// Makes the tree follow from the entries again, and says what it amounts to.
        Checkpoint rebuildTree() throws SQLException {
            run("DELETE FROM audit_node");
            Map<String, Sha256> nodes = new HashMap<>();
            long size = 0;
            for (String entry : texts("SELECT entry FROM audit_entry ORDER BY position")) {
                List<Object[]> rows = new ArrayList<>();
                Merkle.append(size++, Merkle.leaf(entry), (level, at) -> node(nodes, level, at), (level, at, hash) -> {
                    nodes.put(level + "/" + at, hash);
                    rows.add(new Object[] {level, at, bytes(hash)});
                });
                for (Object[] row : rows.subList(1, rows.size())) {
                    run("INSERT INTO audit_node (level, position, hash) VALUES (?, ?, ?)", row);
                }
            }
            String origin = Checkpoint.origin(
                    UUID.fromString(texts("SELECT id FROM installation").getFirst()));
            return new Checkpoint(origin, size, Merkle.root(size, (level, at) -> node(nodes, level, at)));
        }

        /// Signs a state with the real key and leaves no trace of what was signed before.
        void signWithTheRealKey(Checkpoint state) throws SQLException {
            LogFiles keeper = new LogFiles(keys);
            SignedCheckpoint signed = keeper.sign(state);
            run("DELETE FROM log_checkpoint");
            run("INSERT INTO log_checkpoint (size, note, at) VALUES (?, ?, 0)", state.size(), signed.note());
            keeper.keepHead(signed);
        }

        private static Sha256 node(Map<String, Sha256> nodes, int level, long at) {
            return Objects.requireNonNull(nodes.get(level + "/" + at));
        }

        private static byte[] bytes(Sha256 hash) {
            return HexFormat.of().parseHex(hash.hex());
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }
}
