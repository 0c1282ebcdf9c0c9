package org.likeness.core.search;

import org.likeness.core.photo.Face;

/// A face with a comparison score: someone to look at, never "identified". Immutable.
///
/// @param score comparison score, higher is more alike
/// @param fmr share of strangers who would look this much alike or more
/// @param falseHere how often a stranger's search here would return anybody this much alike (FPIR for as many
///     faces as
///     were compared)
/// @param measured whether the calibration reaches that low; otherwise the rates are upper estimates
public record Candidate(Face face, double score, double fmr, double falseHere, boolean measured) {}
