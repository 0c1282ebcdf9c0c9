package org.likeness.server;

/// What the page of a failure shows. Immutable.
///
/// @param rough what happened in the reader's language, where problem and advice are in English; else empty
public record FailurePage(int status, String rough, String problem, String advice) {}
