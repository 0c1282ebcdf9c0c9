package org.likeness.core.photo;

/// What a picture looks like, in 64 bits: pictures that differ in size, format or compression only
/// have hashes that differ in few bits. For showing a person what may be the same picture, never for
/// deciding. Immutable.
public record PerceptualHash(long bits) {
    /// How many bits a hash has.
    public static final int BITS = 64;

    /// In how many bits two hashes differ.
    public int distance(PerceptualHash other) {
        return Long.bitCount(bits ^ other.bits);
    }
}
