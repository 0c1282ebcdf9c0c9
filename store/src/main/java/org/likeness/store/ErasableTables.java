package org.likeness.store;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.likeness.core.demand.DemandId;
import org.likeness.core.demand.Scope;
import org.likeness.core.records.ErasableStore;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.WriteTransaction;

/// Every table of the records, and whose its rows are: what an erasure deletes and a census counts. A
/// table is either
/// here or holds nothing of anybody; a test holds the schema against this.
final class ErasableTables {
    /// Stands for the ids an erasure lists in the scope of the condition.
    private static final String THESE = "{these}";

    /// What the scope of a collection means for most tables.
    private static final String OF_COLLECTION = "collection IN " + THESE;

    private static final String RUNS_OF_SOURCE =
            "(SELECT r.id FROM import_run r JOIN permission_grant g ON g.id = r.grant_id WHERE g.source IN " + THESE
                    + ")";

    private static final String SEARCHES_OF_PERSON = "(SELECT id FROM search_attempt WHERE person IN " + THESE + ")";

    /// In the order in which rows can go: what refers to another row before that row.
    private static final List<Table> TABLES = List.of(
            new Table("face_decision")
                    .of(Scope.FACE, "face IN " + THESE)
                    .of(Scope.PERSON, "person IN " + THESE)
                    .of(Scope.COLLECTION, OF_COLLECTION),
            new Table("search_candidate")
                    .of(Scope.FACE, "face IN " + THESE)
                    .of(Scope.PERSON, "search IN " + SEARCHES_OF_PERSON)
                    .of(Scope.COLLECTION, OF_COLLECTION),
            new Table("template").of(Scope.FACE, "face IN " + THESE).of(Scope.COLLECTION, OF_COLLECTION),
            new Table("face").of(Scope.FACE, "id IN " + THESE).of(Scope.COLLECTION, OF_COLLECTION),
            new Table("signal").of(Scope.PHOTO, "photo IN " + THESE).of(Scope.COLLECTION, OF_COLLECTION),
            new Table("file_outcome")
                    .of(Scope.PHOTO, "photo IN " + THESE)
                    .of(Scope.SOURCE, "run IN " + RUNS_OF_SOURCE)
                    .of(Scope.COLLECTION, "run IN (SELECT id FROM import_run WHERE " + OF_COLLECTION + ")"),
            new Table("photo").of(Scope.PHOTO, "id IN " + THESE).of(Scope.COLLECTION, OF_COLLECTION),
            new Table("removed_photo").of(Scope.PHOTO, "photo IN " + THESE).of(Scope.COLLECTION, OF_COLLECTION),
            new Table("import_job").of(Scope.SOURCE, "run IN " + RUNS_OF_SOURCE).of(Scope.COLLECTION, OF_COLLECTION),
            new Table("import_run")
                    .of(Scope.SOURCE, "grant_id IN (SELECT id FROM permission_grant WHERE source IN " + THESE + ")")
                    .of(Scope.COLLECTION, OF_COLLECTION),
            // Marks are hashes of where files lie and when they changed. Those of an erased photo stay with its
            // tombstone, so that its file is not even read again.
            new Table("watched_file")
                    .of(Scope.SOURCE, "folder IN (SELECT id FROM watched_folder WHERE source IN " + THESE + ")")
                    .of(Scope.COLLECTION, "folder IN (SELECT id FROM watched_folder WHERE " + OF_COLLECTION + ")"),
            new Table("watched_folder").of(Scope.SOURCE, "source IN " + THESE).of(Scope.COLLECTION, OF_COLLECTION),
            new Table("permission_grant").of(Scope.SOURCE, "source IN " + THESE).of(Scope.COLLECTION, OF_COLLECTION),
            new Table("source_contact").of(Scope.SOURCE, "source IN " + THESE).of(Scope.COLLECTION, OF_COLLECTION),
            new Table("source").of(Scope.SOURCE, "id IN " + THESE).of(Scope.COLLECTION, OF_COLLECTION),
            new Table("search").of(Scope.PERSON, "id IN " + SEARCHES_OF_PERSON).of(Scope.COLLECTION, OF_COLLECTION),
            new Table("search_attempt")
                    .of(Scope.PERSON, "person IN " + THESE)
                    // Only it says whose a search is, so it goes last, and stays while that does.
                    .notBefore(Scope.PERSON, "NOT EXISTS (SELECT 1 FROM search s WHERE s.id = search_attempt.id)")
                    .of(Scope.COLLECTION, OF_COLLECTION),
            new Table("person_reference").of(Scope.PERSON, "person IN " + THESE).of(Scope.COLLECTION, OF_COLLECTION),
            new Table("own_search").of(Scope.PERSON, "person IN " + THESE).of(Scope.COLLECTION, OF_COLLECTION),
            new Table("withdrawal_code").of(Scope.PERSON, "person IN " + THESE).of(Scope.COLLECTION, OF_COLLECTION),
            new Table("statement").of(Scope.PERSON, "subject IN " + THESE).of(Scope.COLLECTION, OF_COLLECTION),
            new Table("consent_event").of(Scope.COLLECTION, OF_COLLECTION),
            new Table("guardian")
                    .clearedOf(
                            Scope.PERSON,
                            "person IN " + THESE + " AND sealed IS NOT NULL",
                            "key_version = NULL, nonce = NULL, sealed = NULL")
                    .of(Scope.COLLECTION, OF_COLLECTION),
            new Table("person")
                    .clearedOf(
                            Scope.PERSON,
                            "id IN " + THESE + " AND sealed IS NOT NULL",
                            "state = 'FORGOTTEN', majority_on = NULL, key_version = NULL, nonce = NULL, sealed = NULL")
                    .of(Scope.COLLECTION, OF_COLLECTION),
            new Table("membership").of(Scope.COLLECTION, OF_COLLECTION),
            new Table("api_token").of(Scope.COLLECTION, OF_COLLECTION),
            new Table("basis").of(Scope.COLLECTION, OF_COLLECTION),
            new Table("notice_text").of(Scope.COLLECTION, OF_COLLECTION),
            new Table("notice").of(Scope.COLLECTION, OF_COLLECTION),
            new Table("collection_key").of(Scope.COLLECTION, OF_COLLECTION),
            new Table("collection").of(Scope.COLLECTION, "id IN " + THESE));

