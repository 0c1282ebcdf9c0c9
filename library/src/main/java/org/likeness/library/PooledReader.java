package org.likeness.library;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.EmbeddingPermit;
import org.likeness.core.photo.AlignedCrop;
import org.likeness.core.photo.Box;
import org.likeness.core.photo.CameraNotes;
import org.likeness.core.photo.FaceReader;
import org.likeness.core.photo.PhotoReading;
import org.likeness.core.signal.Signal;
import org.likeness.core.template.ModelSpec;
import org.likeness.core.template.Template;

/// A reader that takes the work of virtual threads to a few platform threads. In native code a virtual
/// thread keeps its carrier, and there are only as many carriers as cores: without this, two members
/// searching would stop every page of a server with two cores. A platform thread's call runs where it
/// is. Thread-safe; owns the reader.
final class PooledReader implements FaceReader {
    /// Finding faces takes a second or more, so more than this would not be answered in time.
    private static final int FACES_WAITING_MAX = 64;

    private static final int PICTURES_WAITING_MAX = 512;
    private static final int PICTURE_THREADS = 2;
    private static final int IDLE_SECONDS = 30;

    private final FaceReader reader;
    private final ThreadPoolExecutor faces;
    private final ThreadPoolExecutor pictures;

    PooledReader(FaceReader reader) {
        this(reader, Math.max(1, Runtime.getRuntime().availableProcessors() - 1), FACES_WAITING_MAX);
    }

    /// @param facesThreads how many photos are looked through for faces at once; one core is left to
    ///     everything else
    /// @param facesWaitingMax how many may wait for that
    PooledReader(FaceReader reader, int facesThreads, int facesWaitingMax) {
        this.reader = reader;
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
                    e);
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException problem -> throw problem;
                case Error problem -> throw problem;
                case null, default -> throw e;
            }
        }
    }

    @Override
    public ModelSpec model() {
        return reader.model();
    }

    @Override
    public void prepare() {
        reader.prepare();
    }

    @Override
    public List<Signal> signals(Path file, List<Path> sidecars) {
        return reader.signals(file, sidecars);
    }

    @Override
    public PhotoReading read(Path file, Depth depth) {
        return on(depth.equals(Depth.PICTURE) ? pictures : faces, () -> reader.read(file, depth));
    }

    @Override
    public CameraNotes notes(Path file) {
        return reader.notes(file);
    }

    @Override
    public byte[] preview(Path file, int longSideMax) {
        return on(pictures, () -> reader.preview(file, longSideMax));
    }

    @Override
    public byte[] cutout(Path file, Box part, int longSideMax) {
        return on(pictures, () -> reader.cutout(file, part, longSideMax));
    }

    /// Takes milliseconds, so it does not wait behind those who look for faces.
    @Override
    public Template embed(AlignedCrop crop, EmbeddingPermit permit) {
        return on(pictures, () -> reader.embed(crop, permit));
    }

    /// Lets running calls end first.
    @Override
    public void close() {
        faces.close();
        pictures.close();
        reader.close();
    }

    @Override
    public String toString() {
        return "PooledReader[" + reader + "]";
    }
}
