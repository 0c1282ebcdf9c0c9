package org.likeness.core.search;

import org.likeness.core.photo.Face;

/// A face with a comparison score: someone to look at, never "identified". Immutable.
///
/// @param score comparison score, higher is more alike
/// @param rarity how few strangers would look this much alike
/// @param falseHere how often a stranger's search here would return anybody this much alike (FPIR for as many
///     faces as were compared), from what the rarity says: where that was not measured, an upper bound
public record Candidate(Face face, double score, Rarity rarity, double falseHere) {}