    /// Tables an erasure leaves alone, and why they hold nothing of a person, photo or source.
    static final Map<String, String> HOLD_NOTHING = Map.ofEntries(
            Map.entry("member", "names of those who use the installation; goes with the member"),
            Map.entry("invitation", "digests of codes; goes with the member"),
            Map.entry("session", "digests, and kinds of browser; goes with the member"),
            Map.entry("sign_in", "times, and kinds of browser; goes with the member"),
            Map.entry("passkey", "public keys of members; goes with the member"),
            Map.entry("external_identity", "who a member is elsewhere; goes with the member"),
            Map.entry("demand", "ids and times of what was demanded: the proof that it was answered"),
            Map.entry("held", "ids; lifted in the transaction that closes the erasure"),
            Map.entry("tombstone", "hashes of files and places in them, which keep what went from coming back"),
            Map.entry("erasure_target", "ids and hashes; emptied in the transaction that closes the erasure"),
            Map.entry("erasure_count", "numbers"),
            Map.entry("erasure_residual", "numbers and words of ours"),
            Map.entry("ledger_followed", "ids, hashes and words of closed lists, so that nothing that went comes back"),
            Map.entry("blocked_photo", "hashes, which keep what a source stopped from coming back"),
            Map.entry("blocked_source", "hashes, which keep a stopped source from coming back by another name"),
            Map.entry("ledger_mark", "a number and a hash"),
            Map.entry("audit_entry", "ids, numbers and commitments, never a name or a vector"),
            Map.entry("audit_node", "hashes"),
            Map.entry("log_checkpoint", "hashes and signatures"),
            Map.entry("log_minimum", "a number"),
            Map.entry("installation", "an id chosen at random"),
            Map.entry("flyway_schema_history", "names of migrations"),
            Map.entry("sqlite_sequence", "numbers"));

    private ErasableTables() {}

    static List<ErasableStore> stores() {
        return List.copyOf(TABLES);
    }

    static Set<String> names() {
        return TABLES.stream().map(table -> table.table).collect(Collectors.toSet());
    }

    /// One table. Immutable once made.
    private static final class Table implements ErasableStore.Rows {
        private final String table;
        private final Map<Scope, String> conditions = new EnumMap<>(Scope.class);
        private final Map<Scope, String> clearing = new EnumMap<>(Scope.class);
        private final Map<Scope, String> ready = new EnumMap<>(Scope.class);

        private Table(String table) {
            this.table = table;
        }

        private Table of(Scope scope, String condition) {
            conditions.put(scope, condition);
            return this;
        }

        /// Rows of the scope that cannot go yet are counted all the same.
        private Table notBefore(Scope scope, String condition) {
            ready.put(scope, condition);
            return this;
        }

        /// The row stays as proof, and what is personal in it goes.
        private Table clearedOf(Scope scope, String condition, String cleared) {
            clearing.put(scope, cleared);
            return of(scope, condition);
        }

        @Override
        public String name() {
            return "table " + table;
        }

        /// Asks only for the scopes the erasure has, so that a small one reads little.
        @Override
        public long count(ReadTransaction tx, DemandId erasure) {
            Sql sql = ((SqlReading) tx).sql();
            Set<Scope> scopes = EnumSet.noneOf(Scope.class);
            scopes.addAll(sql.list(
                    "SELECT DISTINCT scope FROM erasure_target WHERE demand = ?",
                    row -> Scope.valueOf(row.getString(1)),
                    erasure));
            scopes.retainAll(conditions.keySet());
            if (scopes.isEmpty()) {
                return 0;
            }
            List<Object> parameters = new ArrayList<>();
            List<String> any = new ArrayList<>();
            for (Scope scope : scopes) {
                any.add(conditions
                        .getOrDefault(scope, "")
                        .replace(THESE, "(SELECT object FROM erasure_target WHERE demand = ? AND scope = ?)"));
                parameters.add(erasure);
                parameters.add(scope);
            }
            return sql.count(
                    "SELECT COUNT(*) FROM " + table + " WHERE (" + String.join(") OR (", any) + ")",
                    parameters.toArray());
        }

        @Override
        public void erase(WriteTransaction tx, DemandId erasure, Scope scope, long fromSequence, long toSequence) {
            String condition = conditions.get(scope);
            if (condition == null) {
                return;
            }
            String where = " WHERE "
                    + condition.replace(
                            THESE,
                            "(SELECT object FROM erasure_target WHERE demand = ? AND scope = ?"
                                    + " AND seq BETWEEN ? AND ?)");
            if (ready.containsKey(scope)) {
                where += " AND " + ready.get(scope);
            }
            String cleared = clearing.get(scope);
            ((SqlWriting) tx)
                    .changing()
                    .update(
                            (cleared == null ? "DELETE FROM " + table : "UPDATE " + table + " SET " + cleared) + where,
                            erasure,
                            scope,
                            fromSequence,
                            toSequence);
        }
    }
}
