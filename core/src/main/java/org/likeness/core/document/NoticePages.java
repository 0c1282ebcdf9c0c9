package org.likeness.core.document;

import static org.likeness.core.document.Markdown.escaped;

import java.util.List;
import java.util.stream.Stream;
import org.likeness.core.consent.Notice;

/// The notice in force, one page for each language, and beside each the very bytes whose hash stands in
/// consents.
final class NoticePages {
    private NoticePages() {}

    static List<Document> of(Facts facts) {
        return facts.notice().stream()
                .flatMap(notice -> notice.texts().stream().flatMap(text -> pages(facts, notice, text)))
                .toList();
    }

    private static Stream<Document> pages(Facts facts, Notice notice, Notice.Text text) {
        String name = "notice-" + text.language();
        Markdown page = new Markdown()
                .title(escaped(facts.collection().name()))
                .table(
                        List.of("version", "language", "published", "SHA-256 of the text"),
                        List.of(List.of(
                                String.valueOf(notice.version()),
                                text.language(),
                                Pages.day(notice.publishedAt()),
                                "`" + text.sha256() + "`")));
        text.text().lines().map(Markdown::escaped).forEach(line -> page.paragraph(line.isEmpty() ? "&nbsp;" : line));
        page.paragraph("*The text of this page is the file `" + name + ".txt`; every consent names its hash.*");
        return Stream.of(page.as(name + ".md"), new Document(name + ".txt", text.text()));
    }
}
