package org.likeness.core.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.ledger.LedgerEntry.Kind;
import org.likeness.core.ledger.LedgerEntry.Scope;
import org.likeness.core.photo.Sha256;

final class LedgerEntryTest {
    private final LedgerEntry entry = LedgerEntry.of(
            Instant.parse("2026-11-23T10:00:00.123456Z"),
            Kind.OBJECT,
            Scope.FACE,
            UUID.randomUUID(),
            CollectionId.next());

    private static Sha256 hash(int number) {
        return new Sha256(String.format("%064x", number));
    }

    @Test
    void its_text_says_all_of_it() {
        LedgerEntry full = entry.with("region", "0.25,0.5,0.125,0.125")
                .with("act", "withdrawn")
                .withPhotos(List.of(hash(1), hash(2)));
        assertThat(LedgerEntry.parse(full.text())).isEqualTo(full);
        assertThat(LedgerEntry.parse(entry.text())).isEqualTo(entry);
        assertThat(full.text().split(" ")).hasSize(8);
    }

    @Test
    void a_name_or_anything_that_would_break_its_line_is_refused() {
        for (String value : List.of("", "Ada Lovelace", "ada@example.org", "a;b", "a\nb", "Ä")) {
            assertThatIllegalArgumentException().isThrownBy(() -> entry.with("fact", value));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> entry.with("a=b", "1"));
        assertThatIllegalArgumentException().isThrownBy(() -> LedgerEntry.parse(entry.text() + " more"));
        assertThatIllegalArgumentException().isThrownBy(() -> LedgerEntry.parse("nonsense"));
    }

    @Test
    void many_photos_are_several_entries_of_their_own() {
        List<Sha256> photos = IntStream.range(0, 2 * LedgerEntry.PHOTOS_MAX + 1)
                .mapToObj(LedgerEntryTest::hash)
                .toList();
        List<LedgerEntry> entries = entry.forPhotos(photos);
        assertThat(entries).hasSize(3);
        assertThat(entries.stream().map(LedgerEntry::id).distinct()).hasSize(3);
        assertThat(entries.stream().flatMap(e -> e.photos().stream())).containsExactlyElementsOf(photos);
        assertThatIllegalArgumentException().isThrownBy(() -> entry.withPhotos(photos));
        assertThat(entry.forPhotos(List.of())).containsExactly(entry);
    }
}
