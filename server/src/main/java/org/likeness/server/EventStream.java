package org.likeness.server;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.likeness.core.member.MemberId;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/// Events on their way to one browser. Whoever tells them never waits for the browser: they are sent by a thread
/// of their own, and what it did not come to send is replaced by what is newer. Thread-safe.
final class EventStream {
    private static final int WAITING_MAX = 50;

    private final MemberId member;
    private final SseEmitter emitter;
    private final Deque<EventPages.Progress> waiting = new ArrayDeque<>();
    private boolean sending;

    EventStream(MemberId member, SseEmitter emitter) {
        this.member = member;
        this.emitter = emitter;
    }

    MemberId member() {
        return member;
    }

    /// Tells it, after what was told before; a browser that reads nothing is left.
    void tell(EventPages.Progress progress) {
        synchronized (waiting) {
            if (!waiting.isEmpty() && !waiting.getLast().isOver() && !progress.isOver()) {
                waiting.removeLast();
            }
            waiting.add(progress);
            if (waiting.size() > WAITING_MAX) {
                emitter.complete();
                waiting.clear();
            } else if (!sending) {
                sending = true;
                var _ = Thread.ofVirtual().name("events").start(this::send);
            }
        }
    }

    private void send() {
        for (Optional<EventPages.Progress> next = next(); next.isPresent(); next = next()) {
            try {
                emitter.send(SseEmitter.event().name("import").data(next.get(), MediaType.APPLICATION_JSON));
            } catch (IOException | IllegalStateException _) {
                emitter.complete(); // the browser went away
            }
        }
    }

    private Optional<EventPages.Progress> next() {
        synchronized (waiting) {
            Optional<EventPages.Progress> next = Optional.ofNullable(waiting.poll());
            sending = next.isPresent();
            return next;
        }
    }

    void end() {
        emitter.complete();
    }
}
