package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.ingest.FileOutcome;
import org.likeness.core.ingest.FileOutcome.Result;
import org.likeness.core.ingest.ImportId;
import org.likeness.core.ingest.ImportRun;
import org.likeness.core.member.Right;
import org.likeness.library.BrowseDesk;
import org.likeness.library.ImportQueue;
import org.likeness.library.Likeness;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/// What became of the files of imports, and why some were not taken.
@Controller
class ImportPages extends CollectionController {
    private static final int PAGE = 30;
    private static final int FILES = 200;

    private final Pages pages;
    private final ImportQueue queue;

    ImportPages(Likeness likeness, Pages pages, ImportQueue queue) {
        super(likeness);
        this.pages = pages;
        this.queue = queue;
    }

    @GetMapping("/c/{collection}/imports")
    @Allowed(Right.SEE_IMPORTS)
    View imports(HttpServletRequest request, @PathVariable UUID collection, @RequestParam Optional<UUID> after) {
        Collection found = collection(collection);
        Form proposed = likeness().settings().imports().folders().stream()
                .findFirst()
                .map(folder -> Form.proposing("folder", folder.toString()))
                .orElse(Form.blank());
        return page(request, found, after.map(ImportId::new), proposed);
    }

    /// @param watch the form that has a folder watched
    View page(HttpServletRequest request, Collection found, Optional<ImportId> after, Form watch) {
        List<BrowseDesk.Report> reports = new ArrayList<>();
        for (ImportRun run : likeness().browse().imports(found.id(), after, PAGE)) {
            reports.add(likeness().browse().report(found.id(), run.id()));
        }
        boolean adds = Callers.required().may(Right.ADD_PHOTOS, Optional.of(found.id()));
        Map<String, Object> model = new HashMap<>();
        model.put("reports", reports);
        model.put("watched", adds ? WatchPages.lines(likeness(), found.id(), pages.texts(request)) : List.of());
        model.put(
                "allowed",
                likeness().settings().imports().folders().stream()
                        .map(Path::toString)
                        .toList());
        model.put("household", found.profile() == Profile.HOUSEHOLD);
        model.put("next", reports.size() == PAGE ? reports.getLast().run().id().toString() : "");
        model.put("actors", actors(request));
        model.put("form", watch);
        return pages.page(request, found, "imports.jte", "imports.title", "imports", model);
    }

    @GetMapping("/c/{collection}/imports/{run}")
    @Allowed(Right.SEE_IMPORTS)
    View run(HttpServletRequest request, @PathVariable UUID collection, @PathVariable UUID run) {
        Collection found = collection(collection);
        ImportId id = new ImportId(run);
        List<ImportedFile> files = new ArrayList<>();
        for (Result result : List.of(Result.FAILED, Result.REFUSED, Result.QUARANTINED)) {
            likeness()
                    .browse()
                    .ended(found.id(), id, result, 0, FILES)
                    .forEach(ended -> files.add(file(ended.outcome())));
        }
        return pages.page(
                request,
                found,
                "import.jte",
                "imports.one",
                "imports",
                Map.of(
                        "report",
                        likeness().browse().report(found.id(), id),
                        "files",
                        files,
                        "retryable",
                        queue.retryable(found.id(), id),
                        "actors",
                        actors(request)));
    }

    private Actors actors(HttpServletRequest request) {
        return Actors.seenBy(
                Callers.required(), pages.texts(request), likeness().members());
    }

    /// Tries again what failed or was refused, as an import of its own.
    @PostMapping("/c/{collection}/imports/{run}/retry")
    @Allowed(Right.ADD_PHOTOS)
    View retry(HttpServletResponse response, @PathVariable UUID collection, @PathVariable UUID run) {
        int tried = queue.retry(collection(collection).id(), Callers.required().member(), new ImportId(run));
        Notices.show(response, tried > 0 ? "notice.import-again" : "notice.import-gone");
        return new RedirectView("/c/" + collection + "/imports");
    }

    private static ImportedFile file(FileOutcome outcome) {
        Path path = Path.of(URI.create(outcome.location()));
        return new ImportedFile(
                String.valueOf(path.getFileName()),
                outcome.result().name(),
                outcome.reason().map(Enum::name).orElse(""));
    }
}
