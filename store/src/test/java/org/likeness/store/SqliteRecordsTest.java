package org.likeness.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Profile;
import org.likeness.core.photo.Face;
import org.likeness.core.records.Records;
import org.likeness.core.template.Template;

final class SqliteRecordsTest extends SignInContract {
    private Path file() {
        return folder.resolve("records.db");
    }

    @Override
    SqlRecords open(Keys keys) {
        return SqlRecords.sqlite(file(), keys, Samples.CLOCK);
    }

    @Override
    Connection raw() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        execute(connection, "PRAGMA foreign_keys = ON");
        execute(connection, "PRAGMA busy_timeout = 5000");
        return connection;
    }

    @Test
    void r13_no_file_holds_a_vector_in_the_clear() throws Exception {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        Face face = samples.storedFace(records, home);
        Template template = samples.template();
        Samples.change(records, tx -> tx.addFeatureSet(home.id(), face.id(), template, Optional.empty()));
        float[] values = template.values();
        Path canary = folder.resolve("canary");
        Files.write(canary, bytes(values, ByteOrder.BIG_ENDIAN));

        assertThat(filesWithTraceOf(values)).containsExactly(canary); // the search does find what is there
        Files.delete(canary);
        assertThat(file().resolveSibling("records.db-wal")).isNotEmptyFile();
        records.close();
        assertThat(filesWithTraceOf(values)).isEmpty();
    }

    private List<Path> filesWithTraceOf(float[] values) throws Exception {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                if (pieces(values).stream().anyMatch(content::contains)) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    /// Any two neighbouring floats in either byte order, and any eight as signed bytes scaled to 127.
    private static List<String> pieces(float[] values) {
        List<String> pieces = new ArrayList<>();
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            String all = new String(bytes(values, order), StandardCharsets.ISO_8859_1);
            for (int i = 0; i + 8 <= all.length(); i += 4) {
                pieces.add(all.substring(i, i + 8));
            }
        }
        byte[] codes = new byte[values.length];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) Math.round(values[i] * 127);
        }
        String all = new String(codes, StandardCharsets.ISO_8859_1);
        for (int i = 0; i + 8 <= all.length(); i++) {
            pieces.add(all.substring(i, i + 8));
        }
        return pieces;
    }

    private static byte[] bytes(float[] values, ByteOrder order) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES).order(order);
        buffer.asFloatBuffer().put(values);
        return buffer.array();
    }

    @Test
    void all_files_are_their_owners_only() throws Exception {
        samples.home(records, "home", Profile.HOUSEHOLD);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path path : files.filter(p -> !p.equals(folder)).toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .as(folder.relativize(path).toString())
                        .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
            }
        }
    }

    @Test
    void a_file_that_is_no_database_is_damage() throws Exception {
        Path other = folder.resolve("other.db");
        Files.writeString(other, "Dear diary, ".repeat(100));
        assertThatThrownBy(() -> SqlRecords.sqlite(other, new Keys(folder), Samples.CLOCK))
                .isInstanceOfSatisfying(
                        LikenessException.class, e -> assertThat(e.kind()).isEqualTo(LikenessException.Kind.CORRUPT));
    }

    @Test
    void eight_first_openings_at_once_make_one_schema() throws Exception {
        Path fresh = folder.resolve("fresh.db");
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Callable<Long>> openings = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                openings.add(() -> {
                    try (Records one = SqlRecords.sqlite(fresh, new Keys(folder), Samples.CLOCK)) {
                        return one.read(tx -> tx.auditSize());
                    }
                });
            }
            for (var opening : threads.invokeAll(openings)) {
                assertThat(opening.get()).isZero();
            }
        }
    }
}
