package org.likeness.core.ingest;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A bounded queue between two stages that knows when its producers are done, so that consumers end without a
/// marker
/// item. A full conveyor makes producers wait: this is what bounds the memory of an import. Thread-safe.
final class Conveyor<T> {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<T> items = new ArrayDeque<>();
    private final int capacity;
    private int producers;
    private boolean aborted;

    Conveyor(int capacity, int producers) {
        this.capacity = capacity;
        this.producers = producers;
    }

    /// Waits for room. After [#abort] the item is dropped: nobody will take it.
    void put(T item) throws InterruptedException {
        lock.lock();
        try {
            while (items.size() >= capacity && !aborted) {
                changed.await();
            }
            if (!aborted) {
                items.add(item);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits for an item; empty when all producers are done and nothing is left, or after [#abort].
    Optional<T> take() throws InterruptedException {
        lock.lock();
        try {
            while (items.isEmpty() && producers > 0 && !aborted) {
                changed.await();
            }
            Optional<T> item = aborted ? Optional.empty() : Optional.ofNullable(items.poll());
            changed.signalAll();
            return item;
        } finally {
            lock.unlock();
        }
    }

    void producerDone() {
        lock.lock();
        try {
            producers--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Frees everybody who waits; nothing is handed on any more.
    void abort() {
        lock.lock();
        try {
            aborted = true;
            items.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
