package org.likeness.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Assessment;
import org.likeness.core.collection.Basis;
import org.likeness.core.collection.BasisDraft;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.LawfulBasis;
import org.likeness.core.collection.Profile;
import org.likeness.core.collection.Purpose;
import org.likeness.core.collection.Retention;
import org.likeness.core.collection.SpecialCondition;
import org.likeness.library.Likeness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `likeness collection basis NAME`
@Command(
        name = "basis",
        description = {
            "Record on what an event or archive rests; without options: show it.",
            "Until it is recorded, photos are imported and faces are found, but nothing is compared.",
            "The first must be complete, all parts at once; later, what is left out stays as it was."
        })
final class BasisCommand extends LikenessCommand {
    @Parameters(paramLabel = "NAME", description = "Which collection.")
    private String name;

    @Option(names = "--controller", paramLabel = "WHO", description = "Who answers for it, as the notice says.")
    private Optional<String> controller = Optional.empty();

    @Option(
            names = "--lawful-basis",
            paramLabel = "GROUND",
            description = {
                "GDPR article 6: consent, contract, legal-obligation, vital-interests, public-task,",
                "legitimate-interests."
            })
    private Optional<String> lawfulBasis = Optional.empty();

    @Option(
            names = "--condition",
            paramLabel = "CONDITION",
            description = {
                "GDPR article 9: explicit-consent (the only one for an event), made-public, legal-claims,",
                "public-interest, archiving-or-research."
            })
    private Optional<String> condition = Optional.empty();

    @Option(
            names = "--purpose",
            paramLabel = "PURPOSE",
            split = ",",
            description = "find-myself and find-consenting (event), catalogue (archive). May be repeated.")
    private List<String> purposes = List.of();

    @Option(names = "--photos-kept", paramLabel = "PERIOD", description = "From import on, such as 90d, 18m or 2y.")
    private Optional<String> photosKept = Optional.empty();

    @Option(
            names = "--templates-kept",
            paramLabel = "PERIOD",
            description = "From their creation on; in an event at most 3y, in an archive at most 365d.")
    private Optional<String> templatesKept = Optional.empty();

    @Option(
            names = "--inactivity",
            paramLabel = "PERIOD",
            description = "How long consent lasts when nothing is heard of a person; at most 3y.")
    private Optional<String> inactivity = Optional.empty();

    @Option(names = "--purpose-ends", paramLabel = "DATE", description = "When what it is for is over, if it ends.")
    private Optional<String> purposeEnds = Optional.empty();

    @Option(names = "--notice", paramLabel = "VERSION", description = "The published notice that tells people.")
    private Optional<Integer> notice = Optional.empty();

    @Option(
            names = "--alternative",
            paramLabel = "TEXT",
            description = "The less intrusive way that was considered, and why it does not do.")
    private Optional<String> alternative = Optional.empty();

    @Option(
            names = "--dpia",
            paramLabel = "DECISION",
            description = "Whether there is an impact assessment: carried-out or not-needed.")
    private Optional<String> dpia = Optional.empty();

    @Option(names = "--dpia-reason", paramLabel = "TEXT", description = "Where it is kept, or why none is needed.")
    private Optional<String> dpiaReason = Optional.empty();

    @Override
    ExitCode execute() {
        BasisDraft draft = draft();
        try (Likeness likeness = shared().open()) {
            Collection collection = likeness.collection(name);
            if (draft.equals(BasisDraft.EMPTY)) {
                return show(collection, likeness.bases().versions(collection));
            }
            Basis recorded = likeness.bases().record(collection, draft);
            out().line("Recorded basis " + recorded.version() + " of collection " + collection.name() + ".");
            if (recorded.material()) {
                out().line("It changes in substance what people agreed to: consents rest until they are given again.");
            }
            long made = likeness.fillTemplates(collection, _ -> {});
            if (made > 0) {
                out().line(made + " faces that were found before can now be compared.");
            }
            out().document(describe(recorded));
            return ExitCode.OK;
        }
    }

