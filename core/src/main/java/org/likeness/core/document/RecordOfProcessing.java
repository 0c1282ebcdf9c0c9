package org.likeness.core.document;

import static org.likeness.core.document.Markdown.escaped;

import java.util.List;
import java.util.stream.Collectors;
import org.likeness.core.collection.Profile;

/// The record of processing activities (GDPR 30(1)), letter by letter.
final class RecordOfProcessing {
    private RecordOfProcessing() {}

    static Document of(Facts facts) {
        Markdown page = new Markdown()
                .title("Record of processing: " + escaped(facts.collection().name()))
                .paragraph("GDPR article 30(1). Made from the records and the configuration in force on "
                        + Pages.day(facts.at()) + ".");
        if (facts.collection().profile() == Profile.HOUSEHOLD) {
            page.paragraph("This collection is declared to be one household's own, which the GDPR leaves alone (article"
                    + " 2(2)(c)). As soon as a club, a school, a firm or the public is concerned, make an event"
                    + " collection instead.");
        }
        page.heading("a. Controller").paragraph(Pages.controller(facts));
        page.question("Contact of the controller, of a representative and of the data protection officer, if any.");
        page.heading("b. Purposes").list(Pages.purposes(facts));
        page.paragraph(ground(facts));
        page.heading("c. Categories of people and of data")
                .list(List.of(
                        "people in photos: their picture, where their face is, how well it shows",
                        templates(facts),
                        "people who may be found, and guardians of minors: name, contact, what they answered",
                        "those who gave the photos: name, what they allowed",
                        "those who search: a pseudonym, when, why and what came back"))
                .paragraph("Held now:")
                .list(Pages.holdings(facts));
        page.paragraph("Nothing is guessed about anybody: no age, sex, origin, mood or other trait is computed.");
        page.heading("d. Recipients").paragraph(recipients(facts));
        page.question("Anybody photos are handed to: who, what and on which ground.");
        page.heading("e. Transfers to third countries")
                .paragraph("None by the software: nothing leaves the machine it runs on.");
        page.question("Where that machine and its backups are.");
        page.heading("f. Terms of erasure")
                .paragraph("As the [retention page](retention.md) says, which is made from the same configuration:")
                .list(Terms.of(facts).stream()
                        .map(term -> term.what() + ": " + term.until())
                        .toList());
        page.heading("g. Measures (article 32)").list(Pages.measures(facts));
        page.heading("Where the photos come from");
        return Pages.sources(page, facts).as("record-of-processing.md");
    }

    private static String ground(Facts facts) {
        return facts.basis()
                .map(basis -> "Ground, article 6(1): `" + basis.lawfulBasis().word() + "`. Condition, article 9(2): `"
                        + basis.condition().word() + "`. Recorded on " + Pages.day(basis.recordedAt()) + " as version "
                        + basis.version() + ", under version " + basis.noticeVersion() + " of the notice.")
                .orElse(
                        facts.collection().profile() == Profile.HOUSEHOLD
                                ? "A household records no ground."
                                : "**No ground is recorded yet.**");
    }

    private static String templates(Facts facts) {
        return "templates (biometric data, article 9): "
                + Terms.templates(facts).until();
    }

    private static String recipients(Facts facts) {
        return facts.audiences().isEmpty()
                ? "Nobody was allowed yet to find somebody else."
                : "Whom people were asked to allow: "
                        + facts.audiences().stream()
                                .map(word -> "`" + word + "`")
                                .collect(Collectors.joining(", "))
                        + ".";
    }
}
