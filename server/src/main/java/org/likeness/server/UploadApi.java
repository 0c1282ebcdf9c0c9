package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.ingest.Choosing;
import org.likeness.core.member.Right;
import org.likeness.library.ImportQueue;
import org.likeness.library.Likeness;
import org.likeness.library.Uploads;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Photos on their way in, piece by piece: begin, append until all has come, and the import follows
/// by itself.
@RestController
@RequestMapping("/api/v1/collections/{collection}/uploads")
class UploadApi extends CollectionController {
    private final ImportQueue imports;

    UploadApi(Likeness likeness, ImportQueue imports) {
        super(likeness);
        this.imports = imports;
    }

    /// What a file will be.
    ///
    /// @param source where it comes from; may be missing for a household
    /// @param grantedBy who allowed it; takes the right to manage sources
    /// @param sha256 of the file, in hexadecimal; what comes is compared with it
    /// @param choosing any id that is new for files chosen together: they become one import, however they come
    record Begin(
            String name,
            long size,
            Optional<String> source,
            Optional<String> grantedBy,
            Optional<String> sha256,
            Optional<UUID> choosing) {}

    /// How far an upload is; `offset` is where to go on.
    ///
    /// @param choosing as the import has it that the file will be part of
    record State(UUID id, long size, long offset, boolean complete, Optional<UUID> choosing) {
        static State of(Uploads.Upload upload) {
            return new State(
                    upload.id(),
                    upload.about().sizeBytes(),
                    upload.receivedBytes(),
                    upload.isComplete(),
                    upload.about().choosing().map(Choosing::value));
        }
    }

    /// A file of which not all has come.
    ///
    /// @param name of the file, as its owner calls it
    /// @param offset how much has come
    /// @param lastAt when something of it came last
    record Unfinished(UUID id, String name, long size, long offset, Instant lastAt) {
        static Unfinished of(Uploads.Unfinished left) {
            Uploads.Upload upload = left.upload();
            return new Unfinished(
                    upload.id(),
                    upload.about().name(),
                    upload.about().sizeBytes(),
                    upload.receivedBytes(),
                    left.lastAt());
        }

        /// File names name people.
        @Override
        public String toString() {
            return "Unfinished[" + id + "]";
        }
    }

    /// Some unfinished uploads; `next` is the `after` to go on from, missing at the end.
    record UnfinishedPage(List<Unfinished> uploads, Optional<UUID> next) {}

    /// Lists the caller's own uploads of which not all has come, the oldest first.
    @GetMapping
    @Allowed(Right.ADD_PHOTOS)
    UnfinishedPage unfinished(
            @PathVariable UUID collection,
            @RequestParam Optional<UUID> after,
            @RequestParam(defaultValue = "100") int limit) {
        List<Unfinished> all =
                likeness().uploads().unfinished(Callers.required().member(), new CollectionId(collection)).stream()
                        .map(Unfinished::of)
                        .toList();
        Keyset<UUID, Unfinished> page = Keyset.of(all, Unfinished::id, after, limit);
        return new UnfinishedPage(page.some(), page.next());
    }

    /// Begins an upload; with a key that was used before, finds the one it began.
    ///
    /// @param key any text that is new for each file, so that a repeated request begins nothing twice
    @PostMapping
    @Allowed(Right.ADD_PHOTOS)
    @ResponseStatus(HttpStatus.CREATED)
    State begin(
            @PathVariable UUID collection,
            @RequestBody Begin begin,
            @RequestHeader(name = "Idempotency-Key") Optional<String> key) {
        Caller caller = Callers.required();
        CollectionId id = new CollectionId(collection);
        Optional<String> grantedBy = begin.grantedBy()
                .filter(who -> !who.isBlank())
                .filter(_ -> caller.may(Right.MANAGE_SOURCES, Optional.of(id)));
        return State.of(likeness()
                .uploads()
                .begin(
                        new Uploads.About(
                                id,
                                caller.member(),
                                begin.name(),
                                begin.size(),
                                begin.source().filter(name -> !name.isBlank()),
                                grantedBy,
                                begin.sha256().map(hex -> sha256("sha256", hex)),
                                begin.choosing()
                                        .map(given ->
                                                Choosing.of(caller.member().value(), given))),
                        key));
    }

    /// Says how far an upload is.
    @GetMapping("/{upload}")
    @Allowed(Right.ADD_PHOTOS)
    State state(@PathVariable UUID collection, @PathVariable UUID upload) {
        return State.of(likeness().uploads().find(Callers.required().member(), new CollectionId(collection), upload));
    }

    /// Appends bytes to an upload. What has come stays when a request breaks off.
    ///
    /// @param offset where these bytes begin; must be where the upload has got to
    @PatchMapping(path = "/{upload}", consumes = "application/offset+octet-stream")
    @Allowed(Right.ADD_PHOTOS)
    State append(
            @PathVariable UUID collection,
            @PathVariable UUID upload,
            @RequestHeader("Upload-Offset") long offset,
            HttpServletRequest request)
            throws IOException {
        Uploads.Upload now = likeness()
                .uploads()
                .append(
                        Callers.required().member(),
                        new CollectionId(collection),
                        upload,
                        offset,
                        request.getInputStream());
        if (now.isComplete()) {
            imports.wake();
        }
        return State.of(now);
    }

    /// Takes an XMP file that stands beside the photo, as `a.xmp` beside `a.jpg`, before the last bytes of the photo.
    ///
    /// @param number 1, or 2 for a second one
    @PutMapping(path = "/{upload}/sidecars/{number}", consumes = "application/rdf+xml")
    @Allowed(Right.ADD_PHOTOS)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void putSidecar(
            @PathVariable UUID collection,
            @PathVariable UUID upload,
            @PathVariable int number,
            HttpServletRequest request)
            throws IOException {
        likeness()
                .uploads()
                .putSidecar(
                        Callers.required().member(),
                        new CollectionId(collection),
                        upload,
                        number,
                        request.getInputStream());
    }

    /// Gives an upload up; what has come of it is deleted.
    @DeleteMapping("/{upload}")
    @Allowed(Right.ADD_PHOTOS)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void giveUp(@PathVariable UUID collection, @PathVariable UUID upload) {
        likeness().uploads().remove(Callers.required().member(), new CollectionId(collection), upload);
    }
}
