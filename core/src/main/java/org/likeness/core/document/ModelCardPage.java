package org.likeness.core.document;

import static org.likeness.core.document.Markdown.escaped;

import java.util.List;
import java.util.stream.Collectors;

/// The card of the model the collection uses, under what the collection says of it.
final class ModelCardPage {
    private ModelCardPage() {}

    static Document of(Facts facts) {
        Setup.Model model = facts.setup().model();
        return new Markdown()
                .title("The model of " + escaped(facts.collection().name()))
                .table(
                        List.of("pack", "version", "licence", "comes from"),
                        List.of(List.of(
                                escaped(model.title()),
                                escaped(model.version()),
                                escaped(model.licence()),
                                escaped(model.provenance()))))
                .paragraph("Templates of this collection are of `"
                        + facts.collection().model()
                        + "` and are compared with no other. It is used as it was published: nothing is trained or"
                        + " tuned on photos of this collection.")
                .paragraph(lowered(model.card()).strip())
                .as("model-card.md");
    }

    /// The same text, every heading one level lower.
    private static String lowered(String card) {
        boolean[] code = {false};
        return card.lines()
                .map(line -> {
                    code[0] ^= line.stripLeading().startsWith("```");
                    return !code[0] && line.matches("#{1,5} .*") ? "#" + line : line;
                })
                .collect(Collectors.joining("\n"));
    }
}
