package org.likeness.core.document;

import static org.likeness.core.document.Markdown.escaped;

import java.util.List;

/// What the public may read about how long what is kept (740 ILCS 14/15(a); GDPR 13(2)(a)).
final class RetentionPage {
    private RetentionPage() {}

    static Document of(Facts facts) {
        return new Markdown()
                .title("How long what is kept: " + escaped(facts.collection().name()))
                .paragraph("This page is made from the configuration this collection runs with, on "
                        + Pages.day(facts.at()) + ". The same values decide what is deleted.")
                .table(
                        List.of("what", "kept", "how it ends"),
                        Terms.of(facts).stream()
                                .map(term -> List.of(term.what(), term.until(), term.by()))
                                .toList())
                .paragraph("A *template* is the row of numbers a face is compared by. It is a biometric datum; a photo"
                        + " is not.")
                .paragraph("Backups are made by whoever runs the collection and end when they end them. Keys are never"
                        + " in a backup of the data; what is destroyed by destroying its key cannot be read from a"
                        + " backup either.")
                .as("retention.md");
    }
}
