package org.likeness.server;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.likeness.core.ingest.WatchedFolder;
import org.likeness.core.rights.WatchDesk;

/// A watched folder as the pages show it. Immutable.
///
/// @param name its last part
/// @param well whether it is looked at and nothing is wrong
/// @param said how it stands with it, in words without a dot at the end
public record WatchLine(String id, String name, String path, String source, boolean well, String said) {
    /// After so long without a look there is a reason for it: the service did not run, or the folder hangs.
    private static final Duration LATE = Duration.ofMinutes(10);

    static WatchLine of(WatchDesk.Watched watched, Texts texts, Duration every, Instant now) {
        WatchedFolder folder = watched.folder();
        boolean late = folder.lookedAt()
                .filter(at -> at.plus(every.multipliedBy(2)).plus(LATE).isBefore(now))
                .isPresent();
        return new WatchLine(
                folder.id().toString(),
                String.valueOf(folder.path().getFileName()),
                folder.path().toString(),
                texts.given(watched.source().name()),
                watched.state() == WatchDesk.State.WATCHED && !late,
                said(watched, texts, late, now));
    }

    private static String said(WatchDesk.Watched watched, Texts texts, boolean late, Instant now) {
        WatchedFolder folder = watched.folder();
        String since =
                texts.time(folder.trouble().map(WatchedFolder.Trouble::since).orElse(now));
        long minutes = folder.lookedAt()
                .map(at -> Duration.between(at, now).toMinutes())
                .orElse(0L);
        String looked = late
                ? texts.of("watch.late", texts.time(folder.lookedAt().orElse(now)))
                : texts.of(
                        folder.foundAt().equals(folder.lookedAt()) ? "watch.found" : "watch.nothing",
                        Math.max(0, minutes));
        return switch (watched.state()) {
            case NEW -> texts.of("watch.new");
            case WATCHED -> looked;
            case GONE -> texts.of("watch.gone", since);
            case UNREADABLE -> texts.of("watch.unreadable", since);
            case EMPTY -> texts.of("watch.empty", since);
            case PARTLY -> texts.of("watch.partly", since);
            case STOPPED -> texts.of("watch.stopped");
            case NO_GRANT -> texts.of("watch.no-grant");
        };
    }

    /// One line about all of them: what is wrong with one, or how it stands with the one that was added first.
    ///
    /// @param named whether the reader may know what it is called
    static Optional<String> about(List<WatchLine> lines, Texts texts, boolean named) {
        return lines.stream()
                .filter(line -> !line.well())
                .findFirst()
                .or(() -> lines.stream().findFirst())
                .map(line -> lines.size() > 1 && line.well()
                        ? texts.of("watch.line.several", lines.size(), line.said())
                        : named
                                ? texts.of("watch.line.named", line.name(), line.said())
                                : texts.of("watch.line", line.said()));
    }

    /// Names of folders name people, so they are not printed.
    @Override
    public String toString() {
        return "WatchLine[" + id + "]";
    }
}
