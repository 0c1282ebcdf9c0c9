package org.likeness.library;

import java.net.URI;
import java.util.List;

/// A model pack that can be fetched on request: what it is, under which licence, and the exact files. Immutable.
///
/// @param name the pack's name, as in its `pack.json`
/// @param licence SPDX ids of the parts
/// @param files what is fetched; `pack.json` and the model card are part of Likeness
public record CatalogueEntry(String name, String title, String licence, List<RemoteFile> files) {
    /// One file and the only content it may have.
    ///
    /// @param name file name in the pack
    /// @param sha256 64 hexadecimal digits
    public record RemoteFile(String name, URI address, String sha256, long sizeBytes) {}

    public CatalogueEntry {
        files = List.copyOf(files);
    }

    public long sizeBytes() {
        return files.stream().mapToLong(RemoteFile::sizeBytes).sum();
    }
}
