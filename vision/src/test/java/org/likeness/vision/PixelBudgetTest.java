package org.likeness.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PixelBudgetTest {
    private static final int PIXELS = 1000;

    static LongStream seeds() {
        return Optional.ofNullable(Long.getLong("seed")).map(LongStream::of).orElseGet(() -> LongStream.range(0, 20));
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void never_lets_out_more_than_it_has(long seed) throws Exception {
        var budget = new PixelBudget(PIXELS);
        var inFlight = new AtomicLong();
        var highest = new AtomicLong();
        var tasks = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var random = new SplittableRandom(seed);
            for (int task = 0; task < 200; task++) {
                var cost = random.nextLong(1, 2 * PIXELS); // some larger than the whole budget
                tasks.add(threads.submit(() -> {
                    try (var _ = budget.take(cost)) {
                        var counted = Math.min(cost, PIXELS);
                        highest.accumulateAndGet(inFlight.addAndGet(counted), Math::max);
                        highest.accumulateAndGet(
                                LongStream.range(0, 50).count() - 50, Math::max); // hold it for a moment
                        inFlight.addAndGet(-counted);
                    }
                }));
            }
            for (var task : tasks) {
                task.get();
            }
        }
        assertThat(highest.get()).isBetween(1L, (long) PIXELS);
        assertThat(budget.freePixels()).isEqualTo(PIXELS);
    }

    @Test
    void gives_a_share_back_once() {
        var budget = new PixelBudget(PIXELS);
        var share = budget.take(10);
        assertThat(budget.freePixels()).isEqualTo(PIXELS - 10);
        share.close();
        share.close();
        assertThat(budget.freePixels()).isEqualTo(PIXELS);
    }
}
