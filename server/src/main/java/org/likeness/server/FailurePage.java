package org.likeness.server;

/// What the page of a failure shows. Immutable.
public record FailurePage(int status, String problem, String advice) {}
