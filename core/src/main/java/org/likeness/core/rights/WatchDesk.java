package org.likeness.core.rights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.ingest.Gate;
import org.likeness.core.ingest.Provenance;
import org.likeness.core.ingest.WatchedFolder;
import org.likeness.core.ingest.WatchedFolderId;
import org.likeness.core.photo.Storage;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.Records;
import org.likeness.core.source.Grant;
import org.likeness.core.source.Source;

/// Where folders are given to a collection, so that what is put there is imported, and taken from it again.
/// Thread-safe.
public final class WatchDesk {
    private final Records records;
    private final Clock clock;
    private final Actor actor;
    private final List<Path> own;

    /// @param own folders of Likeness itself, which hold copies of photos already
    public WatchDesk(Records records, Clock clock, Actor actor, List<Path> own) {
        this.records = records;
        this.clock = clock;
        this.actor = actor;
        this.own = List.copyOf(own);
    }

    /// What somebody wants to be watched.
    ///
    /// @param source as for an import, see [Provenance#grantFor]
    /// @param grantedBy as for an import
    public record Wish(Path folder, Storage storage, Optional<String> source, Optional<String> grantedBy) {
        /// Names of folders name people, so they are not printed.
        @Override
        public String toString() {
            return "Wish[" + storage + "]";
        }
    }

    /// How it stands with a watched folder.
    public enum State {
        /// It was not looked at yet: no service has run since.
        NEW,
        WATCHED,
        /// As [WatchedFolder.Problem] says.
        GONE,
        UNREADABLE,
        EMPTY,
        PARTLY,
        /// Its source said stop or is being erased: nothing is looked at.
        STOPPED,
        /// No grant of its source allows storing photos now: nothing is looked at.
        NO_GRANT
    }

    /// A watched folder, and how it stands with it.
    ///
    /// @param grant under which a photo would be imported now
    public record Watched(WatchedFolder folder, Source source, Optional<Grant> grant, State state) {
        @Override
        public String toString() {
            return "Watched[" + folder.id() + " " + state + "]";
        }
    }

