package org.likeness.server;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.likeness.core.collection.Assessment;
import org.likeness.core.collection.Basis;
import org.likeness.core.collection.BasisDraft;
import org.likeness.core.collection.BasisDraft.Fault;
import org.likeness.core.collection.BasisDraft.Field;
import org.likeness.core.collection.LawfulBasis;
import org.likeness.core.collection.Profile;
import org.likeness.core.collection.Purpose;
import org.likeness.core.collection.Retention;
import org.likeness.core.collection.SpecialCondition;

/// The form of a [Basis]: read part by part, so that everything that is wrong is said at once, beside
/// what was written. One thread at a time.
final class BasisForm {
    private static final String UNIT = "Unit";

    private final Form sent;
    private final Texts texts;
    private final Map<String, String> problems = new LinkedHashMap<>();
    private final BasisDraft draft;

    BasisForm(Form sent, Texts texts) {
        this.sent = sent;
        this.texts = texts;
        this.draft = read();
    }

    /// What the form says.
    BasisDraft draft() {
        return draft;
    }

    /// The form as it was sent, with what is wrong; what it leaves out stays as it was.
    Form checked(Profile profile, Optional<Basis> before) {
        BasisDraft whole = before.map(draft::over).orElse(draft);
        whole.faults(profile)
                .forEach((field, fault) -> problems.putIfAbsent(input(field), words(field, fault, profile)));
        return sent.with(problems);
    }

    /// A form that says what is in force; before anything is, the choices that most make.
    static Form of(Optional<Basis> basis, int notice) {
        Map<String, List<String>> given = new LinkedHashMap<>();
        given.put("notice", List.of(Integer.toString(notice)));
        given.put("condition", List.of(SpecialCondition.EXPLICIT_CONSENT.name()));
        List<String> all = Arrays.stream(Purpose.values()).map(Purpose::name).toList();
        given.put("purposes", all);
        for (Field period : List.of(Field.PHOTOS_KEPT, Field.TEMPLATES_KEPT, Field.INACTIVITY)) {
            given.put(input(period) + UNIT, List.of("YEARS"));
        }
        basis.ifPresent(known -> {
            given.put(input(Field.CONTROLLER), List.of(known.controller()));
            given.put(input(Field.LAWFUL_BASIS), List.of(known.lawfulBasis().name()));
            given.put(input(Field.CONDITION), List.of(known.condition().name()));
            given.put("purposes", known.purposes().stream().map(Purpose::name).toList());
            write(given, Field.PHOTOS_KEPT, known.retention().photos());
            write(given, Field.TEMPLATES_KEPT, known.retention().templates());
            write(given, Field.INACTIVITY, known.retention().inactivity());
            known.retention()
                    .purposeEndsAt()
                    .ifPresent(end -> given.put(
                            "purposeEnds",
                            List.of(Texts.lastDay(end, ZoneId.systemDefault()).toString())));
            given.put(input(Field.ALTERNATIVE), List.of(known.alternative()));
            given.put("dpia", List.of(known.assessment().decision().name()));
            given.put(input(Field.ASSESSMENT), List.of(known.assessment().reason()));
        });
        return new Form(given, Map.of());
    }

    /// As a number and a unit; one that needs two units is left out, and so stays as it is.
    private static void write(Map<String, List<String>> given, Field field, Period period) {
        int years = period.getYears();
        long months = period.toTotalMonths();
        if (period.equals(Period.ofYears(years))) {
            write(given, field, years, "YEARS");
        } else if (period.withDays(0).equals(period)) {
            write(given, field, months, "MONTHS");
        } else if (months == 0) {
            write(given, field, period.get(ChronoUnit.DAYS), "DAYS");
        }
    }

    private static void write(Map<String, List<String>> given, Field field, long count, String unit) {
        given.put(input(field), List.of(Long.toString(count)));
        given.put(input(field) + UNIT, List.of(unit));
    }

