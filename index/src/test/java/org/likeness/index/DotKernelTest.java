package org.likeness.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class DotKernelTest {
    static LongStream seeds() {
        return TemplateIndexContract.seeds();
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void both_kernels_compute_the_dot_product(long seed) {
        var random = new SplittableRandom(seed);
        int stride = DotKernel.STRIDE * random.nextInt(1, 10);
        int rows = random.nextInt(1, 40);
        int first = random.nextInt(rows);
        boolean extreme = random.nextInt(4) == 0;
        byte[] codes = new byte[rows * stride];
        short[] probe = new short[stride];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) code(random, extreme);
        }
        for (int i = 0; i < stride; i++) {
            probe[i] = (short) code(random, extreme);
        }
        int[] expected = new int[rows - first];
        for (int i = 0; i < expected.length; i++) {
            for (int j = 0; j < stride; j++) {
                expected[i] += codes[(first + i) * stride + j] * probe[j];
            }
        }
        int[] loops = new int[expected.length];
        new LoopKernel().dots(codes, stride, first, loops.length, probe, loops);
        assertThat(loops).as("seed %d", seed).isEqualTo(expected);
        int[] best = new int[expected.length];
        DotKernel.best().dots(codes, stride, first, best.length, probe, best);
        assertThat(best).as("seed %d", seed).isEqualTo(expected);
    }

    @Test
    void the_vector_kernel_is_chosen_exactly_when_its_module_is_there() {
        boolean there = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        assertThat(DotKernel.best() instanceof VectorKernel).isEqualTo(there && VectorKernel.fits());
    }

    private static int code(SplittableRandom random, boolean extreme) {
        return extreme ? (random.nextInt(3) - 1) * Codes.CODE_MAX : random.nextInt(-Codes.CODE_MAX, Codes.CODE_MAX + 1);
    }
}
