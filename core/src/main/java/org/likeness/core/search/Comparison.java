package org.likeness.core.search;

/// How alike two faces are (verification, 1:1). Immutable.
///
/// @param score comparison score, higher is more alike
/// @param fmr share of pairs of different people that would score this or more
/// @param measured whether the calibration reaches that low
public record Comparison(double score, double fmr, boolean measured) {}
