package org.likeness.cli;

import java.time.Duration;
import java.time.Instant;

/// A progress bar on a terminal, and a line now and then where there is none. One thread at a time.
final class Progress {
    private static final int WIDTH = 30;
    private static final Duration EVERY = Duration.ofMillis(100);
    private static final Duration EVERY_IN_A_LOG = Duration.ofSeconds(10);

    private final Out to;
    private final boolean shown;
    private final boolean terminal;
    private final Instant start = Instant.now();
    private Instant last = Instant.EPOCH;
    private boolean drawn;

    Progress(Out to, boolean shown) {
        this.to = to;
        this.shown = shown;
        this.terminal = Terminal.isThere();
    }

    void show(long done, long found, boolean complete) {
        Instant now = Instant.now();
        boolean end = complete && done == found;
        if (!shown || (!end && now.isBefore(last.plus(terminal ? EVERY : EVERY_IN_A_LOG)))) {
            return;
        }
        last = now;
        double share = found == 0 ? 1 : (double) done / found;
        double seconds = Math.max(0.1, Duration.between(start, now).toMillis() / 1000.0);
        String text = String.format(
                java.util.Locale.ROOT,
                "%,d of %,d%s files, %.1f a second",
                done,
                found,
                complete ? "" : "+",
                done / seconds);
        if (terminal) {
            int filled = (int) Math.round(share * WIDTH);
            to.inPlace("[" + "█".repeat(filled) + "·".repeat(WIDTH - filled) + "] " + text);
            drawn = true;
        } else {
            to.line(text);
        }
    }

    /// For a download.
    void bytes(long done, long all) {
        Instant now = Instant.now();
        if (shown && terminal && !now.isBefore(last.plus(EVERY))) {
            last = now;
            to.inPlace(String.format(java.util.Locale.ROOT, "%.1f of %.1f MB", done / 1e6, all / 1e6));
            drawn = true;
        }
    }

    /// For a search that compares one face after the other.
    void compared(long faces) {
        Instant now = Instant.now();
        if (shown && terminal && !now.isBefore(last.plus(EVERY))) {
            last = now;
            to.inPlace(String.format(java.util.Locale.ROOT, "%,d faces compared", faces));
            drawn = true;
        }
    }

    void end() {
        if (drawn) {
            to.inPlaceEnd();
        }
    }
}
