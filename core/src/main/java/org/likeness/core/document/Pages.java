package org.likeness.core.document;

import static org.likeness.core.document.Markdown.escaped;
import static org.likeness.core.document.Markdown.number;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.likeness.core.collection.Basis;
import org.likeness.core.collection.Profile;
import org.likeness.core.collection.Purpose;
import org.likeness.core.source.Grant;
import org.likeness.core.source.SourceState;
import org.likeness.core.source.Use;

/// What several documents say alike. Stateless.
final class Pages {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private Pages() {}

    static String day(Instant instant) {
        return DAY.format(instant);
    }

    /// Whom the profile is for.
    static String profile(Profile profile) {
        return switch (profile) {
            case HOUSEHOLD -> "household: one private person or family, nothing public";
            case EVENT -> "event: people can be found who agreed to it, and nobody else";
            case ARCHIVE -> "archive: described by named cataloguers, under recorded grounds";
        };
    }

    static String purpose(Purpose purpose) {
        return switch (purpose) {
            case PERSONAL -> "`personal`: a household looks through its own photos";
            case FIND_MYSELF -> "`find-myself`: a person finds the photos they are in";
            case FIND_CONSENTING -> "`find-consenting`: somebody a person allowed finds the photos that person is in";
            case CATALOGUE -> "`catalogue`: a cataloguer describes the holdings";
        };
    }

    /// The purposes a search may name, those of the basis where there is one.
    static List<String> purposes(Facts facts) {
        return facts
                .basis()
                .map(Basis::purposes)
                .orElse(facts.collection().profile().purposes())
                .stream()
                .map(Pages::purpose)
                .toList();
    }

    /// Who answers for the collection.
    static String controller(Facts facts) {
        return facts.basis()
                .map(basis -> escaped(basis.controller()))
                .orElse(
                        facts.collection().profile() == Profile.HOUSEHOLD
                                ? "the household itself"
                                : "**not recorded yet**");
    }

    static List<String> holdings(Facts facts) {
        Facts.Holdings held = facts.holdings();
        List<String> lines = new ArrayList<>(List.of(
                count(held.photos(), "photo") + ", " + number(held.quarantined()) + " of them kept out by a signal",
                count(held.faces(), "face") + " found in them",
                count(held.templates(), "template") + " stored of faces nobody has vouched for, and "
                        + count(held.references(), "reference") + " of people who agreed"));
        if (!facts.people().isEmpty()) {
            lines.add("people known: "
                    + facts.people().entrySet().stream()
                            .map(state -> number(state.getValue()) + " " + state.getKey())
                            .collect(Collectors.joining(", ")));
        }
        return lines;
    }

    private static String count(long number, String noun) {
        return number(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /// Where the photos come from and on whose word.
    static Markdown sources(Markdown page, Facts facts) {
        if (facts.sources().isEmpty()) {
            return page.paragraph("No source yet.");
        }
        List<List<String>> rows = new ArrayList<>();
        for (Facts.Held held : facts.sources()) {
            for (Grant grant : held.grants()) {
                rows.add(List.of(
                        escaped(held.source().name()),
                        held.source().state().word(),
                        escaped(grant.grantedBy()) + " ("
                                + grant.backing().capacity().word() + ")",
                        grant.backing().evidence().map(hash -> "`" + hash + "`").orElse("none"),
                        uses(grant),
                        day(grant.startsAt()) + " to " + until(grant),
                        isInForce(held, grant, facts) ? "in force" : "not in force"));
            }
        }
        return page.table(
                List.of("source", "state", "allowed by", "SHA-256 of the evidence", "for", "term", "now"), rows);
    }

    private static boolean isInForce(Facts.Held held, Grant grant, Facts facts) {
        return held.source().state() == SourceState.CLEARED && grant.allows(Use.STORE, facts.at());
    }

    private static String uses(Grant grant) {
        return java.util.Arrays.stream(Use.values())
                .filter(grant.uses()::contains)
                .map(use -> use.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining(", "));
    }

    private static String until(Grant grant) {
        return grant.endedAt()
                .map(end -> day(end) + " (ended)")
                .or(() -> grant.endsAt().map(end -> day(end.minusMillis(1)))) // the last day that is in
                .orElse("whenever it is ended");
    }

    /// How what is held is protected, as far as the software does it.
    static List<String> measures(Facts facts) {
        long destroyed = facts.keys().stream()
                .filter(key -> key.destroyedAt().isPresent())
                .count();
        return List.of(
                "Templates, names and contacts are stored as AES-256-GCM ciphertext bound to collection, face or"
                        + " person, model and key version.",
                "Keys are kept outside the database"
                        + (facts.setup().keysApart()
                                ? ", in a folder apart from the data."
                                : ". **They lie inside the data directory:** set `keys` to a folder elsewhere and back"
                                        + " it up apart."),
                "Keys of this collection so far: " + number(facts.keys().size()) + ", destroyed: " + number(destroyed)
                        + ".",
                "Stored vectors are turned by a matrix only this collection's key gives, so vectors of two collections"
                        + " cannot be compared without the keys. This is no claim that they cannot be reversed by"
                        + " somebody who has the keys.",
                "Files are readable by the account that runs Likeness only. Photos, thumbnails and cut-out faces are"
                        + " not encrypted: encrypt the disk.",
                "Nothing is sent anywhere. The only connection opened fetches a model pack that somebody installs by"
                        + " name.",
                "Every change and every search has one entry in an append-only, signed log without names.");
    }
}
