package org.likeness.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.likeness.core.photo.FaceId;
import org.likeness.core.search.Candidate;
import org.likeness.core.search.PhotoCandidates;
import org.likeness.core.search.Rarity;
import org.likeness.core.search.SearchAnswer;
import org.likeness.core.template.Rate;

/// What the page of a search shows. Immutable.
///
/// @param probePicture address of the face that was searched for; empty for a person
/// @param picture of a candidate's face: `portrait`, with what is around it, unless it stands beside a
///     photo that was sent, of which only the face itself is kept
/// @param strangers how often a stranger's search would return anybody
public record SearchView(
        String id,
        String probePicture,
        String picture,
        String strangers,
        long compared,
        long photosInAll,
        List<CandidateView> candidates,
        Optional<String> person) {
    /// What people said of a face and somebody.
    ///
    /// @param key of the text that says it of the name
    public record Said(String name, String key) {}

    /// A candidate.
    ///
    /// @param words how rare such likeness is among strangers
    /// @param said what people said of it before
    public record CandidateView(
            int rank, String face, String photo, String day, String words, String score, List<Said> said) {
        public CandidateView {
            said = List.copyOf(said);
        }
    }

    public SearchView {
        candidates = List.copyOf(candidates);
    }

    static SearchView of(
            SearchAnswer answer,
            String probePicture,
            Texts texts,
            Optional<String> person,
            Map<FaceId, List<Said>> said) {
        List<CandidateView> candidates = new java.util.ArrayList<>();
        int rank = 1;
        for (PhotoCandidates photo : answer.photos()) {
            for (Candidate candidate : photo.candidates()) {
                candidates.add(new CandidateView(
                        rank++,
                        candidate.face().id().toString(),
                        photo.photo().id().toString(),
                        photo.photo()
                                .takenAt()
                                .map(at -> texts.day(at.toLocalDate()))
                                .orElse(texts.day(photo.photo().importedAt())),
                        words(candidate.rarity(), texts),
                        texts.of("search.score", candidate.score()),
                        said.getOrDefault(candidate.face().id(), List.of())));
            }
        }
        return new SearchView(
                answer.id().toString(),
                probePicture,
                probePicture.isEmpty() || probePicture.endsWith("/portrait") ? "portrait" : "crop",
                texts.of("search.rate", oneIn(answer.threshold().fpir())),
                answer.compared(),
                answer.photosInAll(),
                candidates,
                person);
    }

    /// Says a likeness as people understand it, and never who somebody is.
    static String words(Rarity rarity, Texts texts) {
        if (!rarity.measured() && rarity.fmr() >= 1) {
            return texts.of("search.rarity.unknown");
        }
        if (rarity.fmr() > 0.5) {
            return texts.of("search.rarity.most");
        }
        return texts.of(rarity.measured() ? "search.rarity" : "search.rarity.fewer", oneIn(rarity.fmr()));
    }

    private static long oneIn(double share) {
        return Math.round(Double.parseDouble(
                Rate.inWords(share).replaceFirst("^1 in ", "").replace(",", "")));
    }
}
