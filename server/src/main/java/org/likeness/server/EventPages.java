package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.ingest.ImportId;
import org.likeness.core.member.Right;
import org.likeness.library.ImportQueue;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// Live progress by server-sent events. Numbers only: no file name leaves here.
@RestController
class EventPages {
    private static final long LONGEST_MS = 600_000;

    private final ImportQueue imports;
    private final Pages pages;

    EventPages(ImportQueue imports, Pages pages) {
        this.imports = imports;
        this.pages = pages;
    }

    /// How far the import into a collection is.
    ///
    /// @param problem why it could not be made, in the reader's language; it has taken in nothing then
    record Progress(
            String state,
            Optional<UUID> run,
            long done,
            long found,
            Map<String, Long> results,
            Optional<String> problem) {
        static Progress of(ImportQueue.Progress progress, Texts texts) {
            return new Progress(
                    progress.ended() ? "ended" : progress.waiting() ? "waiting" : "running",
                    progress.run().map(ImportId::value),
                    progress.done(),
                    progress.found(),
                    progress.results().entrySet().stream()
                            .collect(Collectors.toMap(each -> each.getKey().name(), Map.Entry::getValue)),
                    progress.problem().map(failure -> Failures.words(failure, texts)));
        }
    }

    @GetMapping(path = "/c/{collection}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Allowed(Right.SEE_IMPORTS)
    SseEmitter events(@PathVariable UUID collection, HttpServletRequest request) {
        Texts texts = pages.texts(request);
        SseEmitter emitter = new SseEmitter(LONGEST_MS);
        CollectionId id = new CollectionId(collection);
        AutoCloseable listening = imports.listen(progress -> {
            if (progress.collection().equals(id)) {
                send(emitter, progress, texts);
            }
        });
        Runnable end = () -> {
            try {
                listening.close();
            } catch (Exception e) {
                throw new IllegalStateException("a listener could not be removed", e);
            }
        };
        emitter.onCompletion(end);
        emitter.onTimeout(emitter::complete);
        emitter.onError(_ -> end.run());
        open(emitter);
        imports.running(id).ifPresent(progress -> send(emitter, progress, texts));
        return emitter;
    }

    /// Sends something at once, so that whoever listens knows that it does.
    private static void open(SseEmitter emitter) {
        try {
            emitter.send(SseEmitter.event().comment("listening"));
        } catch (IOException | IllegalStateException _) {
            emitter.complete();
        }
    }

    private static void send(SseEmitter emitter, ImportQueue.Progress progress, Texts texts) {
        try {
            emitter.send(
                    SseEmitter.event().name("import").data(Progress.of(progress, texts), MediaType.APPLICATION_JSON));
        } catch (IOException | IllegalStateException _) {
            emitter.complete(); // the browser went away
        }
    }
}
