package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.ingest.WatchedFolderId;
import org.likeness.core.member.Right;
import org.likeness.core.photo.Storage;
import org.likeness.library.Likeness;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/// What is done to watched folders on the page of imports.
@Controller
class WatchPages extends CollectionController {
    private static final Map<String, String> INPUTS =
            Map.of("import.provenance", "source", "source.stopped", "source", "source.stopped-elsewhere", "source");

    private final Pages pages;
    private final ImportPages imports;

    WatchPages(Likeness likeness, Pages pages, ImportPages imports) {
        super(likeness);
        this.pages = pages;
        this.imports = imports;
    }

    @PostMapping("/c/{collection}/watched-folders")
    @Allowed(Right.ADD_PHOTOS)
    View add(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID collection,
            @RequestParam(defaultValue = "COPY") Storage storage,
            @RequestParam MultiValueMap<String, String> sent) {
        Texts texts = pages.texts(request);
        Form form = Form.sent(sent).requiring(texts, "folder");
        Form tried = form.tried(
                texts,
                INPUTS,
                "folder",
                () -> WatchApi.watch(
                        theirs(),
                        collection,
                        form.value("folder"),
                        storage,
                        form.filled("source"),
                        form.filled("grantedBy")));
        if (tried.isWrong()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return imports.page(request, collection(collection), Optional.empty(), tried);
        }
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
