package org.likeness.core.search;

import java.time.Clock;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.photo.Derivatives;
import org.likeness.core.photo.FaceReader;
import org.likeness.core.records.Records;

/// The shared scans of one model, one a collection, and the threads they embed on. Thread-safe; close it
/// when no search is running.
public final class Scans implements AutoCloseable {
    /// Crops for each thread in a page: enough to keep all busy, few enough that a newcomer joins soon.
    private static final int CROPS_PER_THREAD = 8;

    private final Records records;
    private final Derivatives derivatives;
    private final FaceReader reader;
    private final Clock clock;
    private final int threads;
    private final ExecutorService pool;
    private final ConcurrentMap<CollectionId, SharedScan> scans = new ConcurrentHashMap<>();

    /// @param threads that embed; they are started when first needed
    public Scans(Records records, Derivatives derivatives, FaceReader reader, int threads, Clock clock) {
        this.records = records;
        this.derivatives = derivatives;
        this.reader = reader;
        this.clock = clock;
        this.threads = threads;
        this.pool = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("scan-", 0).factory());
    }

    SharedScan of(CollectionId collection) {
        return scans.computeIfAbsent(
                collection,
                id -> new SharedScan(id, records, derivatives, reader, pool, threads * CROPS_PER_THREAD, clock));
    }

    @Override
    public void close() {
        pool.close();
    }
}
