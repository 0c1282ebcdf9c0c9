package org.likeness.vision;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.likeness.core.LikenessException;

/// Bounds the decoded pixels that are in memory at once, however many threads decode and whatever the photos are.
///
/// One pixel of the budget stands for about four bytes; deeper pixels and large files cost more (see [Layout]).
/// Waiters are served in order. A photo larger than the whole budget takes all of it, so it runs alone instead of
/// never.
/// Thread-safe. A thread that waits while it holds an open photo itself can block for ever: close one before
/// the next.
final class PixelBudget {
    static final int DEFAULT_PIXELS = 256_000_000;

    private final int pixels;
    private final Semaphore free;

    PixelBudget(int pixels) {
        if (pixels < 1) {
            throw new IllegalArgumentException("pixels must be positive but is " + pixels);
        }
        this.pixels = pixels;
        this.free = new Semaphore(pixels, true);
    }

    /// Waits until the cost fits.
    ///
    /// @throws LikenessException UNAVAILABLE when the thread is interrupted while it waits; the interrupt is kept
    Share take(long cost) {
        if (cost < 1) {
            throw new IllegalArgumentException("cost must be positive but is " + cost);
        }
        var taken = (int) Math.min(cost, pixels);
        try {
            free.acquire(taken);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LikenessException(
                            LikenessException.Kind.UNAVAILABLE,
                            "decoding was interrupted while it waited for memory\nRepeat the import.",
                            e)
                    .called("import.interrupted");
        }
        return new Share(free, taken);
    }

    int freePixels() {
        return free.availablePermits();
    }

    /// A part of the budget; closing gives it back, once.
    static final class Share implements AutoCloseable {
        private final Semaphore owner;
        private final int taken;
        private final AtomicBoolean closed = new AtomicBoolean();

        private Share(Semaphore owner, int taken) {
            this.owner = owner;
            this.taken = taken;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                owner.release(taken);
            }
        }
    }
}
