package org.likeness.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class UnforeseenTest {
    @Test
    void only_our_own_words_are_logged_and_where_it_came_from() {
        Throwable failure = new LikenessException(
                LikenessException.Kind.UNAVAILABLE,
                "an upload cannot be read\nTry again.",
                new NoSuchFileException("/photos/Ada Example.jpg"));
        assertThat(Unforeseen.described(failure))
                .contains("an upload cannot be read", "NoSuchFileException", "UnforeseenTest")
                .doesNotContain("Ada");
    }
}