    /// The input of a part.
    static String input(Field field) {
        return switch (field) {
            case CONTROLLER -> "controller";
            case LAWFUL_BASIS -> "lawfulBasis";
            case CONDITION -> "condition";
            case PURPOSES -> "purposes";
            case PHOTOS_KEPT -> "photosKept";
            case TEMPLATES_KEPT -> "templatesKept";
            case INACTIVITY -> "inactivity";
            case NOTICE -> "notice";
            case ALTERNATIVE -> "alternative";
            case ASSESSMENT -> "dpiaReason";
        };
    }

    private String words(Field field, Fault fault, Profile profile) {
        return switch (fault) {
            case MISSING -> texts.of("settings.missing." + input(field));
            case TOO_MANY_WORDS -> texts.of("form.too-many-words", Basis.LENGTH_MAX);
            case NOT_HERE -> texts.of("form.not-here");
            case NO_TIME -> texts.of("form.number");
            case TOO_LONG ->
                texts.of(
                        "form.too-long",
                        texts.period(
                                field == Field.TEMPLATES_KEPT
                                        ? profile.templateMax().orElseThrow()
                                        : Retention.INACTIVITY_MAX));
        };
    }

    private BasisDraft read() {
        Set<Purpose> purposes = EnumSet.noneOf(Purpose.class);
        for (Purpose each : Purpose.values()) {
            if (sent.has("purposes", each.name())) {
                purposes.add(each);
            }
        }
        if (purposes.isEmpty()) { // what is left out would stay as it was, but somebody cleared every box
            problems.put("purposes", texts.of("settings.missing.purposes"));
        }
        return new BasisDraft(
                text("controller"),
                chosen("lawfulBasis", LawfulBasis.values()),
                chosen("condition", SpecialCondition.values()),
                purposes,
                period("photosKept"),
                period("templatesKept"),
                period("inactivity"),
                purposeEnds(),
                text("notice")
                        .filter(version -> version.matches("[1-9][0-9]{0,5}"))
                        .map(Integer::valueOf),
                text("alternative"),
                assessment());
    }

    private Optional<String> text(String input) {
        return Optional.of(sent.value(input)).filter(text -> !text.isEmpty());
    }

    private <T extends Enum<T>> Optional<T> chosen(String input, T[] values) {
        return Arrays.stream(values)
                .filter(each -> sent.value(input).equals(each.name()))
                .findFirst();
    }

    private Optional<Period> period(String input) {
        Optional<String> number = text(input);
        if (number.isPresent() && !number.get().matches("[0-9]{1,4}")) {
            problems.put(input, texts.of("form.number"));
            return Optional.empty();
        }
        return number.map(Integer::parseInt).map(count -> switch (sent.value(input + UNIT)) {
            case "DAYS" -> Period.ofDays(count);
            case "MONTHS" -> Period.ofMonths(count);
            default -> Period.ofYears(count);
        });
    }

    private Optional<Instant> purposeEnds() {
        return text("purposeEnds").flatMap(day -> {
            try {
                return Optional.of(LocalDate.parse(day)
                        .plusDays(1)
                        .atStartOfDay(ZoneId.systemDefault())
                        .toInstant());
            } catch (DateTimeException _) {
                problems.put("purposeEnds", texts.of("form.day"));
                return Optional.empty();
            }
        });
    }

    private Optional<Assessment> assessment() {
        Optional<Assessment.Decision> decision = chosen("dpia", Assessment.Decision.values());
        Optional<String> reason = text("dpiaReason");
        List<String> missing = new ArrayList<>();
        if (decision.isEmpty() && reason.isPresent()) {
            missing.add("dpia");
        }
        if (reason.isEmpty() && decision.isPresent()) {
            missing.add("dpiaReason");
        }
        missing.forEach(input -> problems.put(input, texts.of("settings.missing." + input)));
        if (reason.filter(text -> !Basis.fits(text)).isPresent()) {
            problems.put("dpiaReason", texts.of("form.too-many-words", Basis.LENGTH_MAX));
            return Optional.empty();
        }
        return decision.flatMap(made -> reason.map(why -> new Assessment(made, why)));
    }
}
