package org.likeness.library;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.likeness.core.Unforeseen;

/// What each opening does once and a service that stays open must go on doing: deleting what may not be
/// held any more, finishing erasures, signing the log. Thread-safe; several processes may do it at
/// once.
public final class Upkeep implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Upkeep.class.getName());

    /// How often it is done.
    private static final Duration EACH = Duration.ofHours(1);

    private final List<Runnable> duties;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("upkeep").factory());

    /// @param expire takes out of records and memory what has no desk of its own
    Upkeep(Likeness likeness, Runnable expire) {
        this.duties = List.of(
                () -> likeness.eraser().resume(false),
                expire,
                () -> likeness.find().references().sweep(),
                () -> likeness.purges().run(),
                () -> likeness.deletions().sweep(),
                () -> likeness.leftovers().sweep(),
                () -> likeness.uploads().sweep(),
                () -> likeness.members().sweep(),
                () -> likeness.browse().trimPreviews(),
                () -> likeness.log().cover());
    }

    /// Does everything that is due, now. One duty that fails does not keep the others from being done.
    ///
    /// @return how many failed; the log says why, and they are tried again
    public int run() {
        int failed = 0;
        for (Runnable duty : duties) {
            try {
                duty.run();
            } catch (RuntimeException e) { // a defect too
                LOG.log(
                        System.Logger.Level.WARNING,
                        "a part of the upkeep failed and is tried again: " + Unforeseen.described(e));
                failed++;
            }
        }
        return failed;
    }

    /// Does it again every hour until this is closed.
    public void start() {
        var _ = thread.scheduleWithFixedDelay(this::run, EACH.toMinutes(), EACH.toMinutes(), TimeUnit.MINUTES);
    }

    /// Waits for what it is doing.
    @Override
    public void close() {
        thread.close();
    }
}
