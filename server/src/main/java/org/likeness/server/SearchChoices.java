package org.likeness.server;

/// What somebody chooses from before a search.
public final class SearchChoices {
    private SearchChoices() {}

    /// A face of the photo that was sent.
    public record ProbeFace(int number, String picture) {}

    /// Something to choose by its name.
    public record Choice(String id, String name) {}
}
