package org.likeness.core.search;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.Basis;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.EmbeddingGate;
import org.likeness.core.collection.EmbeddingPermit;
import org.likeness.core.collection.Purpose;
import org.likeness.core.photo.AlignedCrop;
import org.likeness.core.photo.AnalysedPhoto;
import org.likeness.core.photo.AnalysedPhoto.AnalysedFace;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.FaceReader;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoReading;
import org.likeness.core.photo.Sha256;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.ReadTransaction.FoundFace;
import org.likeness.core.records.Records;
import org.likeness.core.records.WriteTransaction;
import org.likeness.core.template.FaceFilter;
import org.likeness.core.template.ModelSpec;
import org.likeness.core.template.Rate;
import org.likeness.core.template.Template;
import org.likeness.core.template.TemplateIndex.Hit;
import org.likeness.core.template.Threshold;

/// Flow *Find*: probe → template → candidates → who may see what, decided now against the records →
/// calibrated scores →
/// answer and audit entry in one transaction.
///
/// Candidates come from the index where templates are kept and from a scan of the crops where they are
/// not; either only
/// suggests. Thread-safe.
public final class Finder {
    /// A stranger's search returns anyone at most this often, unless the caller asks for another rate.
    public static final Rate MAX_FALSE = new Rate(0.001);

    /// More hits than any page shows, and few enough to check each against the records.
    private static final int HITS_MAX = 10_000;

    private final Records records;
    private final FaceReader reader;
    private final Indexes indexes;
    private final Clock clock;
    private final Answers answers;

    public Finder(Records records, FaceReader reader, Indexes indexes, Clock clock) {
        this.records = records;
        this.reader = reader;
        this.indexes = indexes;
        this.clock = clock;
        this.answers = new Answers(reader.model().calibration());
    }

    /// Reads the faces of a photo to search with. Nothing of it is stored.
    ///
    /// @param all also the small faces of a large photo, which takes longer; without it they may be
    ///     missing beside larger ones, so it is not for somebody who chooses among several
    /// @throws LikenessException BAD_INPUT when it is not a readable photo or shows no usable face;
    ///     REFUSED when faces may not be compared in the collection
    public Probe probe(Collection collection, Path photo, boolean all) {
        return read(photo, all, permit(collection));
    }

    /// Searches with a face of the collection, by its crop.
    ///
    /// @throws LikenessException REFUSED when faces may not be compared in the collection
    public Probe probe(Collection collection, Photo photo, Face face, AlignedCrop crop) {
        EmbeddingPermit permit = permit(collection);
        reader.prepare();
        AnalysedFace read = new AnalysedFace(
                face.box(), face.landmarks(), face.quality(), face.detectionScore(), crop, Optional.empty());
        return new Probe(photo.width(), photo.height(), List.of(read), photo.sha256(), reader, permit);
    }

    /// Reads the faces of a photo that is compared with another one, see [#verify]. Nothing of it is
    /// stored, and no collection can be searched with it.
    ///
    /// @throws LikenessException BAD_INPUT when it is not a readable photo or shows no usable face
    public Probe probe(Path photo, boolean all) {
        return read(photo, all, EmbeddingGate.outsideCollections());
    }

    private EmbeddingPermit permit(Collection collection) {
        return records.read(tx -> tx.basis().permit(collection, clock.instant()));
    }

