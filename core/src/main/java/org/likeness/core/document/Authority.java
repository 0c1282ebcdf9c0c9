package org.likeness.core.document;

import static org.likeness.core.document.Markdown.escaped;
import static org.likeness.core.document.Markdown.number;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.likeness.core.audit.Checkpoint;

/// What an authority asks first, on one page, with what it takes to check it.
final class Authority {
    private Authority() {}

    static List<Document> of(Facts facts) {
        Checkpoint log = facts.proof().checkpoint().checkpoint();
        Markdown page = new Markdown()
                .title("For the authority: " + escaped(facts.collection().name()))
                .paragraph("Made on " + Pages.day(facts.at()) + " from the records. Controller: "
                        + Pages.controller(facts) + ".")
                .heading("What is held")
                .list(Pages.holdings(facts))
                .heading("From whom, on whose word");
        Pages.sources(page, facts);
        page.heading("For what").list(Pages.purposes(facts));
        demands(page, facts);
        page.heading("The log")
                .table(
                        List.of("origin", "entries", "root hash"),
                        List.of(List.of("`" + log.origin() + "`", number(log.size()), "`" + log.root() + "`")))
                .paragraph("`checkpoint.txt` is this state, signed by the key in `log-key.txt` (a signed note and a"
                        + " verifier key of C2SP; the tree is that of RFC 9162). Whoever holds a receipt can show that"
                        + " its entry is in the log of this root, or that it was taken out.")
                .paragraph(
                        "What the log cannot show: that everything that happened was written into it. Entry and change"
                                + " share a transaction, so what is in the records has its entry.");
        page.heading("These documents")
                .paragraph("`SHA256SUMS` lists the hash of each; check them with `sha256sum -c SHA256SUMS`.")
                .list(List.of(
                        "[Record of processing](record-of-processing.md)",
                        "[How long what is kept](retention.md)",
                        "[Impact assessment, draft](impact-assessment.md)",
                        "[The model](model-card.md)"));
        return List.of(
                page.as("authority.md"),
                new Document("checkpoint.txt", facts.proof().checkpoint().note()),
                new Document("log-key.txt", facts.proof().key().vkey() + "\n"));
    }

    private static void demands(Markdown page, Facts facts) {
        page.heading("What was demanded");
        if (facts.demands().isEmpty()) {
            page.paragraph("Nothing yet.");
            return;
        }
        Map<String, Long> counts = facts.demands().stream()
                .collect(Collectors.groupingBy(
                        demand -> demand.kind().word() + ", " + demand.state().word(),
                        TreeMap::new,
                        Collectors.counting()));
        page.table(
                List.of("demand", "how many"),
                counts.entrySet().stream()
                        .map(count -> List.of(count.getKey(), number(count.getValue())))
                        .toList());
        long late = facts.demands().stream()
                .filter(demand -> demand.closedAt().isEmpty() && demand.kind().erases())
                .filter(demand -> demand.dueAt().isBefore(facts.at()))
                .count();
        page.paragraph("Each had effect in the transaction that recorded it. Not answered within a month: "
                + number(late) + ".");
    }
}
