package org.likeness.index;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.likeness.core.photo.FaceId;
import org.likeness.core.template.FaceFilter;
import org.likeness.core.template.ModelSpec;
import org.likeness.core.template.Space;
import org.likeness.core.template.Template;
import org.likeness.core.template.TemplateIndex;

/// Searches by comparing the probe with every template, so it never misses one: answers are those of a
/// loop over
/// [org.likeness.core.template.Metric#score], order and ties included (ties by [java.util.UUID#compareTo]).
///
/// It is fast because most templates are only compared in 8-bit codes. How far a code may be from its
/// vector is
/// stored with it, so the codes give a bound on the true score ([Reach]); only faces whose bound reaches
/// the
/// worst hit so far are scored exactly. Neither recall nor scores depend on the codes, only speed does.
///
/// Takes about 5 d + 50 bytes of heap a face, d being the dimension. Thread-safe: searches share a lock,
/// `add` and
/// `remove` take it alone for microseconds. Removed and closed vectors are overwritten with zeros; copies
/// the
/// garbage collector made when it moved an array are beyond our reach.
public final class ExactIndex implements TemplateIndex {
    /// Looking up one listed face costs about as much as scanning this many in sequence.
    private static final int LOOKUP_COST = 16;

    private final ModelSpec model;
    private final Space space;
    private final DotKernel kernel;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Rows rows;
    private boolean closed;

    ExactIndex(ModelSpec model, Space space, int facesExpected, DotKernel kernel) {
        if (model.dimension() > DotKernel.STRIDE_MAX) {
            throw new IllegalArgumentException(
                    "dimension must be at most " + DotKernel.STRIDE_MAX + " but is " + model.dimension());
        }
        this.model = model;
        this.space = space;
        this.kernel = kernel;
        this.rows = new Rows(model.dimension(), facesExpected);
    }

    /// For templates as the model makes them.
    public static ExactIndex create(ModelSpec model) {
        return create(model, Space.RAW);
    }

    /// For templates of one space.
    public static ExactIndex create(ModelSpec model, Space space) {
        return create(model, space, 0);
    }

    /// For templates as the model makes them.
    ///
    /// @param facesExpected a hint that saves growing; any number from 0 works
    /// @throws IllegalArgumentException when it is negative, or the model's dimension is above 65,536
    public static ExactIndex create(ModelSpec model, int facesExpected) {
        return create(model, Space.RAW, facesExpected);
    }

    private static ExactIndex create(ModelSpec model, Space space, int facesExpected) {
        if (facesExpected < 0) {
            throw new IllegalArgumentException("facesExpected must be 0 or more but is " + facesExpected);
        }
        return new ExactIndex(model, space, facesExpected, DotKernel.best());
    }

    @Override
    public void add(FaceId face, Template template) {
        float[] values = checked(template);
        Codes codes = Codes.of(values);
        lock.writeLock().lock();
        try {
            requireOpen();
            rows.put(face, values, codes);
        } finally {
            lock.writeLock().unlock();
            Arrays.fill(values, 0);
            codes.erase();
        }
    }

    @Override
    public boolean remove(FaceId face) {
        lock.writeLock().lock();
        try {
            requireOpen();
            return rows.remove(face);
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public boolean contains(FaceId face) {
        lock.readLock().lock();
        try {
            return rows.find(face) != RowMap.NONE;
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public int size() {
        lock.readLock().lock();
        try {
            return rows.size();
        } finally {
            lock.readLock().unlock();
        }
    }

    /// @throws IllegalArgumentException also when `scoreMin` is not a number or `limit` is below 1
    @Override
    public List<Hit> search(Template probe, double scoreMin, int limit, FaceFilter filter) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1 but is " + limit);
        }
        if (Double.isNaN(scoreMin)) {
            throw new IllegalArgumentException("scoreMin must be a number but is NaN");
        }
        float[] values = checked(probe);
        Reach reach = Reach.of(model.metric(), values);
        lock.readLock().lock();
        try {
            requireOpen();
            TopHits hits = new TopHits(rows, scoreMin, limit);
            Scan scan = new Scan(rows, kernel, model.metric(), values, reach, hits);
            switch (filter) {
                case FaceFilter.All() -> scan.everyRow(face -> true);
                case FaceFilter.Only(var faces) when faces.size() <= rows.size() / LOOKUP_COST -> scan.listed(faces);
                case FaceFilter.Only(var faces) -> scan.everyRow(faces::contains);
            }
            scan.erase();
            return hits.bestFirst();
        } finally {
            lock.readLock().unlock();
            Arrays.fill(values, 0);
            reach.erase();
        }
    }

    /// Overwrites all vectors. Afterwards the index is empty and only [#size] and `close` may be called.
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            closed = true;
            rows.erase();
        } finally {
            lock.writeLock().unlock();
        }
    }

    @Override
    public String toString() {
        return "ExactIndex[" + model.id() + ", " + size() + " faces]";
    }

    private float[] checked(Template template) {
        if (!template.model().equals(model.id()) || template.dimension() != model.dimension()) {
            throw new IllegalArgumentException("template must be of model " + model.id() + " with dimension "
                    + model.dimension() + " but is of " + template.model() + " with dimension " + template.dimension()
                    + "\nTemplates of different models are never compared.");
        }
        if (!template.space().equals(space)) {
            throw new IllegalArgumentException("template must be of space " + space + " but is of " + template.space()
                    + "\nTemplates of different spaces are never compared.");
        }
        return template.values();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("index of model " + model.id() + " is closed");
        }
    }
}
