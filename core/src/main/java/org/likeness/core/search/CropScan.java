package org.likeness.core.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.EmbeddingPermit;
import org.likeness.core.photo.AlignedCrop;
import org.likeness.core.photo.Derivatives;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.FaceReader;
import org.likeness.core.records.ReadTransaction.FoundFace;
import org.likeness.core.records.Records;
import org.likeness.core.template.Template;
import org.likeness.core.template.TemplateIndex.Hit;

/// Compares a probe with faces whose templates may not be kept: each aligned crop is embedded in memory,
/// compared, and
/// forgotten before the next page is read. Costs one run of the embedder a face. Thread-safe.
final class CropScan {
    private static final int PAGE = 256;

    private final Records records;
    private final Derivatives derivatives;
    private final FaceReader reader;

    /// What came of a scan.
    record Result(List<Hit> hits, long compared, long notCompared) {}

    CropScan(Records records, Derivatives derivatives, FaceReader reader) {
        this.records = records;
        this.derivatives = derivatives;
        this.reader = reader;
    }

    Result scan(Collection collection, Template probe, EmbeddingPermit permit, double scoreMin, Instant now) {
        List<Hit> hits = new ArrayList<>();
        long compared = 0;
        long notCompared = 0;
        Optional<FaceId> after = Optional.empty();
        int threads = Runtime.getRuntime().availableProcessors();
        try (ExecutorService pool = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("scan-", 0).factory())) {
            while (true) {
                Optional<FaceId> from = after;
                List<FaceId> page = records.read(tx -> tx.searchableFaces(collection.id(), now, from, PAGE));
                if (page.isEmpty()) {
                    return new Result(hits, compared, notCompared);
                }
                for (Optional<Hit> hit : compare(collection, probe, permit, page, now, pool)) {
                    compared += hit.isPresent() ? 1 : 0;
                    notCompared += hit.isPresent() ? 0 : 1;
                    hit.filter(h -> h.score() >= scoreMin).ifPresent(hits::add);
                }
                after = Optional.of(page.getLast());
            }
        }
    }

    private List<Optional<Hit>> compare(
            Collection collection,
            Template probe,
            EmbeddingPermit permit,
            List<FaceId> page,
            Instant now,
            ExecutorService pool) {
        List<FoundFace> faces = records.read(tx -> tx.searchable(collection.id(), page, now));
        List<Future<Optional<Hit>>> running = new ArrayList<>();
        for (FoundFace found : faces) {
            running.add(pool.submit(() -> compare(probe, permit, found)));
        }
        List<Optional<Hit>> hits = new ArrayList<>();
        for (Future<Optional<Hit>> one : running) {
            hits.add(get(one));
        }
        return hits;
    }

    private Optional<Hit> compare(Template probe, EmbeddingPermit permit, FoundFace found) {
        Optional<AlignedCrop> crop = derivatives.crop(
                found.photo(),
                found.face(),
                () -> records.read(tx -> tx.faces(found.photo().id())));
        return crop.map(c -> new Hit(
                found.face().id(),
                reader.embed(c, permit).score(probe, reader.model().metric())));
    }

    private static Optional<Hit> get(Future<Optional<Hit>> running) {
        try {
            return running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE, "the search was interrupted\nSearch again.", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("a comparison failed", e);
        }
    }
}
