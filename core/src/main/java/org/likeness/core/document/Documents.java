package org.likeness.core.document;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/// All documents of a collection: the same facts always give the same bytes. Stateless.
final class Documents {
    /// The hashes of all others, as `sha256sum -c` reads them.
    static final String SUMS = "SHA256SUMS";

    private Documents() {}

    static List<Document> of(Facts facts) {
        List<Document> made = new ArrayList<>();
        made.add(RecordOfProcessing.of(facts));
        made.add(RetentionPage.of(facts));
        made.addAll(NoticePages.of(facts));
        made.add(Signage.of(facts));
        made.add(ImpactAssessment.of(facts));
        made.add(ModelCardPage.of(facts));
        made.addAll(Authority.of(facts));
        made.sort(Comparator.comparing(Document::name));
        made.add(new Document(SUMS, made.stream().map(Documents::sum).collect(Collectors.joining())));
        return List.copyOf(made);
    }

    private static String sum(Document document) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(document.text().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash) + "  " + document.name() + "\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
