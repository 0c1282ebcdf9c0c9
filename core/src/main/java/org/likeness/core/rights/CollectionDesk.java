package org.likeness.core.rights;

import java.time.Clock;
import java.util.List;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.Profile;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.Records;
import org.likeness.core.template.ModelId;

/// Makes and finds collections. Thread-safe.
public final class CollectionDesk {
    private final Records records;
    private final Clock clock;
    private final Actor actor;

    public CollectionDesk(Records records, Clock clock, Actor actor) {
        this.records = records;
        this.clock = clock;
        this.actor = actor;
    }

    /// Makes a collection with its own key.
    ///
    /// @throws LikenessException CONFLICT when the name is taken; BAD_INPUT when it is not usable
    public Collection create(String name, Profile profile, ModelId model) {
        Collection collection = new Collection(CollectionId.next(), name, profile, model, clock.instant());
        return records.change(tx -> {
            requireFree(tx, name);
            tx.add(collection);
            return new Records.Changed<>(
                    collection,
                    AuditEntry.of(
                            collection.createdAt(),
                            actor,
                            Action.COLLECTION_CREATED,
                            collection.id().value(),
                            collection.id()));
        });
    }

    /// Gives a collection another name; nothing else changes, and links to it go on working.
    ///
    /// @throws LikenessException CONFLICT when another has the name; BAD_INPUT when it is not usable;
    ///     NOT_FOUND when there is no such collection
    public Collection rename(CollectionId id, String name) {
        Collection renamed = of(id).called(name);
        if (of(id).equals(renamed)) {
            return renamed;
        }
        return records.change(tx -> {
            requireFree(tx, name);
            tx.rename(renamed);
            return new Records.Changed<>(
                    renamed, AuditEntry.of(clock.instant(), actor, Action.COLLECTION_RENAMED, id.value(), id));
        });
    }

    private static void requireFree(ReadTransaction tx, String name) {
        if (tx.collection(name).isPresent()) {
            throw new LikenessException(
                            LikenessException.Kind.CONFLICT,
                            "collection " + name + " exists already\nChoose another name, or import into it.")
                    .called("collection.known", name);
        }
    }

    /// All, by name.
    public List<Collection> all() {
        return records.read(ReadTransaction::collections);
    }

    /// @throws LikenessException NOT_FOUND when there is none of this name
    public Collection named(String name) {
        return records.read(tx -> tx.collection(name))
                .orElseThrow(() -> new LikenessException(
                                LikenessException.Kind.NOT_FOUND,
                                "there is no collection " + name
                                        + ""
                                        + "\nSee: likeness collection list; create it with:"
                                        + " likeness collection create.")
                        .called("collection.none"));
    }

    /// @throws LikenessException NOT_FOUND when there is none with this id
    public Collection of(CollectionId id) {
        return records.read(tx -> tx.collection(id))
                .orElseThrow(() -> new LikenessException(
                                LikenessException.Kind.NOT_FOUND,
                                "there is no collection " + id + "\nSee: likeness collection list.")
                        .called("collection.none"));
    }
}
