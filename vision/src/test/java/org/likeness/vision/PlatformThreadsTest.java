package org.likeness.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.likeness.core.LikenessException;

@Timeout(60)
class PlatformThreadsTest {
    private static String thread() {
        return Thread.currentThread().getName();
    }

    @Test
    void no_virtual_thread_computes_and_a_platform_thread_computes_itself() throws Exception {
        try (PlatformThreads threads = new PlatformThreads();
                ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(virtual.submit(() -> threads.brief(PlatformThreadsTest::thread))
                            .get())
                    .startsWith("pictures-");
            assertThat(virtual.submit(() -> threads.lengthy(PlatformThreadsTest::thread))
                            .get())
                    .startsWith("faces-");
            assertThat(threads.lengthy(PlatformThreadsTest::thread)).isEqualTo(thread());
        }
    }

    @Test
    void a_failure_comes_as_it_was() {
        LikenessException damaged = new LikenessException(LikenessException.Kind.CORRUPT, "damaged\nImport it again.");
        try (PlatformThreads threads = new PlatformThreads();
                ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThatThrownBy(() -> virtual.submit(() -> threads.brief(() -> {
                                throw damaged;
                            }))
                            .get())
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isSameAs(damaged);
        }
    }

    @Test
    void who_would_wait_too_long_is_refused_and_what_is_brief_goes_on() throws Exception {
        CountDownLatch mayEnd = new CountDownLatch(1);
        try (PlatformThreads threads = new PlatformThreads(1, 1);
                ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Boolean>> three = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> threads.lengthy(() -> waited(mayEnd)), virtual))
                    .limit(3)
                    .toList();
            try {
                assertThatThrownBy(() -> CompletableFuture.anyOf(three.toArray(CompletableFuture[]::new))
                                .get())
                        .cause()
                        .isInstanceOfSatisfying(
                                LikenessException.class,
                                refused -> assertThat(refused.kind()).isEqualTo(LikenessException.Kind.UNAVAILABLE));
                assertThat(virtual.submit(() -> threads.brief(() -> true)).get())
                        .isTrue();
            } finally {
                mayEnd.countDown();
            }
            assertThat(three)
                    .filteredOn(each -> !each.isCompletedExceptionally())
                    .hasSize(2);
        }
    }

    private static boolean waited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
