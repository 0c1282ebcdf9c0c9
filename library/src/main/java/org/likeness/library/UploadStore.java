package org.likeness.library;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.likeness.core.LikenessException;
import org.likeness.core.demand.DemandId;
import org.likeness.core.demand.ErasureTarget;
import org.likeness.core.demand.Means;
import org.likeness.core.demand.Scope;
import org.likeness.core.ingest.Provenance;
import org.likeness.core.photo.Sha256;
import org.likeness.core.records.ErasableStore;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.Records;
import org.likeness.core.source.Source;

/// Files on their way in. What is erased takes with it what was still to be imported of the same:
/// the uploads of a
/// collection, those of a source and of none that is known, and those with a photo's bytes.
/// Thread-safe.
final class UploadStore implements ErasableStore.Outside {
    private static final int PAGE = 1_000;

    private final Uploads uploads;
    private final Records records;

    /// Of what waits, so that each file is read once and not for each photo that is erased.
    private final Map<UUID, Sha256> hashes = new ConcurrentHashMap<>();

    UploadStore(Uploads uploads, Records records) {
        this.uploads = uploads;
        this.records = records;
    }

    @Override
    public String name() {
        return "uploads";
    }

    @Override
    public Means means() {
        return Means.FILE_DELETED;
    }

    @Override
    public long count(ReadTransaction tx, DemandId erasure) {
        List<Uploads.Upload> waiting = waiting();
        if (waiting.isEmpty()) {
            return 0;
        }
        long count = 0;
        for (Scope scope : List.of(Scope.COLLECTION, Scope.SOURCE, Scope.PHOTO)) {
            long after = 0;
            for (List<ErasureTarget> page = tx.demands().targets(erasure, scope, after, PAGE);
                    !page.isEmpty();
                    page = tx.demands().targets(erasure, scope, after, PAGE)) {
                count += page.stream()
                        .flatMap(target -> belonging(tx, waiting, target))
                        .count();
                after = page.getLast().sequence();
            }
        }
        return count;
    }

    private List<Uploads.Upload> waiting() {
        List<Uploads.Upload> waiting = uploads.everything();
        hashes.keySet().retainAll(waiting.stream().map(Uploads.Upload::id).collect(Collectors.toSet()));
        return waiting;
    }

    @Override
    public void erase(List<ErasureTarget> targets) {
        List<Uploads.Upload> waiting = waiting();
        if (!waiting.isEmpty()) {
            List<Uploads.Upload> going = records.read(tx -> targets.stream()
                    .flatMap(target -> belonging(tx, waiting, target))
                    .toList());
            going.forEach(upload -> uploads.delete(upload.id()));
        }
    }

    private Stream<Uploads.Upload> belonging(ReadTransaction tx, List<Uploads.Upload> waiting, ErasureTarget target) {
        return switch (target.scope()) {
            case COLLECTION ->
                waiting.stream().filter(upload -> upload.about().collection().equals(target.collection()));
            case SOURCE -> {
                // By what is left, because the source's own row, and so its name, may be gone already.
                Set<String> others = tx.sources(target.collection()).stream()
                        .filter(source -> !source.id().value().equals(target.object()))
                        .map(Source::name)
                        .collect(Collectors.toSet());
                yield waiting.stream()
                        .filter(upload -> upload.about().collection().equals(target.collection()))
                        .filter(upload ->
                                !others.contains(upload.about().source().orElse(Provenance.HOUSEHOLD_SOURCE)));
            }
            case PHOTO ->
                waiting.stream().filter(Uploads.Upload::isComplete).filter(upload -> hasBytes(upload, target));
            case FACE, PERSON -> Stream.empty();
        };
    }

    private boolean hasBytes(Uploads.Upload upload, ErasureTarget target) {
        try {
            Sha256 hash = hashes.get(upload.id());
            if (hash == null) {
                hash = Hashes.of(uploads.file(upload));
                hashes.put(upload.id(), hash);
            }
            return target.sha256().equals(Optional.of(hash));
        } catch (NoSuchFileException _) {
            return false; // imported, and gone, since it was listed
        } catch (IOException e) {
            throw new LikenessException(
                            LikenessException.Kind.UNAVAILABLE,
                            "upload " + upload.id() + " cannot be read\nCheck the permissions of the data directory.",
                            e)
                    .called("disk.data");
        }
    }
}
