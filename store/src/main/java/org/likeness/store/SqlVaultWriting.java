package org.likeness.store;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.records.VaultWriting;

/// The changes of keys.
final class SqlVaultWriting extends SqlVault implements VaultWriting {
    /// The tables that say which keys there are; any other with a `key_version` has something sealed.
    private static final List<String> KEY_TABLES = List.of("collection", "collection_key");

    private final SqlWriting writing;
    private final Clock clock;

    SqlVaultWriting(SqlWriting writing, Clock clock) {
        super(writing);
        this.writing = writing;
        this.clock = clock;
    }

    @Override
    public int addKey(CollectionId collection) {
        requireNotShredded(collection);
        int version = writing.keys().unusedAbove(collection, keyVersion(collection));
        writing.makeKey(collection, version, clock.instant());
        writing.changing().update("UPDATE collection SET key_version = ? WHERE id = ?", version, collection);
        writing.forgetSealer(collection);
        return version;
    }

    @Override
    public long reseal(CollectionId collection, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be positive but is " + limit);
        }
        Sql sql = writing.changing();
        Vault vault = writing.sealer(collection);
        TemplateWalk walk = new TemplateWalk(() -> vault, (_, _) -> {}, 0);
        List<TemplateWalk.Opened> opened = new ArrayList<>();
        sql.each(
                TemplateWalk.QUERY + " AND (format <> ? OR key_version <> ?) ORDER BY seq LIMIT ?",
                row -> opened.add(walk.open(row)),
                collection,
                Vault.FORMAT,
                vault.space().keyVersion(),
                limit);
        for (TemplateWalk.Opened one : opened) {
            Vault.Sealed sealed = vault.seal(one.face(), one.kind(), one.template(), one.expiresAt());
            sql.update(
                    "UPDATE template SET format = ?, key_version = ?, nonce = ?, sealed = ? WHERE seq = ?",
                    sealed.format(),
                    sealed.keyVersion(),
                    sealed.nonce(),
                    sealed.bytes(),
                    one.sequence());
        }
        if (opened.size() == limit) {
            return limit;
        }
        return (long) opened.size() + writing.references().reseal(collection, limit - opened.size());
    }

    @Override
    public void destroyOldKey(CollectionId collection, int version) {
        if (version == keyVersion(collection) || sealedWith(collection, version)) {
            throw new LikenessException(
                    LikenessException.Kind.CONFLICT,
                    "key version " + version + " of collection " + collection
                            + " is in use still\nFinish with: likeness vault rekey.");
        }
        markDestroyed(collection, version);
        writing.keys().destroy(collection, version);
    }

    /// Whether any table holds something sealed with it: asked of the schema, so that no table can be
    /// forgotten.
    private boolean sealedWith(CollectionId collection, int version) {
        for (String table : writing.sql().tablesWith("collection", "key_version")) {
            if (!KEY_TABLES.contains(table)
                    && writing.sql()
                                    .count(
                                            "SELECT COUNT(*) FROM " + table
                                                    + " WHERE collection = ? AND key_version = ?",
                                            collection,
                                            version)
                            > 0) {
                return true;
            }
        }
        return false;
    }

    private void markDestroyed(CollectionId collection, int version) {
        writing.changing()
                .update(
                        "UPDATE collection_key SET destroyed_at = ? WHERE collection = ? AND version = ?"
                                + " AND destroyed_at IS NULL",
                        clock.instant(),
                        collection,
                        version);
    }

    @Override
    public void shred(CollectionId collection) {
        keyVersion(collection); // it must exist
        writing.changing().update("UPDATE collection SET state = 'SHREDDED' WHERE id = ?", collection);
    }

    @Override
    public int destroyKeys(CollectionId collection) {
        if (!shreddingRecorded(collection)) {
            throw new IllegalStateException("only a shredded collection's keys are destroyed all at once");
        }
        int there = writing.changing()
                .update(
                        "UPDATE collection_key SET destroyed_at = ? WHERE collection = ? AND destroyed_at IS NULL",
                        clock.instant(),
                        collection);
        writing.keys().destroyAll(collection);
        writing.rotations().forget(collection);
        writing.forgetSealer(collection);
        return there;
    }

    @Override
    public boolean destroyPersonKey(CollectionId collection, UUID person) {
        writing.changing();
        return writing.keys().destroyPersonKey(collection, person);
    }
}
