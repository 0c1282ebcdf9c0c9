package org.likeness.core.ingest;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.likeness.core.collection.Collection;
import org.likeness.core.photo.Storage;
import org.likeness.core.source.Grant;

/// What to import: files and folders, under which grant, copied or left in place. Immutable.
///
/// @param paths at least one; folders are read with everything below them
/// @param choosing of the files: goes on with the import of those that came before under this grant
public record ImportRequest(
        Collection collection, Grant grant, List<Path> paths, Storage storage, Optional<Choosing> choosing) {
    public ImportRequest {
        paths = List.copyOf(paths);
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("an import needs at least one path");
        }
    }

    @Override
    public String toString() {
        return "ImportRequest[" + collection.id() + ", " + paths.size() + " paths]";
    }
}
