package org.likeness.core.search;

import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.records.Records;
import org.likeness.core.template.ModelSpec;
import org.likeness.core.template.TemplateIndex;

/// The open indexes, one a collection, built from the sealed templates at the first search and brought up to
/// date at
/// every further one: whatever any process has stored since is read by its sequence. Deletions need no such care,
/// because the records decide what an answer may show. Thread-safe.
public final class Indexes implements AutoCloseable {
    private final Records records;
    private final ModelSpec model;
    private final Function<ModelSpec, TemplateIndex> factory;
    private final Clock clock;
    private final ConcurrentMap<CollectionId, Open> open = new ConcurrentHashMap<>();

    /// @param factory makes an empty index for a model; the index is closed with this object
    public Indexes(Records records, ModelSpec model, Function<ModelSpec, TemplateIndex> factory, Clock clock) {
        this.records = records;
        this.model = model;
        this.factory = factory;
        this.clock = clock;
    }

    /// The index of a collection, holding every template stored before this call.
    TemplateIndex current(Collection collection) {
        return open.computeIfAbsent(collection.id(), id -> new Open(factory.apply(model)))
                .refreshed(collection.id());
    }

    @Override
    public void close() {
        open.values().forEach(entry -> entry.index.close());
        open.clear();
    }

    private final class Open {
        private final TemplateIndex index;
        private final ReentrantLock refresh = new ReentrantLock();
        private long lastSequence;

        Open(TemplateIndex index) {
            this.index = index;
        }

        TemplateIndex refreshed(CollectionId id) {
            refresh.lock();
            try {
                lastSequence = records.read(tx -> tx.templates(id, lastSequence, clock.instant(), index::add));
                return index;
            } finally {
                refresh.unlock();
            }
        }
    }
}
