package org.likeness.server;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.ingest.WatchedFolderId;
import org.likeness.core.member.Right;
import org.likeness.core.photo.Storage;
import org.likeness.library.Likeness;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/// What is done to watched folders on the page of imports.
@Controller
class WatchPages extends CollectionController {
    WatchPages(Likeness likeness) {
        super(likeness);
    }

    @PostMapping("/c/{collection}/watched-folders")
    @Allowed(Right.ADD_PHOTOS)
    View add(
            HttpServletResponse response,
            @PathVariable UUID collection,
            @RequestParam String folder,
            @RequestParam(defaultValue = "COPY") Storage storage,
            @RequestParam Optional<String> source,
            @RequestParam Optional<String> grantedBy) {
        WatchApi.watch(theirs(), collection, folder, storage, source, grantedBy);
        Notices.show(response, "notice.folder-watched");
        return new RedirectView("/c/" + collection + "/imports");
    }

    @PostMapping("/c/{collection}/watched-folders/{folder}/end")
    @Allowed(Right.ADD_PHOTOS)
    View end(HttpServletResponse response, @PathVariable UUID collection, @PathVariable UUID folder) {
        theirs().watches().end(collection(collection).id(), new WatchedFolderId(folder));
        Notices.show(response, "notice.folder-unwatched");
        return new RedirectView("/c/" + collection + "/imports");
    }

    /// The folders of a collection as its pages show them.
    static List<WatchLine> lines(Likeness likeness, CollectionId collection, Texts texts) {
        Instant now = Clock.systemUTC().instant();
        return likeness.watches().list(collection).stream()
                .map(each ->
                        WatchLine.of(each, texts, likeness.settings().imports().watchEvery(), now))
                .toList();
    }
}
