package org.likeness.server;

import java.util.List;
import java.util.Optional;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.member.Right;

/// What every page shows around its content: the language, who is signed in, where they can go. Immutable.
///
/// @param texts the words
/// @param title of the page, without the product's name
/// @param section the part of the product the page belongs to, such as `photos`; marks the way there
/// @param caller who looks; empty before sign-in
/// @param collections that the caller may see, by name
/// @param collection the one the page is about
/// @param csrf the token that forms send back
/// @param assets path under which this build's static files are served
/// @param notice a sentence about what just happened, shown once
public record Frame(
        Texts texts,
        String title,
        String section,
        Optional<Caller> caller,
        List<Collection> collections,
        Optional<Collection> collection,
        Csrf csrf,
        String assets,
        Optional<String> notice) {
    /// The token and the names under which it is sent.
    public record Csrf(String parameter, String header, String token) {}

    public String t(String key, Object... arguments) {
        return texts.of(key, arguments);
    }

    /// The address of a static file; changes with its content, so that browsers keep it for ever.
    public String asset(String file) {
        return assets + "/" + file;
    }

    /// The address of a page of the collection this page is about.
    public String in(String path) {
        return "/c/" + id().value() + "/" + path;
    }

    private CollectionId id() {
        return collection
                .orElseThrow(() -> new IllegalStateException("page " + section + " has no collection"))
                .id();
    }

    /// Whether the caller may do something in the collection of this page, or without one, in the installation.
    public boolean may(Right right) {
        return caller.isPresent() && caller.get().may(right, collection.map(Collection::id));
    }
}