    private Probe read(Path photo, boolean all, EmbeddingPermit permit) {
        reader.prepare();
        AnalysedPhoto read = switch (reader.read(photo, all ? FaceReader.Depth.FACES : FaceReader.Depth.PROBE)) {
            case PhotoReading.Read(AnalysedPhoto analysed) -> analysed;
            case PhotoReading.Unreadable(PhotoReading.Reason reason, String advice) ->
                throw new LikenessException(
                                LikenessException.Kind.BAD_INPUT,
                                "the photo cannot be read: " + words(reason) + "\n" + advice)
                        .called("probe.unreadable");
        };
        if (read.faces().isEmpty()) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            read.skipped().isEmpty()
                                    ? "the photo shows no face that could be found\n"
                                            + "Use a photo that shows the face larger and from the front."
                                    : "the photo shows " + read.skipped().size()
                                            + " face(s), but too small or turned too far\n"
                                            + "Use a photo that shows the face larger and from the front.")
                    .called("probe.no-face");
        }
        return new Probe(read.width(), read.height(), read.faces(), hash(photo), reader, permit);
    }

    private static String words(PhotoReading.Reason reason) {
        return reason.toString().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /// Compares two faces with each other. Nothing is stored.
    public Comparison verify(Probe one, int faceOfOne, Probe other, int faceOfOther) {
        ModelSpec model = reader.model();
        double score = one.template(faceOfOne).score(other.template(faceOfOther), model.metric());
        return new Comparison(score, model.calibration().falseMatchRate(score), Rarity.of(score, model.calibration()));
    }

    private static Sha256 hash(Path photo) {
        try (InputStream bytes = Files.newInputStream(photo)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return Sha256.of(digest.digest());
        } catch (IOException e) {
            throw new LikenessException(
                            LikenessException.Kind.UNAVAILABLE,
                            "the photo cannot be read\nAllow reading it and try again.",
                            e)
                    .called("disk.photo");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Searches a household or an archive for one face.
    ///
    /// @throws LikenessException REFUSED when the collection is an event, its profile or basis does not
    ///     allow the purpose, or it was shredded; CONFLICT when the collection's model is not the
    /// one that
    ///     is loaded
    public SearchAnswer find(SearchRequest request) {
        Collection collection = request.collection();
        if (!collection.profile().keepsUnknownTemplates()) {
            throw new LikenessException(
                            LikenessException.Kind.REFUSED,
                            "in a collection with profile "
                                    + collection.profile().word() + " somebody is searched for by"
                                    + " their consent, not by a photo of anybody"
                                    + "\nSay whom: --person ID; see likeness person"
                                    + " list.")
                    .called("search.by-photo");
        }
        Instant start = clock.instant();
        SearchAttempt attempt = new SearchAttempt(
                SearchId.next(),
                collection.id(),
                request.purpose(),
                Optional.empty(),
                Optional.empty(),
                request.actor(),
                Optional.of(request.probe().sha256()),
                reader.model().id(),
                SearchAttempt.State.OPEN,
                start,
                Optional.empty());
        records.<Boolean>read(tx -> {
            requirePurpose(tx, collection, request.purpose());
            tx.basis().permit(collection, start);
            return true;
        });
        requireModel(collection);
        request.probe().requireFor(collection.id());
        try {
            return search(request, attempt);
        } catch (RuntimeException | Error e) {
            aborted(attempt, e);
            throw e;
        }
    }

    private SearchAnswer search(SearchRequest request, SearchAttempt attempt) {
        Template probe = request.probe().template(request.face());
        try (Indexes.Use index = indexes.use(request.collection(), probe)) {
            int size = index.size();
            Threshold threshold = Threshold.of(reader.model(), request.maxFalse(), size);
            List<Hit> hits = index.search(threshold.scoreMin(), HITS_MAX, new FaceFilter.All());
            Answers.Found found = new Answers.Found(hits, size, 0, 0);
            return records.change(tx -> answer(tx, request, attempt, threshold, found));
        }
    }

    /// A search that failed is a use as well.
    private void aborted(SearchAttempt attempt, Throwable cause) {
        if (cause instanceof LikenessException e && e.kind() == LikenessException.Kind.BAD_INPUT) {
            return; // nothing was searched
        }
        try {
            records.<SearchId>change(tx -> {
                Instant now = clock.instant();
                tx.searches().add(attempt.ended(SearchAttempt.State.ABORTED, now));
                return new Records.Changed<>(attempt.id(), entry(attempt, Action.SEARCH_REFUSED, now));
            });
        } catch (LikenessException e) {
            cause.addSuppressed(e); // whatever failed before is the reason, and will be reported
        }
    }

    private static AuditEntry entry(SearchAttempt attempt, Action action, Instant now) {
        return AuditEntry.of(now, attempt.actor(), action, attempt.id().value(), attempt.collection())
                .withCount(0);
    }

    /// A purpose must be one of the profile's, and of the basis, where there is one.
    ///
    /// @throws LikenessException REFUSED when it is not
    static void requirePurpose(ReadTransaction tx, Collection collection, Purpose purpose) {
        Set<Purpose> allowed = tx.basis()
                .inForce(collection.id())
                .map(Basis::purposes)
                .orElse(collection.profile().purposes());
        if (!allowed.contains(purpose)) {
            throw new LikenessException(
                            LikenessException.Kind.REFUSED,
                            "collection " + collection.name() + ", with profile "
                                    + collection.profile().word() + ", cannot be searched for the purpose "
                                    + purpose.word()
                                    + "\nIt allows: "
                                    + allowed.stream().map(Purpose::word).collect(Collectors.joining(", "))
                                    + ".")
                    .called("search.purpose");
        }
    }

    private void requireModel(Collection collection) {
        if (!collection.model().equals(reader.model().id())) {
            throw new LikenessException(
                            LikenessException.Kind.CONFLICT,
                            "the collection holds templates of model " + collection.model()
                                    + " but the model in use is "
                                    + reader.model().id() + "\nUse the collection's own model pack: --model PACK.")
                    .called("search.model");
        }
    }

    /// The decision of invariant 3, in the transaction that records the search.
    private Records.Changed<SearchAnswer> answer(
            WriteTransaction tx,
            SearchRequest request,
            SearchAttempt attempt,
            Threshold threshold,
            Answers.Found found) {
        Instant now = clock.instant();
        tx.basis().permit(request.collection(), now);
        List<FaceId> ids = found.hits().stream().map(Hit::face).toList();
        Map<FaceId, FoundFace> visible = tx.searchable(request.collection().id(), ids, now).stream()
                .collect(Collectors.toMap(f -> f.face().id(), Function.identity(), (a, _) -> a, HashMap::new));
        // an index may still hold what has expired
        visible.keySet().retainAll(tx.withTemplate(request.collection().id(), ids, now));
        request.scope().except().ifPresent(visible::remove);
        List<FoundFace> outside = visible.values().stream()
                .filter(each -> !request.scope().has(each.photo(), tx.timeline(now)::placeOf))
                .toList();
        outside.forEach(each -> visible.remove(each.face().id()));
        long undated = outside.stream()
                .filter(each -> request.scope().misses(each.photo()))
                .count();
        SearchAnswer answer = answers.write(
                tx,
                attempt,
                threshold,
                found,
                new Answers.Visible(visible, new SearchAnswer.LeftOut(outside.size(), undated, 0)),
                request.limit(),
                now);
        tx.searches().add(attempt.ended(SearchAttempt.State.ANSWERED, now));
        return new Records.Changed<>(
                answer,
                entry(attempt, Action.SEARCHED, now).withCount(answer.hits().size()));
    }
}