    private BasisDraft draft() {
        if (dpia.isPresent() != dpiaReason.isPresent()) {
            throw bad("an impact assessment needs both its decision and the reason"
                    + "\nGive --dpia DECISION and --dpia-reason TEXT.");
        }
        Set<Purpose> why = purposes.stream()
                .map(word -> word("--purpose", word, Purpose.values(), Purpose::word))
                .collect(Collectors.toSet());
        return new BasisDraft(
                controller,
                lawfulBasis.map(word -> word("--lawful-basis", word, LawfulBasis.values(), LawfulBasis::word)),
                condition.map(word -> word("--condition", word, SpecialCondition.values(), SpecialCondition::word)),
                why,
                photosKept.map(Retention::period),
                templatesKept.map(Retention::period),
                inactivity.map(Retention::period),
                purposeEnds.map(BasisCommand::day),
                notice,
                alternative,
                dpia.map(word -> new Assessment(
                        word("--dpia", word, Assessment.Decision.values(), Assessment.Decision::word),
                        dpiaReason.orElseThrow())));
    }

    private static <T> T word(String option, String given, T[] values, Function<T, String> word) {
        return Arrays.stream(values)
                .filter(value -> word.apply(value).equals(given.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> bad(option + " must be one of "
                        + Arrays.stream(values).map(word).collect(Collectors.joining(", ")) + " but is " + given
                        + "\nChoose one of them."));
    }

    private static Instant day(String text) {
        try {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw new LikenessException(
                    LikenessException.Kind.BAD_INPUT,
                    "a date must be like 2027-06-30 but is " + text + "\nGive year, month and day.",
                    e);
        }
    }

    private static LikenessException bad(String message) {
        return new LikenessException(LikenessException.Kind.BAD_INPUT, message);
    }

    private ExitCode show(Collection collection, List<Basis> versions) {
        Out out = out();
        if (collection.profile() == Profile.HOUSEHOLD) {
            out.line("A household needs no basis: its profile says what it is.");
        } else if (versions.isEmpty()) {
            out.line("No basis is recorded, so nothing is compared. Missing:");
            for (BasisDraft.Field field : BasisDraft.Field.values()) {
                out.line("  " + field.words() + ": " + field.flag());
            }
        } else {
            lines(versions.getLast()).forEach(out::line);
        }
        out.document(Out.map(
                "versions", versions.stream().map(BasisCommand::describe).toList()));
        return ExitCode.OK;
    }

    private static List<String> lines(Basis basis) {
        List<String> lines = new ArrayList<>();
        lines.add("Basis " + basis.version() + ", recorded " + basis.recordedAt());
        lines.add("  controller   " + basis.controller());
        lines.add("  article 6    " + basis.lawfulBasis().word());
        lines.add("  article 9    " + basis.condition().word());
        lines.add("  purposes     " + words(basis));
        lines.add("  photos       " + Retention.words(basis.retention().photos()));
        lines.add("  templates    " + Retention.words(basis.retention().templates()));
        lines.add("  inactivity   " + Retention.words(basis.retention().inactivity()));
        basis.retention().purposeEndsAt().ifPresent(end -> lines.add("  ends         " + end));
        lines.add("  notice       version " + basis.noticeVersion());
        lines.add("  alternative  " + basis.alternative());
        lines.add("  assessment   " + basis.assessment().decision().word() + ": "
                + basis.assessment().reason());
        return lines;
    }

    private static String words(Basis basis) {
        return basis.purposes().stream().map(Purpose::word).collect(Collectors.joining(", "));
    }

    private static Map<String, Object> describe(Basis basis) {
        Map<String, Object> map = Out.map(
                "version", basis.version(),
                "material", basis.material(),
                "recordedAt", basis.recordedAt().toString(),
                "controller", basis.controller(),
                "lawfulBasis", basis.lawfulBasis().word(),
                "condition", basis.condition().word(),
                "purposes", basis.purposes().stream().map(Purpose::word).toList(),
                "photosKept", basis.retention().photos().toString(),
                "templatesKept", basis.retention().templates().toString(),
                "inactivity", basis.retention().inactivity().toString(),
                "notice", basis.noticeVersion(),
                "alternative", basis.alternative(),
                "dpia", basis.assessment().decision().word(),
                "dpiaReason", basis.assessment().reason());
        basis.retention().purposeEndsAt().ifPresent(end -> map.put("purposeEndsAt", end.toString()));
        return map;
    }
}
