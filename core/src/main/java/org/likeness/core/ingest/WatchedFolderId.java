package org.likeness.core.ingest;

import java.util.UUID;
import org.likeness.core.Ids;

/// The id of one watched folder. Immutable.
public record WatchedFolderId(UUID value) {
    public static WatchedFolderId next() {
        return new WatchedFolderId(Ids.next());
    }

    public static WatchedFolderId parse(String text) {
        return new WatchedFolderId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
