package org.likeness.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.likeness.core.person.PersonId;
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
/// @param leftOut what was alike enough and is not shown, in words; empty: nothing
/// @param mark from where on a candidate is shown, on the bars of their scores, in hundredths
/// @param person who was searched for in an event
/// @param notThem faces of which somebody said that they are not that person
public record SearchView(
        String id,
        String probePicture,
        String picture,
        String strangers,
        long compared,
        long photosInAll,
        String leftOut,
        List<CandidateView> candidates,
        int mark,
        Optional<String> person,
        List<String> notThem) {
    /// What people said of a face and somebody.
    ///
    /// @param key of the text that says it of the name
    public record Said(String name, String key) {}

    /// A candidate.
    ///
    /// @param day when the photo was taken, or that it does not say
    /// @param taken the same to order by; empty when it does not say
    /// @param words how rare such likeness is among strangers
    /// @param bar how far the score's bar goes, in hundredths
    /// @param said what people said of it before
    public record CandidateView(
            int rank,
            String face,
            String photo,
            String day,
            String taken,
            String words,
            String score,
            int bar,
            List<Said> said) {
        public CandidateView {
            said = List.copyOf(said);
        }
    }

    public SearchView {
        candidates = List.copyOf(candidates);
        notThem = List.copyOf(notThem);
    }

    /// The same, of a person.
    SearchView of(PersonId found, List<FaceId> not) {
        return new SearchView(
                id,
                probePicture,
                picture,
                strangers,
                compared,
                photosInAll,
                leftOut,
                candidates,
                mark,
                Optional.of(found.toString()),
                not.stream().map(FaceId::toString).toList());
    }

    static SearchView of(SearchAnswer answer, String probePicture, Texts texts, Map<FaceId, List<Said>> said) {
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
                                .orElse(texts.of("photo.undated")),
                        photo.photo().takenAt().map(Object::toString).orElse(""),
                        words(candidate.rarity(), texts),
                        texts.of(
                                "search.score",
                                candidate.score(),
                                answer.threshold().scoreMin()),
                        hundredths(candidate.score()),
                        said.getOrDefault(candidate.face().id(), List.of())));
            }
        }
        return new SearchView(
                answer.id().toString(),
                probePicture,
                probePicture.isEmpty() || probePicture.endsWith("/portrait") ? "portrait" : "crop",
                texts.of(
                        answer.threshold().measured() ? "search.rate" : "search.rate.estimated",
                        oneIn(answer.threshold().fpir())),
                answer.compared(),
                answer.photosInAll(),
                leftOut(answer.leftOut(), texts),
                candidates,
                hundredths(answer.threshold().scoreMin()),
                Optional.empty(),
                List.of());
    }

    private static String leftOut(SearchAnswer.LeftOut leftOut, Texts texts) {
        if (leftOut.outside() == 0) {
            return "";
        }
        return leftOut.undated() == 0
                ? texts.of("search.left-out", leftOut.outside())
                : texts.of("search.left-out.undated", leftOut.outside(), leftOut.undated());
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

    /// Scores reach 1 at most; the few below 0 are at the end of the bar.
    private static int hundredths(double score) {
        return (int) Math.round(100 * Math.clamp(score, 0, 1));
    }

    static long oneIn(double share) {
        return Math.round(Double.parseDouble(
                Rate.inWords(share).replaceFirst("^1 in ", "").replace(",", "")));
    }
}
