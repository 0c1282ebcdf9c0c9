package org.likeness.core.document;

import static org.likeness.core.document.Markdown.escaped;

import java.util.List;
import org.likeness.core.collection.Profile;

/// A draft of the impact assessment (GDPR 35(7)): what the software knows is filled in, what it takes
/// judgement to say is left as a marked question.
final class ImpactAssessment {
    private ImpactAssessment() {}

    static Document of(Facts facts) {
        Markdown page = new Markdown()
                .title("Impact assessment, draft: " + escaped(facts.collection().name()))
                .paragraph("GDPR article 35(7). Facts are filled in from the records and the configuration in force on "
                        + Pages.day(facts.at()) + ". **This draft is no assessment:** whoever answers for the"
                        + " collection decides what is marked, and the data protection officer is asked.");
        description(page, facts);
        necessity(page, facts);
        risks(page, facts);
        page.heading("4. Measures (article 35(7)(d))").list(Pages.measures(facts));
        page.question("What is done besides: who has access to the machine, training, how demands reach somebody.");
        page.heading("5. Result");
        page.question("Whether the risk that remains is acceptable, or the authority must be consulted first (article"
                + " 36); who decided that, when, and when it is looked at again.");
        return page.as("impact-assessment.md");
    }

    private static void description(Markdown page, Facts facts) {
        page.heading("1. What is done (article 35(7)(a))")
                .paragraph("Profile: " + Pages.profile(facts.collection().profile()) + ".")
                .paragraph("Photos are stored with their source and the grant they stand on. Faces are found in them."
                        + " A search starts from a photo of one person, is compared with the faces of this collection"
                        + " only, and answers with candidates: a score, and how often such a score would be false.")
                .paragraph("Model: " + escaped(facts.setup().model().title()) + ", `"
                        + facts.collection().model() + "`. A search of a stranger may return somebody in at most "
                        + escaped(facts.setup().maxFalse().words()) + " cases, as far as was measured; see"
                        + " [the model card](model-card.md).")
                .paragraph("Controller: " + Pages.controller(facts) + ".")
                .paragraph("Purposes:")
                .list(Pages.purposes(facts))
                .paragraph("Held now:")
                .list(Pages.holdings(facts))
                .paragraph("Sources:");
        Pages.sources(page, facts);
        page.question("Who the people in the photos are (members, pupils, guests, passers-by, children), how many,"
                + " and what they expect.");
    }

    private static void necessity(Markdown page, Facts facts) {
        page.heading("2. Necessity and proportion (article 35(7)(b))");
        facts.basis()
                .ifPresentOrElse(
                        basis -> page.list(List.of(
                                "ground, article 6(1): `" + basis.lawfulBasis().word() + "`",
                                "condition, article 9(2): `" + basis.condition().word() + "`",
                                "the less intrusive way that was considered: " + escaped(basis.alternative()),
                                "decision on an assessment: `"
                                        + basis.assessment().decision().word() + "`, "
                                        + escaped(basis.assessment().reason()))),
                        () -> page.paragraph(
                                facts.collection().profile() == Profile.HOUSEHOLD
                                        ? "A household records no ground: its profile declares that it is a purely"
                                                + " personal or household activity (article 2(2)(c)). Faces are"
                                                + " compared from the first import on. If that is not so, it is an"
                                                + " event or an archive."
                                        : "No ground is recorded, so nothing is compared."));
        page.question("Why the less intrusive way does not do. Optional, consent-based face recognition has been held"
                + " unlawful where it was not necessary (AEPD, EXP202212956).");
        if (facts.collection().profile() == Profile.EVENT) {
            page.question("Everybody in a photo is compared for a moment so that one who agreed can be found. The EDPB"
                    + " (guidelines 3/2019) holds such a comparison of people who did not agree to be in need of a"
                    + " ground of its own. That nothing of them is kept lowers the risk; on which ground it rests is"
                    + " yours to say.");
            page.question("What somebody who says no gets instead, and that it is no worse.");
        }
        if (facts.collection().profile() == Profile.ARCHIVE) {
            page.question("Under which national law for archives, research or the press the templates are kept"
                    + " (articles 85, 89), and what it demands.");
        }
        page.paragraph("How long what is kept is on the [retention page](retention.md).");
    }

    private static void risks(Markdown page, Facts facts) {
        page.heading("3. Risks to the people (article 35(7)(c))")
                .table(
                        List.of("risk", "what the software does", "what remains"),
                        List.of(
                                List.of(
                                        "somebody is found who never agreed",
                                        found(facts.collection().profile()),
                                        "To decide: …"),
                                List.of(
                                        "somebody is taken for somebody else",
                                        "candidates with a score and its false rate; nothing acts on a score alone; "
                                                + "weak groups are named in the model card",
                                        "To decide: …"),
                                List.of(
                                        "somebody searches with another person's face",
                                        misuse(facts.collection().profile()),
                                        "To decide: …"),
                                List.of("templates are stolen", stolen(facts), "To decide: …"),
                                List.of(
                                        "photos are stolen",
                                        "readable by their owner's account only; not encrypted",
                                        "To decide: …"),
                                List.of(
                                        "data is kept for too long",
                                        "each term is set when a thing is made and nothing extends it but a new yes",
                                        "To decide: …"),
                                List.of(
                                        "photos are used that nobody allowed",
                                        "no photo without a source and a grant; signals in photos keep them out",
                                        "To decide: …")));
        page.question("How likely and how grave each is for these people, children first.");
    }

    private static String stolen(Facts facts) {
        String kept = facts.collection().profile().keepsUnknownTemplates()
                ? "one of each face is kept"
                : "none is kept but of people who agreed";
        return kept + "; sealed, keys " + (facts.setup().keysApart() ? "apart" : "**not yet apart from the data**");
    }

    private static String misuse(Profile profile) {
        return profile == Profile.EVENT
                ? "a search is for a person, and a selfie must show them; attempts are limited, recorded, and visible"
                        + " to the person"
                : "every search is recorded with who made it and why";
    }

    private static String found(Profile profile) {
        return switch (profile) {
            case EVENT -> "unknown counts as no; consent is looked at in the transaction that records the answer";
            case ARCHIVE -> "searches name a purpose and are recorded; results are candidates";
            case HOUSEHOLD -> "nothing: in a household everybody is found by its members";
        };
    }
}
