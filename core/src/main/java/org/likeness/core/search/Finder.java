package org.likeness.core.search;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.EmbeddingGate;
import org.likeness.core.collection.EmbeddingPermit;
import org.likeness.core.collection.Profile;
import org.likeness.core.collection.Purpose;
import org.likeness.core.photo.AnalysedPhoto;
import org.likeness.core.photo.Derivatives;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.FaceReader;
import org.likeness.core.photo.PhotoFiles;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.PhotoReading;
import org.likeness.core.records.ReadTransaction.FoundFace;
import org.likeness.core.records.Records;
import org.likeness.core.records.WriteTransaction;
import org.likeness.core.template.Calibration;
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
    private final CropScan scan;
    private final Clock clock;

    public Finder(Records records, PhotoFiles files, FaceReader reader, Indexes indexes, Clock clock) {
        this.records = records;
        this.reader = reader;
        this.indexes = indexes;
        this.scan = new CropScan(records, new Derivatives(files, reader), reader);
        this.clock = clock;
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
                        LikenessException.Kind.BAD_INPUT, "the photo cannot be read: " + words(reason) + "\n" + advice);
        };
        if (read.faces().isEmpty()) {
            throw new LikenessException(
                    LikenessException.Kind.BAD_INPUT,
                    read.skipped().isEmpty()
                            ? "the photo shows no face that could be found\n"
                                    + "Use a photo that shows the face larger and from the front."
                            : "the photo shows " + read.skipped().size() + " face(s), but too small or turned too far\n"
                                    + "Use a photo that shows the face larger and from the front.");
        }
        return new Probe(read.width(), read.height(), read.faces(), reader, permit);
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

    /// Searches one collection for one face.
    ///
    /// @throws LikenessException REFUSED when the collection's profile does not allow the purpose, or it
    ///     was
    /// shredded;
    ///     CONFLICT when the collection's model is not the one that is loaded
    public SearchAnswer find(SearchRequest request) {
        Collection collection = request.collection();
        check(request);
        EmbeddingPermit permit = permit(collection);
        request.probe().permit().requireFor(collection.id());
        Template probe = request.probe().template(request.face());
        Instant start = clock.instant();
        if (collection.profile().keepsUnknownTemplates()) {
            try (Indexes.Use index = indexes.use(collection, probe)) {
                int size = index.size();
                Threshold threshold = Threshold.of(reader.model(), request.maxFalse(), size);
                List<Hit> hits = index.search(threshold.scoreMin(), HITS_MAX, new FaceFilter.All());
                CropScan.Result found = new CropScan.Result(hits, size, 0);
                return records.change(tx -> answer(tx, request, threshold, found, start));
            }
        }
        long faces = records.read(tx -> {
            tx.vault().requireNotShredded(collection.id());
            return tx.searchableFaceCount(collection.id(), start);
        });
        Threshold threshold = Threshold.of(reader.model(), request.maxFalse(), Math.toIntExact(faces));
        CropScan.Result found = scan.scan(collection, probe, permit, threshold.scoreMin(), start);
        return records.change(tx -> answer(tx, request, threshold, found, start));
    }

    private void check(SearchRequest request) {
        Collection collection = request.collection();
        Profile profile = collection.profile();
        if (!profile.purposes().contains(request.purpose())) {
            throw new LikenessException(
                    LikenessException.Kind.REFUSED,
                    "a collection with profile " + profile.word() + " cannot be searched for the purpose "
                            + request.purpose().word() + "\nIt allows: "
                            + profile.purposes().stream().map(Purpose::word).collect(Collectors.joining(", ")) + ".");
        }
        if (!collection.model().equals(reader.model().id())) {
            throw new LikenessException(
                    LikenessException.Kind.CONFLICT,
                    "the collection holds templates of model " + collection.model() + " but the model in use is "
                            + reader.model().id() + "\nUse the collection's own model pack: --model PACK.");
        }
    }

    /// The decision of invariant 3, in the transaction that records the search.
    private Records.Changed<SearchAnswer> answer(
            WriteTransaction tx, SearchRequest request, Threshold threshold, CropScan.Result found, Instant start) {
        Instant now = clock.instant();
        List<FaceId> ids = found.hits().stream().map(Hit::face).toList();
        Map<FaceId, FoundFace> visible = tx.searchable(request.collection().id(), ids, now).stream()
                .collect(Collectors.toMap(f -> f.face().id(), Function.identity(), (a, _) -> a, HashMap::new));
        if (request.collection().profile().keepsUnknownTemplates()) { // an index may still hold what has expired
            visible.keySet().retainAll(tx.withTemplate(request.collection().id(), ids, now));
        }
        List<Hit> shown = found.hits().stream()
                .filter(hit -> visible.containsKey(hit.face()))
                .sorted(Comparator.comparingDouble(Hit::score).reversed())
                .toList();
        List<PhotoCandidates> photos = byPhoto(shown, visible, threshold);
        List<PhotoCandidates> page = photos.subList(0, Math.min(request.limit(), photos.size()));
        List<Hit> answered = page.stream()
                .flatMap(p -> p.candidates().stream())
                .map(c -> new Hit(c.face().id(), c.score()))
                .toList();
        Search search = new Search(
                SearchId.next(),
                request.collection().id(),
                request.purpose(),
                request.actor(),
                start,
                now,
                threshold,
                answered);
        tx.add(search);
        AuditEntry entry = AuditEntry.of(
                        now, request.actor(), Action.SEARCHED, search.id().value(), search.collection())
                .withCount(answered.size());
        return new Records.Changed<>(
                new SearchAnswer(search.id(), threshold, page, photos.size(), found.compared(), found.notCompared()),
                entry);
    }

    private List<PhotoCandidates> byPhoto(List<Hit> hits, Map<FaceId, FoundFace> visible, Threshold threshold) {
        Map<PhotoId, List<Hit>> grouped = new LinkedHashMap<>(); // keeps the order of the best hits
        for (Hit hit : hits) {
            FoundFace found = Objects.requireNonNull(visible.get(hit.face()));
            grouped.computeIfAbsent(found.photo().id(), _ -> new ArrayList<>()).add(hit);
        }
        List<PhotoCandidates> photos = new ArrayList<>();
        for (List<Hit> group : grouped.values()) {
            List<Candidate> candidates = new ArrayList<>();
            for (Hit hit : group) {
                candidates.add(candidate(Objects.requireNonNull(visible.get(hit.face())), hit, threshold));
            }
            FoundFace first =
                    Objects.requireNonNull(visible.get(group.getFirst().face()));
            photos.add(new PhotoCandidates(first.photo(), candidates));
        }
        return photos;
    }

    private Candidate candidate(FoundFace found, Hit hit, Threshold threshold) {
        Calibration calibration = reader.model().calibration();
        double fmr = calibration.falseMatchRate(hit.score());
        double falseHere = -Math.expm1(Math.max(1, threshold.faces()) * Math.log1p(-Math.min(fmr, 1 - 1e-12)));
        return new Candidate(found.face(), hit.score(), Rarity.of(hit.score(), calibration), falseHere);
    }
}
