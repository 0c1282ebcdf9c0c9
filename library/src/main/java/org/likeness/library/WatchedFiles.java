package org.likeness.library;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.likeness.core.ingest.FileOutcome;
import org.likeness.core.ingest.FileOutcome.Reason;
import org.likeness.core.ingest.ImportListener;
import org.likeness.core.ingest.WatchedFolder;
import org.likeness.core.photo.Sha256;
import org.likeness.core.records.Records;

/// New files of a watched folder on their way in: notes which came to an end, so that they are not read again.
/// One thread at a time.
final class WatchedFiles {
    /// So many are noted together: those of a process that was killed are read once more and found as
    /// duplicates.
    private static final int TOGETHER = 100;

    /// Why a file that was not taken may be taken later though it did not change.
    private static final Set<Reason> PASSING =
            EnumSet.of(Reason.NO_GRANT, Reason.SOURCE_STOPPED, Reason.UNREADABLE, Reason.GONE, Reason.UNAVAILABLE);

    private final WatchedFolder folder;
    private final Map<Path, Sha256> files;
    private final Records records;
    private final Consumer<Collection<Sha256>> over;
    private final Map<String, Path> left = new LinkedHashMap<>();
    private final List<Sha256> settled = new ArrayList<>();
    private final Set<Sha256> failed = new HashSet<>();
    private boolean ended;

    /// @param over told at the end, with the files that may be taken later
    WatchedFiles(WatchedFolder folder, Map<Path, Sha256> files, Records records, Consumer<Collection<Sha256>> over) {
        this.folder = folder;
        this.files = files;
        this.records = records;
        this.over = over;
        files.keySet().forEach(file -> left.put(file.toUri().toString(), file));
    }

    WatchedFolder folder() {
        return folder;
    }

    /// Those that did not end yet.
    List<Path> paths() {
        return List.copyOf(left.values());
    }

    /// Notes how files ended before the listener hears of it.
    ImportListener settling(ImportListener then) {
        return new ImportListener() {
            @Override
            public void ended(FileOutcome outcome, Progress at) {
                Optional.ofNullable(left.remove(outcome.location()))
                        .map(files::get)
                        .ifPresent(mark -> {
                            if (outcome.reason().filter(PASSING::contains).isPresent()) {
                                failed.add(mark);
                            } else {
                                settled.add(mark);
                            }
                        });
                if (settled.size() >= TOGETHER) {
                    note();
                }
                then.ended(outcome, at);
            }

            @Override
            public boolean goesOn() {
                return then.goesOn();
            }
        };
    }

    private void note() {
        if (!settled.isEmpty()) {
            records.note(tx -> tx.imports().settle(folder.id(), settled));
            settled.clear();
        }
    }

    /// What ended is noted though the rest was cut off.
    void cutOff() {
        note();
    }

    /// It came to an end, or nothing can be done about it now. Told twice, it ends once.
    void end() {
        if (ended) {
            return;
        }
        ended = true;
        note();
        left.values().forEach(file -> Optional.ofNullable(files.get(file)).ifPresent(failed::add));
        over.accept(failed);
    }

    @Override
    public String toString() {
        return "WatchedFiles[" + folder.id() + ", " + files.size() + "]";
    }
}