    /// Watches a folder of this machine from now on; what lies in it already is imported too.
    ///
    /// @throws LikenessException BAD_INPUT when there is no such folder, or it is one of Likeness's own;
    ///     CONFLICT when the collection has it, one above or one below it already; REFUSED as
    ///     [Provenance#grantFor]
    public Watched add(Collection collection, Wish wish) {
        Path folder = real(wish.folder());
        for (Path each : own) {
            if (overlap(folder, each.toAbsolutePath().normalize()) || overlap(folder, realOr(each))) {
                throw new LikenessException(
                                LikenessException.Kind.BAD_INPUT,
                                "the data directory cannot be watched"
                                        + "\nName a folder that neither lies in it nor holds it.")
                        .called("folder.data");
            }
        }
        records.read(tx -> requireFree(tx, collection.id(), folder));
        Grant grant = new Provenance(records, clock).grantFor(collection, wish.source(), wish.grantedBy(), actor);
        Instant now = clock.instant();
        WatchedFolder watched = new WatchedFolder(
                WatchedFolderId.next(),
                collection.id(),
                grant.source(),
                folder,
                wish.storage(),
                actor,
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return records.change(tx -> {
            requireFree(tx, collection.id(), folder);
            tx.imports().add(watched);
            return new Records.Changed<>(
                    watched(tx, watched),
                    AuditEntry.of(
                            now, actor, Action.FOLDER_WATCHED, watched.id().value(), collection.id()));
        });
    }

    /// As [#add], for those who may choose only among some folders of this machine and what is below them.
    ///
    /// @throws LikenessException REFUSED when it lies in none of them; nothing is said then about whether it is
    ///     there
    public Watched addBelow(List<Path> allowed, Collection collection, Wish wish) {
        Path named = wish.folder().normalize();
        if (allowed.stream().noneMatch(each -> named.startsWith(each.normalize()))
                || allowed.stream().noneMatch(each -> real(named).startsWith(realOr(each)))) {
            throw new LikenessException(
                            LikenessException.Kind.REFUSED,
                            "only folders below those of the setting imports.folders can be watched from here"
                                    + "\nWhoever runs the machine can add any: likeness folder add FOLDER.")
                    .called("folder.not-allowed");
        }
        return add(collection, wish);
    }

    /// The watched folders of a collection, in the order in which they were added.
    public List<Watched> list(CollectionId collection) {
        return records.read(tx -> tx.imports().watchedFolders(collection).stream()
                .map(folder -> watched(tx, folder))
                .toList());
    }

    /// Those of all collections.
    public List<Watched> all() {
        return records.read(tx -> tx.imports().watchedFolders().stream()
                .map(folder -> watched(tx, folder))
                .toList());
    }

    /// How it stands with a folder now; empty when it is not watched any more.
    public Optional<Watched> find(WatchedFolderId id) {
        return all().stream().filter(each -> each.folder().id().equals(id)).findFirst();
    }

    /// Watches a folder no more. What was imported from it stays.
    ///
    /// @throws LikenessException NOT_FOUND when the collection has no such folder
    public void end(CollectionId collection, WatchedFolderId id) {
        boolean ended = records.change(tx -> {
            boolean there = tx.imports().watchedFolders(collection).stream()
                    .anyMatch(folder -> folder.id().equals(id));
            if (!there) {
                throw LedgerReader.notFound("watched folder " + id, "likeness folder list")
                        .called("folder.gone");
            }
            return new Records.Changed<>(
                    tx.imports().remove(id),
                    AuditEntry.of(clock.instant(), actor, Action.FOLDER_WATCH_ENDED, id.value(), collection));
        });
        assert ended;
    }

    private Watched watched(ReadTransaction tx, WatchedFolder folder) {
        Source source = tx.sources().source(folder.source()).orElseThrow();
        Instant now = clock.instant();
        Optional<Grant> grant = tx.grants(source.id()).stream()
                .filter(each -> Gate.letsIn(each, now))
                .findFirst();
        if (Gate.closed(tx, source).isPresent()) {
            return new Watched(folder, source, Optional.empty(), State.STOPPED);
        }
        return new Watched(folder, source, grant, grant.isEmpty() ? State.NO_GRANT : state(folder));
    }

    private static State state(WatchedFolder folder) {
        if (folder.lookedAt().isEmpty()) {
            return State.NEW;
        }
        return folder.trouble()
                .map(trouble -> switch (trouble.problem()) {
                    case GONE -> State.GONE;
                    case UNREADABLE -> State.UNREADABLE;
                    case EMPTY -> State.EMPTY;
                    case PARTLY -> State.PARTLY;
                })
                .orElse(State.WATCHED);
    }

    private static Path requireFree(ReadTransaction tx, CollectionId collection, Path folder) {
        boolean taken = tx.imports().watchedFolders(collection).stream().anyMatch(each -> overlap(each.path(), folder));
        if (taken) {
            throw new LikenessException(
                            LikenessException.Kind.CONFLICT,
                            "the collection watches this folder, one above it or one below it already"
                                    + "\nSee them with: likeness folder list.")
                    .called("folder.known");
        }
        return folder;
    }

    private static boolean overlap(Path one, Path other) {
        return one.startsWith(other) || other.startsWith(one);
    }

    private static Path real(Path folder) {
        try {
            Path real = folder.toRealPath();
            if (Files.isDirectory(real) && Files.isReadable(real)) {
                return real;
            }
        } catch (IOException _) {
            // said below
        }
        throw new LikenessException(
                        LikenessException.Kind.BAD_INPUT,
                        "there is no such folder, or it cannot be read"
                                + "\nName a folder of this machine by its whole path.")
                .called("folder.none");
    }

    private static Path realOr(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException _) {
            return folder.toAbsolutePath().normalize();
        }
    }
}
