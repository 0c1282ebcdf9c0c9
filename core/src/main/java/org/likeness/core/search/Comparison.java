package org.likeness.core.search;

/// How alike two faces are (verification, 1:1). Immutable.
///
/// @param score comparison score, higher is more alike
/// @param fmr the false match rate at that score, extrapolated where it was not measured
/// @param rarity the same as may be claimed
public record Comparison(double score, double fmr, Rarity rarity) {}
