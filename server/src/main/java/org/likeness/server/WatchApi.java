package org.likeness.server;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.ingest.WatchedFolder;
import org.likeness.core.ingest.WatchedFolderId;
import org.likeness.core.member.Right;
import org.likeness.core.photo.Storage;
import org.likeness.core.rights.WatchDesk;
import org.likeness.library.Likeness;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Folders of the machine whose new photos come in by themselves.
@RestController
@RequestMapping("/api/v1/collections/{collection}/watched-folders")
class WatchApi extends CollectionController {
    WatchApi(Likeness likeness) {
        super(likeness);
    }

    /// What is to be watched.
    ///
    /// @param folder by its whole path, below one of the setting `imports.folders`
    /// @param storage whether its files are copied, as they are when this is missing, or left in place
    /// @param source where its photos come from; may be missing for a household
    /// @param grantedBy who allowed it; takes the right to manage sources
    record Watch(String folder, Optional<Storage> storage, Optional<String> source, Optional<String> grantedBy) {}

    /// A watched folder, and how it stands with it.
    ///
    /// @param lookedAt when it was last looked at
    /// @param foundAt when something new was last found in it
    /// @param since when the trouble began that `state` names
    record Watched(
            UUID id,
            UUID source,
            String folder,
            Storage storage,
            WatchDesk.State state,
            Instant addedAt,
            Optional<Instant> lookedAt,
            Optional<Instant> foundAt,
            Optional<Instant> since) {
        static Watched of(WatchDesk.Watched watched) {
            WatchedFolder folder = watched.folder();
            return new Watched(
                    folder.id().value(),
                    folder.source().value(),
                    folder.path().toString(),
                    folder.storage(),
                    watched.state(),
                    folder.addedAt(),
                    folder.lookedAt(),
                    folder.foundAt(),
                    folder.trouble().map(WatchedFolder.Trouble::since));
        }
    }

    /// Lists the watched folders of a collection.
    @GetMapping
    @Allowed(Right.ADD_PHOTOS)
    List<Watched> folders(@PathVariable UUID collection) {
        return likeness().watches().list(collection(collection).id()).stream()
                .map(Watched::of)
                .toList();
    }

    /// Watches a folder: what lies in it and what is put there later is imported.
    @PostMapping
    @Allowed(Right.ADD_PHOTOS)
    @ResponseStatus(HttpStatus.CREATED)
    Watched add(@PathVariable UUID collection, @RequestBody Watch watch) {
        return Watched.of(watch(
                theirs(),
                collection,
                watch.folder(),
                watch.storage().orElse(Storage.COPY),
                watch.source(),
                watch.grantedBy()));
    }

    /// Watches a folder no more; what was imported from it stays.
    @DeleteMapping("/{folder}")
    @Allowed(Right.ADD_PHOTOS)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void end(@PathVariable UUID collection, @PathVariable UUID folder) {
        theirs().watches().end(collection(collection).id(), new WatchedFolderId(folder));
    }

    /// For the API and the page; who may not manage sources grants nothing.
    static WatchDesk.Watched watch(
            Likeness likeness,
            UUID collection,
            String folder,
            Storage storage,
            Optional<String> source,
            Optional<String> grantedBy) {
        CollectionId id = new CollectionId(collection);
        WatchDesk.Wish wish = new WatchDesk.Wish(
                path(folder),
                storage,
                source.map(String::strip).filter(name -> !name.isEmpty()),
                grantedBy
                        .map(String::strip)
                        .filter(who -> !who.isEmpty())
                        .filter(_ -> Callers.required().may(Right.MANAGE_SOURCES, Optional.of(id))));
        return likeness.watches().addBelow(likeness.settings().imports().folders(), likeness.collection(id), wish);
    }

    private static Path path(String folder) {
        try {
            return Path.of(folder.strip());
        } catch (InvalidPathException e) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "the name of the folder cannot be one\nName a folder of this machine by its whole path.",
                            e)
                    .called("folder.none");
        }
    }
}
