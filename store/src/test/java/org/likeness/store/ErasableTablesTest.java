package org.likeness.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A table that no erasure reaches and no reason excuses is a hole. Whoever adds a table says here whose it is.
final class ErasableTablesTest {
    @TempDir
    private Path folder;

    @Test
    void r33_every_table_is_erased_or_holds_nothing_of_anybody() throws Exception {
        Path file = folder.resolve("records.db");
        SqlRecords.sqlite(file, new Keys(folder.resolve("keys")), Samples.CLOCK).close();
        Set<String> tables = new TreeSet<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                ResultSet found = connection.getMetaData().getTables(null, null, "%", new String[] {"TABLE"})) {
            while (found.next()) {
                tables.add(found.getString("TABLE_NAME"));
            }
        }
        tables.add("sqlite_sequence");
        Set<String> known = new TreeSet<>(ErasableTables.names());
        known.addAll(ErasableTables.HOLD_NOTHING.keySet());
        assertThat(tables).contains("photo", "person", "audit_entry");
        assertThat(known).as("add a new table to ErasableTables").isEqualTo(tables);
        assertThat(ErasableTables.names()).doesNotContainAnyElementsOf(ErasableTables.HOLD_NOTHING.keySet());
    }
}
