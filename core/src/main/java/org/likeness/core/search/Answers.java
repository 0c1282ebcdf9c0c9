package org.likeness.core.search;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.records.ReadTransaction.FoundFace;
import org.likeness.core.records.WriteTransaction;
import org.likeness.core.template.Calibration;
import org.likeness.core.template.TemplateIndex.Hit;
import org.likeness.core.template.Threshold;

/// Turns what was found and may be seen into an answer and its record, inside the transaction that decided
/// it. Immutable.
final class Answers {
    private final Calibration calibration;

    Answers(Calibration calibration) {
        this.calibration = calibration;
    }

    /// What was found.
    record Found(List<Hit> hits, long compared, long notCompared, long embedded) {
        Found {
            hits = List.copyOf(hits);
        }
    }

    /// What this caller may see.
    ///
    /// @param faces the faces they may see now, for this purpose; no other is shown
    /// @param leftOut what they might see as well and is not shown
    record Visible(Map<FaceId, FoundFace> faces, SearchAnswer.LeftOut leftOut) {}

    /// Records the search and what it shows.
    SearchAnswer write(
            WriteTransaction tx,
            SearchAttempt attempt,
            Threshold threshold,
            Found found,
            Visible seen,
            int limit,
            Instant now) {
        Map<FaceId, FoundFace> visible = seen.faces();
        List<Hit> shown = found.hits().stream()
                .filter(hit -> visible.containsKey(hit.face()))
                .sorted(Comparator.comparingDouble(Hit::score)
                        .reversed()
                        .thenComparing(hit -> hit.face().toString()))
                .toList();
        List<PhotoCandidates> photos = byPhoto(shown, visible, threshold);
        List<PhotoCandidates> page = photos.subList(0, Math.min(limit, photos.size()));
        SearchAnswer answer = new SearchAnswer(
                attempt.id(),
                threshold,
                page,
                photos.size(),
                seen.leftOut(),
                found.compared(),
                found.notCompared(),
                found.embedded());
        tx.add(new Search(
                attempt.id(),
                attempt.collection(),
                attempt.purpose(),
                attempt.actor(),
                attempt.startedAt(),
                now,
                threshold,
                answer.hits()));
        return answer;
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
        Rarity rarity = Rarity.of(hit.score(), calibration);
        double falseHere = -Math.expm1(Math.max(1, threshold.faces()) * Math.log1p(-Math.min(rarity.fmr(), 1 - 1e-12)));
        return new Candidate(found.face(), hit.score(), rarity, falseHere);
    }
}
