package org.likeness.store;

import java.util.List;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.CollectionKey;
import org.likeness.core.records.VaultReading;
import org.likeness.core.template.Space;
import org.likeness.core.template.Template;

/// The questions about keys.
class SqlVault implements VaultReading {
    private final SqlReading reading;

    SqlVault(SqlReading reading) {
        this.reading = reading;
    }

    final SqlReading reading() {
        return reading;
    }

    @Override
    public final boolean shredded(CollectionId collection) {
        return reading.keys().shredded(collection) || shreddingRecorded(collection);
    }

    @Override
    public final boolean shreddingRecorded(CollectionId collection) {
        return reading.sql().count("SELECT COUNT(*) FROM collection WHERE id = ? AND state = 'SHREDDED'", collection)
                > 0;
    }

    @Override
    public final void requireNotShredded(CollectionId collection) {
        if (shredded(collection)) {
            throw new LikenessException(
                            LikenessException.Kind.REFUSED,
                            "the keys of collection " + collection
                                    + " were destroyed on purpose: its templates cannot be"
                                    + " opened any more, in no backup either, and nothing is imported into it"
                                    + " or found in it"
                                    + "\nMake a new collection with: likeness collection create.")
                    .called("keys.destroyed");
        }
    }

    @Override
    public final Space.Keyed space(CollectionId collection) {
        requireNotShredded(collection);
        return new Space.Keyed(collection, keyVersion(collection));
    }

    final int keyVersion(CollectionId collection) {
        return reading.sql()
                .first(
                        "SELECT key_version FROM collection WHERE id = ?",
                        row -> Math.toIntExact(row.getLong(1)),
                        collection)
                .orElseThrow(() -> new LikenessException(
                                LikenessException.Kind.NOT_FOUND,
                                "collection " + collection + " does not exist\nAdd it first.")
                        .called("collection.none"));
    }

    @Override
    public final Template keyed(CollectionId collection, Template template) {
        return reading.sealer(collection).keyed(template);
    }

    @Override
    public final List<CollectionKey> keys(CollectionId collection) {
        return reading.sql()
                .list(
                        "SELECT version, made_at, destroyed_at FROM collection_key WHERE collection = ?"
                                + " ORDER BY version",
                        row -> new CollectionKey(
                                Math.toIntExact(row.getLong(1)),
                                Rows.instant(row, "made_at"),
                                Rows.optionalInstant(row, "destroyed_at")),
                        collection);
    }

    @Override
    public final long templatesBehind(CollectionId collection) {
        return reading.sql()
                .count(
                        "SELECT (SELECT COUNT(*) FROM template WHERE collection = ?"
                                + " AND (format <> ? OR key_version <> ?))"
                                + " + (SELECT COUNT(*) FROM person_reference WHERE collection = ?"
                                + " AND key_version <> ?)",
                        collection,
                        Vault.FORMAT,
                        keyVersion(collection),
                        collection,
                        keyVersion(collection));
    }
}
