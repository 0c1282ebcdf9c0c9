package org.likeness.library;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Makes pictures that are asked for: only so many at once, and what several ask for at the same time
/// only once. Thread-safe.
final class Pictures {
    /// Decoding takes memory by the photo's size.
    private static final int AT_ONCE = 2;

    private final Semaphore decoding = new Semaphore(AT_ONCE);
    private final ConcurrentMap<Object, CompletableFuture<byte[]>> making = new ConcurrentHashMap<>();

    /// The picture, made at this thread or at another's that was asked before. Whether the caller may see
    /// it was decided before.
    ///
    /// @param what says which picture, equal for equal ones
    byte[] make(Object what, Supplier<byte[]> work) {
        try {
            return ask(what, work).join().clone();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            throw e;
        }
    }

    /// As [#make], but does not wait for another thread's.
    CompletableFuture<byte[]> ask(Object what, Supplier<byte[]> work) {
        CompletableFuture<byte[]> ours = new CompletableFuture<>();
        CompletableFuture<byte[]> theirs = making.putIfAbsent(what, ours);
        if (theirs != null) {
            return theirs;
        }
        decoding.acquireUninterruptibly();
        try {
            ours.complete(work.get());
        } catch (RuntimeException e) {
            ours.completeExceptionally(e);
        } finally {
            decoding.release();
            making.remove(what, ours);
            // Only after an error of the machine, so that nobody waits for ever.
            ours.completeExceptionally(new CancellationException("the picture could not be made"));
        }
        return ours;
    }
}
