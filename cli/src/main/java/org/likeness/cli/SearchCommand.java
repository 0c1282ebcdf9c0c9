package org.likeness.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.collection.Purpose;
import org.likeness.core.consent.Audience;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.AnalysedPhoto.AnalysedFace;
import org.likeness.core.photo.Box;
import org.likeness.core.search.Candidate;
import org.likeness.core.search.PersonSearch;
import org.likeness.core.search.PhotoCandidates;
import org.likeness.core.search.Probe;
import org.likeness.core.search.SearchAnswer;
import org.likeness.core.template.Rate;
import org.likeness.library.Likeness;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `likeness search [PHOTO]`
@Command(
        name = "search",
        description = {
            "Find the photos a face is in. Candidates are candidates: a person decides who it is.",
            "In an event somebody is searched for by their consent: --person. A PHOTO must then show that person."
        },
        subcommands = {
            SearchRecordCommand.Show.class,
            SearchRecordCommand.ListAll.class,
            SearchRecordCommand.Decide.class
        })
final class SearchCommand extends LikenessCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "PHOTO",
            description = "A photo of the face. It is forgotten after the search.")
    private Optional<Path> photo = Optional.empty();

    @Option(names = "--person", paramLabel = "ID", description = "Whom to find in an event; see likeness person list.")
    private Optional<String> person = Optional.empty();

    @Option(
            names = "--audience",
            paramLabel = "WHO",
            description =
                    "For whom they are found: myself (default), staff or group:NAME. They must have agreed to it.")
    private Optional<String> audience = Optional.empty();

    @Option(names = "--collection", paramLabel = "NAME", description = "Which one; not needed when there is one.")
    private Optional<String> collection = Optional.empty();

    @Option(
            names = "--face",
            paramLabel = "N",
            description = "Which face, when the photo shows several; 1 is the largest.")
    private Optional<Integer> face = Optional.empty();

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "Photos to show (default: 20).")
    private int limit;

    @Option(
            names = "--max-false",
            paramLabel = "RATE",
            description = "How often a search of a stranger may return anyone, such as 1/1000 (default: setting "
                    + "search.max-false).")
    private Optional<String> maxFalse = Optional.empty();

    @Option(
            names = "--purpose",
            paramLabel = "PURPOSE",
            converter = PurposeWord.class,
            description = {
                "Why: personal (household), catalogue (archive). A household needs none; in an event the audience",
                "says it."
            })
    private Optional<Purpose> purpose = Optional.empty();

    @Option(names = "--page", paramLabel = "FILE", description = "Also write a page with the photos and boxes.")
    private Optional<Path> page = Optional.empty();

    @Override
    ExitCode execute() {
        if (photo.isEmpty() && person.isEmpty()) {
            throw usage("a search needs a photo of the face, or a person\nName it: search PHOTO, or --person ID.");
        }
        photo.ifPresent(LikenessCommand::requirePhoto);
        requireFace(face);
        Optional<OutputFile> html = page.map(path -> new OutputFile(path, OutputFile.Kind.PAGE).requireFree());
        try (Likeness likeness = shared().open()) {
            Rate rate = maxFalse.map(Rate::parse).orElse(likeness.settings().maxFalse());
            if (person.isPresent()) {
                return person(likeness, personId(person.get()), rate);
            }
            Collection where = collection(likeness, collection);
            if (where.profile() == Profile.EVENT) {
                throw new LikenessException(
                        LikenessException.Kind.REFUSED,
                        "in a collection with profile event somebody is searched for by their consent"
                                + "\nSay whom: --person ID; see likeness person list.");
            }
            Path file = photo.orElseThrow();
            Purpose why = purpose(where, purpose);
            Instant start = Instant.now();
            Probe probe = probe(face, all -> likeness.probe(where, file, all));
            int number = choose(probe, face);
            Instant searching = Instant.now();
            SearchAnswer answer = likeness.search(where, probe, number, why, rate, limit);
            Timing timing = new Timing(Duration.between(start, searching), Duration.between(searching, Instant.now()));
            print(out(), answer, timing);
            html.ifPresent(target -> {
                ResultPage.write(target, likeness, where, probe, number, answer);
                out().line("Page: " + target.path().toAbsolutePath());
            });
            return ExitCode.OK;
        }
    }

    /// Finds somebody who agreed to it.
    private ExitCode person(Likeness likeness, PersonId id, Rate rate) {
        if (page.isPresent() || purpose.isPresent()) {
            throw new LikenessException(
                    LikenessException.Kind.BAD_INPUT,
                    "--page and --purpose are for searches with a photo\nLeave them out: the audience is the purpose.");
        }
        Collection where = likeness.find().collectionOf(id);
        if (collection.isPresent() && !collection.get().equals(where.name())) {
            throw new LikenessException(
                    LikenessException.Kind.NOT_FOUND,
                    "person " + id + " is not in collection " + collection.get()
                            + "\nLeave --collection out: a person belongs to one.");
        }
        Instant start = Instant.now();
        Optional<PersonSearch.Selfie> selfie = photo.map(file -> {
            Probe probe = probe(face, all -> likeness.probe(where, file, all));
            return new PersonSearch.Selfie(probe, choose(probe, face));
        });
        Instant searching = Instant.now();
        Audience forWhom = Audience.parse(audience.orElse("myself"));
        Progress progress = new Progress(err(), !out().json());
        SearchAnswer answer = likeness.find().search(id, forWhom, selfie, rate, limit, progress::compared);
        progress.end();
        Duration reading = selfie.isPresent() ? Duration.between(start, searching) : Duration.ZERO;
        print(out(), answer, new Timing(reading, Duration.between(searching, Instant.now())));
        if (!answer.photos().isEmpty()) {
            out().line("Decide about candidates: likeness search decide " + answer.id() + " N --is (or --is-not)");
        }
        return ExitCode.OK;
    }

    static PersonId personId(String text) {
        return id("person", text, PersonId::parse);
    }

    /// @throws LikenessException BAD_INPUT when it is no id
    static <T> T id(String what, String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new LikenessException(
                    LikenessException.Kind.BAD_INPUT,
                    "a " + what + " is named by its id, 36 characters with hyphens\nCopy it from a list.",
                    e);
        }
    }

    /// How long reading the probe and searching took.
    record Timing(Duration probe, Duration search) {}

    static Purpose purpose(Collection collection, Optional<Purpose> asked) {
        if (asked.isPresent()) {
            return asked.get();
        }
        if (collection.profile() == Profile.HOUSEHOLD) {
            return Purpose.PERSONAL;
        }
        throw new LikenessException(
                LikenessException.Kind.REFUSED,
                "a search in a collection with profile " + collection.profile().word() + " needs a purpose\n"
                        + "Say why with --purpose: "
                        + String.join(
                                ", ",
                                collection.profile().purposes().stream()
                                        .map(Purpose::word)
                                        .toList())
                        + ".");
    }

    /// Asked before a photo is read.
    static void requireFace(Optional<Integer> face) {
        if (face.isPresent() && face.get() < 1) {
            throw new LikenessException(
                    LikenessException.Kind.BAD_INPUT,
                    "a face is named by its number, from 1, but this is " + face.get() + "\n1 is the largest face.");
        }
    }

    /// Reads the larger faces when that is enough, and all of them for somebody who chooses.
    static Probe probe(Optional<Integer> face, Function<Boolean, Probe> reading) {
        if (face.orElse(1) > 1) {
            return reading.apply(true);
        }
        Probe larger = reading.apply(false);
        return face.isPresent() || larger.faces().size() == 1 ? larger : reading.apply(true);
    }

    /// The face to search; several faces and no choice is a question back.
    static int choose(Probe probe, Optional<Integer> face) {
        if (face.isPresent() || probe.faces().size() == 1) {
            return face.orElse(1);
        }
        StringBuilder list = new StringBuilder();
        for (int i = 0; i < probe.faces().size(); i++) {
            AnalysedFace shown = probe.faces().get(i);
            list.append("\n  ")
                    .append(i + 1)
                    .append("  ")
                    .append(place(shown.box(), probe))
                    .append(", ");
            list.append(Math.round(shown.box().height())).append(" pixels tall");
            list.append(shown.quality().low() ? ", low quality" : "");
        }
        throw new LikenessException(
                LikenessException.Kind.BAD_INPUT,
                "the photo shows " + probe.faces().size() + " faces:" + list + "\nChoose one: --face N.");
    }

    private static String place(Box box, Probe probe) {
        double x = (box.x() + box.width() / 2) / probe.width();
        double y = (box.y() + box.height() / 2) / probe.height();
        return String.format(Locale.ROOT, "%2.0f %% from the left, %2.0f %% from the top", 100 * x, 100 * y);
    }

    static void print(Out out, SearchAnswer answer, Timing timing) {
        int place = 1;
        int rank = 1;
        // where every photo has one candidate, the photo's number is the candidate's
        boolean candidatesDiffer =
                answer.photos().stream().anyMatch(p -> p.candidates().size() > 1);
        for (PhotoCandidates photo : answer.photos()) {
            out.line(String.format(
                    Locale.ROOT, "%3d  %s", place++, Out.file(photo.photo().location())));
            for (Candidate candidate : photo.candidates()) {
                out.line("     " + (candidatesDiffer ? "candidate " + rank + ": " : "") + words(candidate));
                rank++;
            }
        }
        if (answer.photos().isEmpty()) {
            out.line("Nobody in the collection looks alike enough.");
        }
        if (answer.photosInAll() > answer.photos().size()) {
            long more = answer.photosInAll() - answer.photos().size();
            out.line("… and " + Out.counted(more, "more photo", "more photos") + "; raise --limit.");
        }
        out.line(String.format(
                Locale.ROOT,
                "%s compared in %d ms%s. A stranger's search would return anyone about %s times%s.",
                Out.counted(answer.compared(), "face", "faces"),
                timing.search().toMillis(),
                timing.probe().isZero()
                        ? ""
                        : " (reading the probe: " + timing.probe().toMillis() + " ms)",
                Rate.inWords(answer.threshold().fpir()),
                answer.threshold().measured() ? "" : " (estimated: the calibration does not reach that far)"));
        if (answer.notCompared() > 0) {
            out.line(Out.counted(answer.notCompared(), "face", "faces")
                    + " could not be compared: the photo is gone or damaged.");
        }
        out.document(describe(answer, timing));
    }

    /// Where the face is, its score, and how rare that is.
    static String words(Candidate candidate) {
        Box box = candidate.face().box();
        return String.format(
                Locale.ROOT,
                "face at %.0f,%.0f (%.0f × %.0f)  score %.3f  %s would look this alike%s",
                box.x(),
                box.y(),
                box.width(),
                box.height(),
                candidate.score(),
                candidate.rarity().words(),
                candidate.face().quality().low() ? "  (low quality)" : "");
    }

    private static Map<String, Object> describe(SearchAnswer answer, Timing timing) {
        AtomicInteger rank = new AtomicInteger();
        List<Map<String, Object>> photos =
                answer.photos().stream().map(photo -> describe(photo, rank)).toList();
        return Out.map(
                "search", answer.id().toString(),
                "maxFalse", answer.threshold().fpir(),
                "scoreMin", answer.threshold().scoreMin(),
                "measured", answer.threshold().measured(),
                "compared", answer.compared(),
                "notCompared", answer.notCompared(),
                "photosInAll", answer.photosInAll(),
                "probeMilliseconds", timing.probe().toMillis(),
                "searchMilliseconds", timing.search().toMillis(),
                "photos", photos);
    }

    private static Map<String, Object> describe(PhotoCandidates photo, AtomicInteger rank) {
        return Out.map(
                "photo", photo.photo().id().toString(),
                "file", Out.file(photo.photo().location()),
                "width", photo.photo().width(),
                "height", photo.photo().height(),
                "candidates",
                        photo.candidates().stream()
                                .map(candidate -> describe(candidate, rank.incrementAndGet()))
                                .toList());
    }

    private static Map<String, Object> describe(Candidate candidate, int rank) {
        Box box = candidate.face().box();
        return Out.map(
                "rank", rank,
                "face", candidate.face().id().toString(),
                "box", Out.map("x", box.x(), "y", box.y(), "width", box.width(), "height", box.height()),
                "score", candidate.score(),
                "falseMatchRate", candidate.rarity().fmr(),
                "measured", candidate.rarity().measured(),
                "falseHere", candidate.falseHere(),
                "lowQuality", candidate.face().quality().low());
    }

    /// `find-myself` to FIND_MYSELF.
    static final class PurposeWord implements ITypeConverter<Purpose> {
        @Override
        public Purpose convert(String word) {
            for (Purpose purpose : Purpose.values()) {
                if (purpose.word().equals(word.toLowerCase(Locale.ROOT))) {
                    return purpose;
                }
            }
            throw new picocli.CommandLine.TypeConversionException(
                    "must be personal, find-myself or catalogue but is " + word);
        }
    }
}
