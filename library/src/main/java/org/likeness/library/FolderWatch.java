package org.likeness.library;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.likeness.core.LikenessException;
import org.likeness.core.ingest.FolderLook;
import org.likeness.core.ingest.WatchedFolder;
import org.likeness.core.ingest.WatchedFolderId;
import org.likeness.core.photo.Sha256;
import org.likeness.core.records.Records;
import org.likeness.core.rights.WatchDesk;

/// Looks at the watched folders while an installation is open, and gives what is new to the imports. A folder that
/// hangs, as one on another machine may, keeps no other from being looked at. Thread-safe.
public final class FolderWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(FolderWatch.class.getName());

    /// Looks that do not end by then are left behind; they change nothing any more.
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final WatchDesk desk;
    private final Records records;
    private final Clock clock;
    private final ImportQueue imports;
    private final Map<WatchedFolderId, Watching> watching = new ConcurrentHashMap<>();
    private final Set<Thread> looking = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean closing = new AtomicBoolean();
    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("folder-watch").factory());

    /// One folder. It is busy from the beginning of a look until what that found was imported.
    private record Watching(FolderLook look, AtomicBoolean busy) {}

    FolderWatch(WatchDesk desk, Records records, Clock clock, ImportQueue imports) {
        this.desk = desk;
        this.records = records;
        this.clock = clock;
        this.imports = imports;
    }

    /// Looks now, and again each time this has passed, until this is closed.
    FolderWatch start(Duration every) {
        var _ = rounds.scheduleWithFixedDelay(this::round, 0, every.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    private void round() {
        try {
            for (WatchDesk.Watched each : folders()) {
                Thread look = Thread.ofPlatform().daemon().name("folder-look").unstarted(() -> {
                    try {
                        var _ = look(each);
                    } catch (RuntimeException e) {
                        if (!closing.get()) {
                            LOG.log(
                                    Level.ERROR,
                                    "looking at watched folder " + each.folder().id() + " failed",
                                    e);
                        }
                    } finally {
                        looking.remove(Thread.currentThread());
                    }
                });
                looking.add(look);
                look.start();
            }
        } catch (RuntimeException e) { // a failure of ours must not end the watch
            LOG.log(Level.WARNING, "the watched folders could not be listed; that is tried again", e);
        }
    }

    /// Looks at each folder once, one after the other, on the thread that calls.
    ///
    /// @return in how many something was found to import
    long lookNow() {
        return folders().stream().filter(this::look).count();
    }

    private List<WatchDesk.Watched> folders() {
        List<WatchDesk.Watched> all = desk.all();
        watching.keySet().retainAll(all.stream().map(each -> each.folder().id()).collect(Collectors.toSet()));
        return all;
    }

    private boolean look(WatchDesk.Watched watched) {
        WatchedFolder folder = watched.folder();
        Watching at = watching.computeIfAbsent(
                folder.id(),
                _ -> new Watching(new FolderLook(folder, known(folder.id()), closing::get), new AtomicBoolean()));
        if (!at.busy().compareAndSet(false, true)) {
            return false;
        }
        boolean handedOver = false;
        try {
            if (watched.grant().isEmpty()) {
                at.look().forget();
                standStill(folder.id());
            } else {
                handedOver = handOver(folder, at);
            }
        } catch (LikenessException e) {
            LOG.log(
                    Level.WARNING,
                    "watched folder " + folder.id() + " could not be looked at: "
                            + e.kind()); // its words may name people
        } finally {
            if (!handedOver) {
                at.busy().set(false);
            }
        }
        return handedOver;
    }

    /// What is deleted meanwhile, because the permission ended, can come in again under a new one; so which files
    /// came to an end does not count any more.
    private void standStill(WatchedFolderId folder) {
        if (records.read(tx -> tx.imports().hasSettled(folder))) {
            records.note(tx -> tx.imports().unsettle(folder));
        }
    }

    private boolean handOver(WatchedFolder folder, Watching at) {
        FolderLook.Seen seen = at.look().look();
        if (closing.get()) {
            return false;
        }
        boolean any = !seen.ready().isEmpty();
        Instant now = clock.instant();
        records.note(tx -> {
            tx.imports().looked(folder.id(), now, seen.problem());
            if (any) {
                tx.imports().found(folder.id(), now);
            }
        });
        if (any) {
            imports.put(new WatchedFiles(folder, seen.ready(), records, later -> {
                at.look().failed(later);
                at.busy().set(false);
            }));
        }
        return any;
    }

    private FolderLook.Known known(WatchedFolderId folder) {
        return new FolderLook.Known() {
            @Override
            public Set<Sha256> settled(Collection<Sha256> marks) {
                return records.read(tx -> tx.imports().settled(folder, marks));
            }

            @Override
            public boolean any() {
                return records.read(tx -> tx.imports().hasSettled(folder));
            }
        };
    }

    /// Begins no look any more, and waits some seconds for those under way.
    @Override
    public void close() {
        closing.set(true);
        rounds.shutdownNow();
        long until = System.nanoTime() + CLOSING.toNanos();
        try {
            for (Thread look : looking) {
                look.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
