package org.likeness.core.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkdownTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '\0',
            value = {
                "the club's board → the club's board",
                "summer-party 2026 → summer-party 2026",
                "# loud → \\# loud",
                "- item → \\- item",
                "1. item → 1\\. item",
                "=== → \\===",
                "[click](http://evil.example) → \\[click\\](http\\://evil.example)",
                "www.evil.example → www\\.evil.example",
                "a | b → a \\| b",
                "<script>*now*</script> → \\<script\\>\\*now\\*\\</script\\>",
                "`code` _em_ ~~gone~~ &amp; → \\`code\\` \\_em\\_ \\~\\~gone\\~\\~ \\&amp;",
                "a\\b → a\\\\b"
            })
    void what_comes_from_the_records_is_never_markup(String text, String expected) {
        assertThat(Markdown.escaped(text)).isEqualTo(expected);
    }

    @Test
    void one_line_stays_one_line_and_reads_in_one_direction() {
        assertThat(Markdown.escaped("a\n\n# b\u2028c\u202Ed\u0000")).isEqualTo("a  # b c d");
    }
}
