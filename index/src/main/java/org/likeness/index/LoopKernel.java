package org.likeness.index;

/// Plain loops, for a JVM without the Vector API. Immutable.
final class LoopKernel implements DotKernel {
    @Override
    public void dots(byte[] codes, int stride, int first, int count, short[] probe, int[] out) {
        for (int i = 0; i < count; i++) {
            int from = (first + i) * stride;
            int dot = 0;
            for (int j = 0; j < stride; j++) {
                dot += codes[from + j] * probe[j];
            }
            out[i] = dot;
        }
    }
}
