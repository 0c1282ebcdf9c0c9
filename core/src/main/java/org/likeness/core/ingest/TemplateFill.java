package org.likeness.core.ingest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.EmbeddingPermit;
import org.likeness.core.photo.AlignedCrop;
import org.likeness.core.photo.Derivatives;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.FaceReader;
import org.likeness.core.records.ReadTransaction.FoundFace;
import org.likeness.core.records.Records;
import org.likeness.core.records.WriteTransaction;
import org.likeness.core.template.Template;

/// Makes the templates of faces that were found before the basis of their collection was recorded. A
/// batch is one transaction; when cut off, the next call goes on. Thread-safe.
///
/// A template ends as if it had been made when its photo was imported, so one that has ended is not made
/// again.
public final class TemplateFill {
    private static final int BATCH = 64;

    private final Records records;
    private final Derivatives derivatives;
    private final FaceReader reader;
    private final Clock clock;

    public TemplateFill(Records records, Derivatives derivatives, FaceReader reader, Clock clock) {
        this.records = records;
        this.derivatives = derivatives;
        this.reader = reader;
        this.clock = clock;
    }

    /// Makes those that are missing, if the collection keeps any and its basis is recorded.
    ///
    /// @param progress told after each batch how many were made so far
    /// @return how many were made
    public long run(Collection collection, Actor actor, LongConsumer progress) {
        Optional<Duration> term = collection.profile().templateTerm();
        if (!collection.profile().keepsUnknownTemplates() || term.isEmpty()) {
            return 0; // a household's are made while importing
        }
        long made = 0;
        Optional<FaceId> after = Optional.empty();
        while (true) {
            Instant now = clock.instant();
            Optional<FaceId> from = after;
            Optional<EmbeddingPermit> permit = records.read(tx -> tx.basis().permitIfOpen(collection, now));
            List<FaceId> page = records.read(
                    tx -> tx.searchableWithoutTemplate(collection.id(), now, now.minus(term.get()), from, BATCH));
            if (page.isEmpty() || permit.isEmpty()) {
                return made;
            }
            Map<FaceId, Template> templates = embed(collection, page, permit.get(), now);
            if (!templates.isEmpty()) {
                made += store(collection, actor, templates);
                progress.accept(made);
            }
            after = Optional.of(page.getLast());
        }
    }

    private Map<FaceId, Template> embed(Collection collection, List<FaceId> page, EmbeddingPermit permit, Instant now) {
        Map<FaceId, Template> templates = new LinkedHashMap<>();
        for (FoundFace found : records.read(tx -> tx.searchable(collection.id(), page, now))) {
            Optional<AlignedCrop> crop = derivatives.crop(
                    found.photo(),
                    found.face(),
                    () -> records.<List<Face>>read(tx -> tx.faces(found.photo().id())));
            crop.ifPresent(c -> templates.put(found.face().id(), reader.embed(c, permit)));
        }
        return templates;
    }

    /// Whether each may still be made is decided here, where it is stored.
    private long store(Collection collection, Actor actor, Map<FaceId, Template> templates) {
        return records.<Long>change(tx -> {
            Instant now = clock.instant();
            tx.basis().permit(collection, now);
            List<FaceId> stored = new ArrayList<>();
            for (FoundFace found : tx.searchable(collection.id(), templates.keySet(), now)) {
                if (add(
                        tx,
                        collection,
                        found,
                        java.util.Objects.requireNonNull(
                                templates.get(found.face().id())),
                        now)) {
                    stored.add(found.face().id());
                }
            }
            AuditEntry entry = AuditEntry.of(
                    now, actor, Action.TEMPLATES_MADE, collection.id().value(), collection.id());
            return new Records.Changed<>((long) stored.size(), entry.withCount(stored.size()));
        });
    }

    private static boolean add(
            WriteTransaction tx, Collection collection, FoundFace found, Template template, Instant now) {
        Optional<Instant> end = tx.basis().templateEnd(collection, found.photo().importedAt());
        boolean over = end.filter(e -> !e.isAfter(now)).isPresent();
        boolean there = !tx.withTemplate(collection.id(), List.of(found.face().id()), now)
                .isEmpty();
        if (over || there) {
            return false;
        }
        tx.addFeatureSet(collection.id(), found.face().id(), template, end);
        return true;
    }
}
