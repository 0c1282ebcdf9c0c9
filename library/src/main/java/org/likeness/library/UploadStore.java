package org.likeness.library;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.likeness.core.demand.DemandId;
import org.likeness.core.demand.ErasureTarget;
import org.likeness.core.demand.Means;
import org.likeness.core.demand.Scope;
import org.likeness.core.ingest.Provenance;
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
        List<Uploads.Upload> waiting = uploads.everything();
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

    @Override
    public void erase(List<ErasureTarget> targets) {
        List<Uploads.Upload> waiting = uploads.everything();
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
            return Optional.of(Hashes.of(uploads.file(upload))).equals(target.sha256());
        } catch (java.nio.file.NoSuchFileException _) {
            return false; // imported, and gone, since it was listed
        } catch (IOException e) {
            throw new UncheckedIOException("an upload cannot be read", e);
        }
    }
}
