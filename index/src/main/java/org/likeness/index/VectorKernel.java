package org.likeness.index;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// SIMD through the incubating Vector API, which only this class may name. Immutable.
///
/// Products of two codes are at most 127² = 16129, so two of them add up within a 16-bit lane; only that sum is
/// widened, by shifting the two halves of each 32-bit lane apart. Converting across lanes, 256-bit registers and
/// several rows at once were tried and came out within 15 % of this.
final class VectorKernel implements DotKernel {
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED.vectorBitSize() > 512
            ? ShortVector.SPECIES_512
            : ShortVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = SHORTS.withLanes(int.class);
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, SHORTS.vectorBitSize() / 2)));

    /// Whether this machine has registers of at least 128 bits.
    static boolean fits() {
        return SHORTS.vectorBitSize() >= 128;
    }

    @Override
    public void dots(byte[] codes, int stride, int first, int count, short[] probe, int[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = dot(codes, (first + i) * stride, stride, probe);
        }
    }

    private static int dot(byte[] codes, int from, int stride, short[] probe) {
        IntVector high = IntVector.zero(INTS);
        IntVector low = IntVector.zero(INTS);
        int lanes = SHORTS.length();
        for (int j = 0; j < stride; j += 2 * lanes) {
            ShortVector pair =
                    product(codes, from + j, probe, j).add(product(codes, from + j + lanes, probe, j + lanes));
            IntVector both = pair.reinterpretAsInts();
            high = high.add(both.lanewise(VectorOperators.ASHR, 16));
            low = low.add(both.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16));
        }
        return high.add(low).reduceLanes(VectorOperators.ADD);
    }

    private static ShortVector product(byte[] codes, int from, short[] probe, int at) {
        ShortVector row =
                (ShortVector) ByteVector.fromArray(BYTES, codes, from).convertShape(VectorOperators.B2S, SHORTS, 0);
        return row.mul(ShortVector.fromArray(SHORTS, probe, at));
    }
}
