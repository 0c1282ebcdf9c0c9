package org.likeness.core.demand;

/// Something an erasure does not reach, said honestly. Immutable.
///
/// @param what in words, without any name or path
public record Residual(String what, long count) {
    @Override
    public String toString() {
        return what + ": " + count;
    }
}
