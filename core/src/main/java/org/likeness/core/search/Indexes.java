package org.likeness.core.search;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.photo.FaceId;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.Records;
import org.likeness.core.template.FaceFilter;
import org.likeness.core.template.ModelSpec;
import org.likeness.core.template.Space;
import org.likeness.core.template.Template;
import org.likeness.core.template.TemplateIndex;

/// The open indexes, one a collection, built from the sealed templates at the first search and brought
/// up to date at
/// every further one: whatever any process has stored since is read by its sequence. Deletions need no
/// such care, because the records decide what an answer may show. Thread-safe.
public final class Indexes implements AutoCloseable {
    private final Records records;
    private final ModelSpec model;
    private final BiFunction<ModelSpec, Space, TemplateIndex> factory;
    private final Clock clock;
    private final ConcurrentMap<CollectionId, Open> open = new ConcurrentHashMap<>();

    /// @param factory makes an empty index for a model and a space; the index is closed with this object
    public Indexes(Records records, ModelSpec model, BiFunction<ModelSpec, Space, TemplateIndex> factory, Clock clock) {
        this.records = records;
        this.model = model;
        this.factory = factory;
        this.clock = clock;
    }

    /// The index of a collection, holding every template stored before this call, and the probe in its
    /// space. A new key
    /// of the collection means a new index; searches under way finish with the one they have.
    ///
    /// @param probe as the model made it
    /// @throws org.likeness.core.LikenessException REFUSED when the collection was shredded
    Use use(Collection collection, Template probe) {
        Open entry = open.computeIfAbsent(collection.id(), Open::new);
        try {
            return entry.use(probe);
        } catch (LikenessException e) {
            if (e.kind() != LikenessException.Kind.REFUSED) {
                throw e;
            }
            // A key may have been replaced and destroyed since our view of the records began. A second view is of
            // after that; if the collection was shredded it refuses again.
            return entry.use(probe);
        }
    }

    /// Closes the index of a collection, wiping its templates from memory, as soon as no search uses it.
    public void forget(CollectionId collection) {
        Open entry = open.remove(collection);
        if (entry != null) {
            entry.retire();
        }
    }

    /// Takes faces out of the open index of a collection, wiping their templates.
    public void remove(CollectionId collection, List<FaceId> faces) {
        Open entry = open.get(collection);
        if (entry != null) {
            entry.remove(faces);
        }
    }

    /// How many of these faces the open index of a collection holds.
    public long holds(CollectionId collection, List<FaceId> faces) {
        Open entry = open.get(collection);
        return entry == null ? 0 : entry.holds(faces);
    }

    /// Closes the indexes that hold templates which another process has deleted from the records since.
    public void dropOutdated() {
        open.values().forEach(Open::dropOutdated);
    }

    /// Whether there is an open index of a collection.
    public boolean isOpen(CollectionId collection) {
        return open.containsKey(collection);
    }

    @Override
    public void close() {
        List.copyOf(open.keySet()).forEach(this::forget);
    }

    /// One search's hold on an index.
    static final class Use implements AutoCloseable {
        private final Open entry;
        private final Built built;
        private final Template probe;

        private Use(Open entry, Built built, Template probe) {
            this.entry = entry;
            this.built = built;
            this.probe = probe;
        }

        int size() {
            return built.index.size();
        }

        List<TemplateIndex.Hit> search(double scoreMin, int limit, FaceFilter filter) {
            return built.index.search(probe, scoreMin, limit, filter);
        }

        @Override
        public void close() {
            entry.release(built);
        }
    }

    /// An index of one space. Guarded by its entry's lock, but for the index itself.
    private static final class Built {
        private final TemplateIndex index;
        private final Space space;
        private long lastSequence;
        private int uses;
        private boolean retired;

        Built(TemplateIndex index, Space space) {
            this.index = index;
            this.space = space;
        }
    }

    private final class Open {
        private final CollectionId id;
        private final ReentrantLock lock = new ReentrantLock();
        private @Nullable Built current;

        Open(CollectionId id) {
            this.id = id;
        }

        Use use(Template probe) {
            lock.lock();
            try {
                return records.read(tx -> {
                    if (tx.vault().shredded(id)) {
                        retire();
                    }
                    dropOutdated(tx);
                    Built built = in(tx.vault().space(id));
                    built.lastSequence = tx.templates(id, built.lastSequence, clock.instant(), built.index::add);
                    Template keyed = tx.vault().keyed(id, probe);
                    built.uses++;
                    return new Use(this, built, keyed);
                });
            } finally {
                lock.unlock();
            }
        }

        /// No answer would show what is deleted; this is so that it does not stay in memory.
        private void dropOutdated(ReadTransaction tx) {
            Built built = current;
            if (built != null && built.index.size() > tx.templateCount(id)) {
                retire();
            }
        }

        private void dropOutdated() {
            lock.lock();
            try {
                records.<Boolean>read(tx -> {
                    dropOutdated(tx);
                    return true;
                });
            } finally {
                lock.unlock();
            }
        }

        void remove(List<FaceId> faces) {
            lock.lock();
            try {
                Built built = current;
                if (built != null) {
                    faces.forEach(built.index::remove);
                }
            } finally {
                lock.unlock();
            }
        }

        long holds(List<FaceId> faces) {
            lock.lock();
            try {
                Built built = current;
                return built == null
                        ? 0
                        : faces.stream().filter(built.index::contains).count();
            } finally {
                lock.unlock();
            }
        }

        /// The current index, replaced by an empty one when it is of another space.
        private Built in(Space space) {
            Built built = current;
            if (built == null || !built.space.equals(space)) {
                retire();
                built = new Built(factory.apply(model, space), space);
                current = built;
            }
            return built;
        }

        private void retire() {
            lock.lock();
            try {
                if (current != null) {
                    current.retired = true;
                    closeIfIdle(current);
                    current = null;
                }
            } finally {
                lock.unlock();
            }
        }

        private void release(Built built) {
            lock.lock();
            try {
                built.uses--;
                closeIfIdle(built);
            } finally {
                lock.unlock();
            }
        }

        private void closeIfIdle(Built built) {
            if (built.retired && built.uses == 0) {
                built.index.close();
            }
        }
    }
}
