package org.likeness.core.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConveyorTest {
    static LongStream seeds() {
        Long only = Long.getLong("seed");
        return only == null ? new SplittableRandom().longs(20) : LongStream.of(only);
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void hands_on_every_item_once_and_never_holds_more_than_its_capacity(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        int producers = random.nextInt(1, 5);
        int consumers = random.nextInt(1, 5);
        int each = random.nextInt(0, 200);
        int capacity = random.nextInt(1, 8);
        Conveyor<Integer> conveyor = new Conveyor<>(capacity, producers);
        AtomicInteger held = new AtomicInteger();
        AtomicInteger heldMax = new AtomicInteger();
        ConcurrentLinkedQueue<Integer> taken = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int p = 0; p < producers; p++) {
            int first = p * each;
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < each; i++) {
                        conveyor.put(first + i);
                        heldMax.accumulateAndGet(held.incrementAndGet(), Math::max);
                    }
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                } finally {
                    conveyor.producerDone();
                }
            }));
        }
        for (int c = 0; c < consumers; c++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    for (Optional<Integer> item = conveyor.take(); item.isPresent(); item = conveyor.take()) {
                        held.decrementAndGet();
                        taken.add(item.get());
                    }
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(taken)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, producers * each).boxed().toList());
        assertThat(heldMax.get()).isLessThanOrEqualTo(capacity + consumers);
    }

    @Test
    void aborting_frees_everybody() throws Exception {
        Conveyor<Integer> conveyor = new Conveyor<>(1, 1);
        conveyor.put(1);
        Thread blocked = Thread.ofVirtual().start(() -> {
            try {
                conveyor.put(2);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        conveyor.abort();
        blocked.join();
        assertThat(conveyor.take()).isEmpty();
    }
}
