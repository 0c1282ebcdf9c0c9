package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.ingest.ImportId;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Right;
import org.likeness.library.ImportQueue;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// Live progress by server-sent events: no file name leaves here. A stream ends after two minutes and the browser
/// opens the next one, so that whoever may not see it any more is asked then. When the server stops, they end
/// first: nobody waits for them.
@RestController
class EventPages implements SmartLifecycle {
    private static final long LONGEST_MS = 120_000;
    private static final int EACH_MAX = 30;

    private final ImportQueue imports;
    private final Pages pages;
    private final List<EventStream> streams = new CopyOnWriteArrayList<>();
    private volatile boolean running;

    EventPages(ImportQueue imports, Pages pages) {
        this.imports = imports;
        this.pages = pages;
    }

    /// How far the import into a collection is; `idle` when none is made.
    ///
    /// @param problem why it waits, or could not be made; it has taken in nothing then
    record Progress(
            String state,
            Optional<UUID> run,
            long done,
            long found,
            Map<String, Long> results,
            Optional<String> problem) {
        private static final Progress IDLE = new Progress("idle", Optional.empty(), 0, 0, Map.of(), Optional.empty());

        static Progress of(ImportQueue.Progress progress, Texts texts) {
            return new Progress(
                    progress.ended() ? "ended" : progress.waiting() ? "waiting" : "running",
                    progress.run().map(ImportId::value),
                    progress.done(),
                    progress.found(),
                    progress.results().entrySet().stream()
                            .collect(Collectors.toMap(each -> each.getKey().name(), Map.Entry::getValue)),
                    progress.problem().map(why -> Failures.words(why, texts)));
        }

        /// Whether nothing newer may take its place.
        boolean isOver() {
            return state.equals("ended");
        }
    }

    @GetMapping(path = "/c/{collection}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @Allowed(Right.SEE_IMPORTS)
    SseEmitter events(HttpServletRequest request, @PathVariable UUID collection) {
        SseEmitter emitter = new SseEmitter(LONGEST_MS);
        CollectionId id = new CollectionId(collection);
        Texts texts = pages.texts(request);
        EventStream stream = new EventStream(Callers.required().member(), emitter);
        AutoCloseable listening = imports.listen(progress -> {
            if (progress.collection().equals(id)) {
                stream.tell(Progress.of(progress, texts));
            }
        });
        Runnable end = () -> {
            streams.remove(stream);
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
        keep(stream);
        stream.tell(imports.running(id)
                .map(progress -> Progress.of(progress, texts))
                .orElse(Progress.IDLE));
        return emitter;
    }

    /// The oldest one of a member who has too many ends.
    private void keep(EventStream stream) {
        MemberId member = stream.member();
        List<EventStream> theirs =
                streams.stream().filter(each -> each.member().equals(member)).toList();
        theirs.stream().limit(Math.max(0, theirs.size() - EACH_MAX + 1)).forEach(EventStream::end);
        streams.add(stream);
    }

    /// Sends something at once, so that whoever listens knows that it does.
    private static void open(SseEmitter emitter) {
        try {
            emitter.send(SseEmitter.event().comment("listening"));
        } catch (IOException | IllegalStateException _) {
            emitter.complete();
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /// Before the web server waits for its last requests.
    @Override
    public void stop() {
        running = false;
        streams.forEach(EventStream::end);
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
