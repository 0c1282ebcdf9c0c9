package org.likeness.vision;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.likeness.core.LikenessException;

/// Takes the work of virtual threads to a few platform threads. In native code a virtual thread keeps its
/// carrier, and there are only as many carriers as cores: without this, two members searching would stop
/// every page of a server with two cores. A platform thread's call runs where it is. Thread-safe; closing it
/// lets running work end.
final class PlatformThreads implements AutoCloseable {
    /// Finding faces takes a second or so, so more than this would not be answered in time.
    private static final int FACES_WAITING_MAX = 64;

    private static final int PICTURES_WAITING_MAX = 512;
    private static final int PICTURE_THREADS = 2;
    private static final int IDLE_SECONDS = 30;

    private final ThreadPoolExecutor faces;
    private final ThreadPoolExecutor pictures;

    PlatformThreads() {
        this(Math.max(1, Runtime.getRuntime().availableProcessors() - 1), FACES_WAITING_MAX);
    }

    /// @param facesThreads how many photos are looked through for faces at once; one core is left to
    ///     everything else
    /// @param facesWaitingMax how many may wait for that
    PlatformThreads(int facesThreads, int facesWaitingMax) {
        this.faces = pool("faces-", facesThreads, facesWaitingMax);
        this.pictures = pool("pictures-", PICTURE_THREADS, PICTURES_WAITING_MAX);
    }

    private static ThreadPoolExecutor pool(String name, int threads, int waitingMax) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(waitingMax),
                Thread.ofPlatform().daemon().name(name, 0).factory());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /// What takes a second or so.
    ///
    /// @throws LikenessException UNAVAILABLE when too much waits for that already
    <T> T lengthy(Supplier<T> work) {
        return on(faces, work);
    }

    /// What takes a fraction of a second and so does not wait behind what takes longer.
    ///
    /// @throws LikenessException UNAVAILABLE when too much waits for that already
    <T> T brief(Supplier<T> work) {
        return on(pictures, work);
    }

    private static <T> T on(ThreadPoolExecutor pool, Supplier<T> work) {
        if (!Thread.currentThread().isVirtual()) {
            return work.get();
        }
        try {
            return CompletableFuture.supplyAsync(work, pool).join();
        } catch (RejectedExecutionException e) {
            throw new LikenessException(
                            LikenessException.Kind.UNAVAILABLE,
                            "too many photos wait to be read already\nTry again in a minute.",
                            e)
                    .called("machine.busy");
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException problem -> throw problem;
                case Error problem -> throw problem;
                case null, default -> throw e;
            }
        }
    }

    @Override
    public void close() {
        faces.close();
        pictures.close();
    }
}
