package org.likeness.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.likeness.core.LikenessException;
import org.likeness.core.records.Records;

/// What differs between the databases: connections, how transactions begin and end, types, and what
/// failures
/// mean. Everything else is one set of statements. Thread-safe.
interface Database extends AutoCloseable {
    /// A connection for reading; give it back. Waits a limited time for a free one.
    Connection borrowReader() throws SQLException;

    /// A connection for writing; give it back. The caller holds the process's writing lock.
    Connection borrowWriter() throws SQLException;

    /// @param broken whether its state is unknown, so that it must not be used again
    void giveBackReader(Connection connection, boolean broken);

    void giveBackWriter(Connection connection, boolean broken);

    /// From here on the reader sees one state of the records.
    void beginRead(Connection connection) throws SQLException;

    /// From here on nobody else writes, in this process or another, until the end. Waits a limited time for
    /// that.
    void beginWrite(Connection connection) throws SQLException;

    void commit(Connection connection) throws SQLException;

    void rollback(Connection connection) throws SQLException;

    /// Makes what was committed before this survive a power cut too.
    void sync() throws SQLException;

    /// Overwrites what is left of deleted rows, as far as it can.
    Records.Scrubbed scrub(Connection writer) throws SQLException;

    /// What a failure means to the caller.
    Failure failure(SQLException e);

    /// What the database finds wrong with its own files, a line each; empty: nothing, or it checks itself.
    List<String> check() throws SQLException;

    /// Writes a copy of one instant into an empty file, while everything goes on, and opens it.
    ///
    /// @throws LikenessException REFUSED where the database has its own way
    Database copyTo(Path file) throws SQLException;

    /// For the migrations only.
    DataSource migrationSource();

    /// The folder of the migrations only this database needs.
    String migrationFolder();

    /// The types whose names differ.
    Map<String, String> placeholders();

    @Override
    void close();

    /// The kinds of failure a statement can have.
    enum Failure {
        NOT_UNIQUE,
        DANGLING,
        FORBIDDEN,
        UNREACHABLE,
        DAMAGED,
        NO_SUCH_TABLE,
        OUR_MISTAKE
    }

    /// The failure as callers see it. What the database says of values is not repeated: names can be in it.
    default RuntimeException translate(SQLException e) {
        return switch (failure(e)) {
            case NOT_UNIQUE ->
                new LikenessException(
                                LikenessException.Kind.CONFLICT,
                                "a record of this name or content exists already"
                                        + "\nUse the one that exists, or another name.",
                                e)
                        .called("records.known");
            case DANGLING ->
                new LikenessException(
                                LikenessException.Kind.NOT_FOUND,
                                "a record names another that does not exist in its collection\n"
                                        + "Add the collection, source, grant or photo first.",
                                e)
                        .called("records.absent");
            case FORBIDDEN ->
                new LikenessException(
                                LikenessException.Kind.REFUSED,
                                "the records refuse this: a rule of the schema forbids it\n"
                                        + "See docs/reference/storage.md for the rules.",
                                e)
                        .called("records.refused");
            case UNREACHABLE ->
                new LikenessException(
                                LikenessException.Kind.UNAVAILABLE,
                                "the records cannot be reached or are busy\n"
                                        + "Try again; if it stays so, check the disk or the database server.",
                                e)
                        .called("records.busy");
            case DAMAGED ->
                new LikenessException(
                                LikenessException.Kind.CORRUPT,
                                "the records are damaged or are not a Likeness database\nRestore them from a backup.",
                                e)
                        .called("records.damaged");
            case NO_SUCH_TABLE, OUR_MISTAKE -> new IllegalStateException("statement failed: " + e.getSQLState(), e);
        };
    }
}
