package org.likeness.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.collection.Purpose;
import org.likeness.core.consent.Audience;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Region;
import org.likeness.core.rights.MemberDesk;
import org.likeness.core.search.Probe;
import org.likeness.core.search.SearchAnswer;
import org.likeness.core.search.SearchScope;
import org.likeness.core.source.SourceId;
import org.likeness.core.template.Rate;
import org.likeness.library.Likeness;
import org.likeness.library.OwnerOnly;
import org.likeness.library.ProbeShelf;
import org.springframework.stereotype.Component;

/// What the search page and the API share: a probe's way in and out, and one search. Thread-safe.
@Component
final class Searches implements AutoCloseable {
    static final int LIMIT = 60;

    private final Likeness likeness;
    private final SearchLimit limit;
    private final Metrics metrics;
    private final ProbeShelf shelf = new ProbeShelf(Clock.systemUTC());

    Searches(Likeness likeness, SearchLimit limit, Metrics metrics) {
        this.likeness = likeness;
        this.limit = limit;
        this.metrics = metrics;
    }

    /// Makes the folder for photos that are being received, and takes out what a server left there that was killed.
    ///
    /// @throws LikenessException UNAVAILABLE when it cannot be made or emptied
    static Path receiving(Likeness likeness) {
        Path folder = likeness.settings().data().resolve("probes");
        try {
            OwnerOnly.createFolders(folder);
            try (var left = Files.newDirectoryStream(folder)) {
                for (Path file : left) {
                    Files.deleteIfExists(file);
                }
            }
            return folder;
        } catch (IOException e) {
            throw new LikenessException(
                            LikenessException.Kind.UNAVAILABLE,
                            "the folder probes of the data directory cannot be emptied\nDelete what is in it.",
                            e)
                    .called("disk.data");
        }
    }

    /// What is searched with, and where.
    ///
    /// @param probe a photo that was sent; its face is `number`
    /// @param face a face of the collection
    /// @param region where the photos were taken
    record Wanted(
            Optional<UUID> probe,
            int number,
            Optional<UUID> face,
            Optional<UUID> source,
            Optional<LocalDate> since,
            Optional<LocalDate> until,
            Optional<Region> region,
            Optional<Rate> maxFalse,
            int limit) {}

    /// Reads the faces of a photo. The file is gone when this returns; the probe is kept in memory
    /// for some minutes.
    UUID read(Caller caller, Collection collection, InputStream photo) {
        limit.count(caller.member(), SearchLimit.Work.PROBE);
        Path file = null;
        try {
            Path folder = likeness.settings().data().resolve("probes");
            OwnerOnly.createFolders(folder);
            file = Files.createTempFile(folder, "probe", null);
            try (var out = Files.newOutputStream(file)) {
                bounded(photo, out, (long) likeness.settings().megabytesMax() << 20);
            }
            Probe probe = likeness.probe(collection, file, true);
            return shelf.put(caller.member(), collection.id(), probe);
        } catch (IOException e) {
            throw new LikenessException(
                            LikenessException.Kind.UNAVAILABLE, "the photo could not be received\nTry again.", e)
                    .called("disk.data");
        } finally {
            delete(file);
        }
    }

    private static void bounded(InputStream from, java.io.OutputStream to, long bytesMax) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long all = 0;
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            all += read;
            if (all > bytesMax) {
                throw new LikenessException(
                                LikenessException.Kind.BAD_INPUT,
                                "the photo has more than " + bytesMax + " bytes\nSend a smaller one.")
                        .called("probe.size", bytesMax);
            }
            to.write(buffer, 0, read);
        }
    }

    private static void delete(@org.jspecify.annotations.Nullable Path file) {
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new LikenessException(
                                LikenessException.Kind.UNAVAILABLE,
                                "a photo that was searched with could not be deleted"
                                        + "\nDelete what is in the folder probes of"
                                        + " the data directory.",
                                e)
                        .called("disk.data");
            }
        }
    }

    Probe probe(Caller caller, Collection collection, UUID id) {
        return shelf.get(caller.member(), collection.id(), id);
    }

    /// The same; empty when it was forgotten.
    Optional<Probe> kept(Caller caller, Collection collection, UUID id) {
        try {
            return Optional.of(probe(caller, collection, id));
        } catch (LikenessException e) {
            if (e.kind() != LikenessException.Kind.NOT_FOUND) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /// Searches for a face of a photo that was sent, or of the collection.
    SearchAnswer search(Caller caller, Collection collection, Wanted wanted) {
        limit.count(caller.member(), SearchLimit.Work.SEARCH);
        return metrics.search(() -> found(caller, collection, wanted));
    }

    private SearchAnswer found(Caller caller, Collection collection, Wanted wanted) {
        Likeness theirs = likeness.as(MemberDesk.actor(caller.member()));
        SearchScope scope = new SearchScope(
                wanted.source().map(SourceId::new), wanted.since(), wanted.until(), wanted.region(), Optional.empty());
        Probe probe;
        int number = wanted.number();
        if (wanted.probe().isPresent()) {
            probe = probe(caller, collection, wanted.probe().get());
        } else {
            FaceId face = new FaceId(wanted.face().orElseThrow(Searches::nothing));
            probe = theirs.find().probe(collection, face);
            scope = scope.without(face);
            number = 1;
        }
        return theirs.find()
                .search(
                        collection,
                        probe,
                        number,
                        purpose(collection),
                        wanted.maxFalse().orElse(likeness.settings().maxFalse()),
                        wanted.limit(),
                        scope);
    }

    /// Searches an event for a person who agreed to be found by those who run it.
    SearchAnswer search(Caller caller, PersonId person, Audience audience, Optional<Rate> maxFalse) {
        limit.count(caller.member(), SearchLimit.Work.SEARCH);
        return metrics.search(() -> likeness.as(MemberDesk.actor(caller.member()))
                .find()
                .search(
                        person,
                        audience,
                        Optional.empty(),
                        maxFalse.orElse(likeness.settings().maxFalse()),
                        LIMIT,
                        _ -> {}));
    }

    private static LikenessException nothing() {
        return new LikenessException(
                        LikenessException.Kind.BAD_INPUT, "nothing to search with\nSend a photo, or name a face.")
                .called("search.nothing");
    }

    /// A household looks through its own photos, an archive is catalogued.
    static Purpose purpose(Collection collection) {
        return collection.profile() == Profile.ARCHIVE ? Purpose.CATALOGUE : Purpose.PERSONAL;
    }

    @Override
    public void close() {
        shelf.clear();
    }
}
