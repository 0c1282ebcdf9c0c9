package org.likeness.core.document;

import static org.likeness.core.document.Markdown.escaped;

import java.util.ArrayList;
import java.util.List;
import org.likeness.core.collection.Profile;

/// What to put up where photos are taken, short enough to be read in passing.
final class Signage {
    private Signage() {}

    static Document of(Facts facts) {
        Markdown page = new Markdown()
                .title("Photos are taken here")
                .paragraph("**Who:** " + Pages.controller(facts))
                .paragraph("**For:** " + escaped(facts.collection().name()))
                .list(lines(facts));
        if (facts.notice().isEmpty()) {
            page.paragraph("**There is no published notice yet:** `likeness notice publish`.");
        }
        return page.question("Where people find the notice, whom they speak to on the spot, and where they can go if"
                        + " they do not want to be in a photo at all.")
                .as("signage.md");
    }

    private static List<String> lines(Facts facts) {
        List<String> lines = new ArrayList<>();
        switch (facts.collection().profile()) {
            case EVENT -> {
                lines.add("You are found in the photos by your face **only if you said yes** to that. You need not.");
                lines.add("No faceprint of anybody else is kept.");
                lines.add("You can take your yes back at any time, with the receipt alone.");
            }
            case ARCHIVE ->
                lines.add("Cataloguers may compare faces to describe the photos. What a computer suggests"
                        + " counts for nothing until a person confirmed it.");
            case HOUSEHOLD -> lines.add("The photos stay in the family.");
        }
        lines.add("You can have your face left out by pointing at a photo; no selfie, no identification.");
        facts.notice()
                .ifPresent(notice -> lines.add("All the rest: the notice, version " + notice.version() + ", in "
                        + String.join(
                                ", ",
                                notice.texts().stream()
                                        .map(text -> text.language())
                                        .toList()) + "."));
        if (facts.collection().profile() != Profile.HOUSEHOLD) {
            lines.add("How long what is kept: the retention page.");
        }
        return lines;
    }
}
