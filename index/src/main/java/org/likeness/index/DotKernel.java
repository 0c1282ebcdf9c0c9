package org.likeness.index;

/// Integer dot products of a probe's codes with rows of codes: the inner loop of every search. Thread-safe.
///
/// Results are exact, so all implementations agree bit for bit.
interface DotKernel {
    /// Rows are padded with zeros to a multiple of this, so that no kernel needs code for a rest.
    int STRIDE = 64;

    /// With longer rows the sum of products might not fit an int.
    int STRIDE_MAX = 1 << 16;

    /// Writes `out[i]` = dot product of the probe with row `first + i`, for i below `count`.
    ///
    /// @param codes [rows][stride], each in [-127, 127]
    /// @param stride a multiple of [#STRIDE], at most [#STRIDE_MAX]
    /// @param probe [stride], each in [-127, 127]; 16 bits wide because the product is
    void dots(byte[] codes, int stride, int first, int count, short[] probe, int[] out);

    /// The vector kernel when this JVM was started with `--add-modules jdk.incubator.vector`, else plain loops.
    static DotKernel best() {
        boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        return present && VectorKernel.fits() ? new VectorKernel() : new LoopKernel();
    }
}
