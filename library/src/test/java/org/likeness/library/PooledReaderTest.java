package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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

@Timeout(60)
class PooledReaderTest {
    private static final Path FILE = Path.of("photo.jpg");

    private final CountDownLatch mayEnd = new CountDownLatch(1);

    /// Says which thread a call came on; looking for faces waits until it may end.
    private final class Saying implements FaceReader {
        @Override
        public ModelSpec model() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void prepare() {}

        @Override
        public List<Signal> signals(Path file, List<Path> sidecars) {
            return List.of();
        }

        @Override
        public PhotoReading read(Path file, Depth depth) {
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new PhotoReading.Unreadable(
                    PhotoReading.Reason.EMPTY, Thread.currentThread().getName());
        }

        @Override
        public CameraNotes notes(Path file) {
            throw new UnsupportedOperationException();
        }

        @Override
        public byte[] preview(Path file, int longSideMax) {
            return new byte[] {(byte) (Thread.currentThread().isVirtual() ? 1 : 0)};
        }

        @Override
        public byte[] cutout(Path file, Box part, int longSideMax) {
            throw new LikenessException(LikenessException.Kind.CORRUPT, "damaged\nPut it back.");
        }

        @Override
        public Template embed(AlignedCrop crop, EmbeddingPermit permit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }

    @Test
    void no_virtual_thread_computes_and_a_platform_thread_computes_itself() throws Exception {
        mayEnd.countDown();
        try (PooledReader reader = new PooledReader(new Saying());
                ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(virtual.submit(() -> reader.preview(FILE, 1)).get()).containsExactly(0);
            assertThat(advice(virtual.submit(() -> reader.read(FILE, FaceReader.Depth.PROBE))
                            .get()))
                    .startsWith("faces-");
            assertThat(advice(reader.read(FILE, FaceReader.Depth.PROBE)))
                    .isEqualTo(Thread.currentThread().getName());
        }
    }

    private static String advice(PhotoReading reading) {
        return ((PhotoReading.Unreadable) reading).advice();
    }

    @Test
    void a_failure_comes_as_it_was() {
        try (PooledReader reader = new PooledReader(new Saying());
                ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThatThrownBy(() -> virtual.submit(() -> reader.cutout(FILE, new Box(0, 0, 1, 1), 1))
                            .get())
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(LikenessException.class)
                    .hasMessageStartingWith("damaged");
        }
    }

    @Test
    void who_would_wait_too_long_is_refused_and_pictures_go_on() throws Exception {
        try (PooledReader reader = new PooledReader(new Saying(), 1, 1);
                ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<PhotoReading>> three = Stream.generate(() ->
                            CompletableFuture.supplyAsync(() -> reader.read(FILE, FaceReader.Depth.PROBE), virtual))
                    .limit(3)
                    .toList();
            try {
                assertThatThrownBy(() -> CompletableFuture.anyOf(three.toArray(CompletableFuture[]::new))
                                .get())
                        .hasRootCauseInstanceOf(RejectedExecutionException.class)
                        .cause()
                        .isInstanceOfSatisfying(
                                LikenessException.class,
                                refused -> assertThat(refused.kind()).isEqualTo(LikenessException.Kind.UNAVAILABLE));
                assertThat(virtual.submit(() -> reader.preview(FILE, 1)).get()).hasSize(1);
            } finally {
                mayEnd.countDown();
            }
            assertThat(three)
                    .filteredOn(each -> !each.isCompletedExceptionally())
                    .hasSize(2);
        }
    }
}
