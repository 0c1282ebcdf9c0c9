package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.likeness.core.LikenessException;

final class PicturesTest {
    private final Pictures pictures = new Pictures();

    private static LikenessException gone() {
        return new LikenessException(LikenessException.Kind.UNAVAILABLE, "gone\nPut it back.");
    }

    @Test
    void what_is_being_made_is_not_made_twice() {
        List<CompletableFuture<byte[]>> others = new ArrayList<>();

        byte[] made = pictures.make("a", () -> {
            others.add(pictures.ask("a", () -> {
                throw new AssertionError("made twice");
            }));
            assertThat(others.getFirst()).isNotDone();
            return new byte[] {1};
        });

        assertThat(made).containsExactly(1);
        assertThat(others.getFirst().join()).containsExactly(1);
    }

    @Test
    void nothing_is_kept_and_another_picture_is_another() {
        assertThat(pictures.make("a", () -> new byte[] {1})).containsExactly(1);
        assertThat(pictures.make("a", () -> new byte[] {2})).containsExactly(2);
        assertThat(pictures.make("a", () -> pictures.make("b", () -> new byte[] {3})))
                .containsExactly(3);
    }

    @Test
    void all_who_asked_hear_of_a_failure_and_the_next_tries_again() {
        List<CompletableFuture<byte[]>> others = new ArrayList<>();
        assertThatThrownBy(() -> pictures.make("a", () -> {
                    others.add(pictures.ask("a", () -> new byte[0]));
                    throw gone();
                }))
                .isInstanceOf(LikenessException.class);
        assertThat(others.getFirst()).isCompletedExceptionally();
        for (int i = 0; i < 3; i++) { // more than may work at once, so each gave its place back
            assertThatThrownBy(() -> pictures.make("a", () -> {
                        throw gone();
                    }))
                    .isInstanceOf(LikenessException.class);
        }
        assertThat(pictures.make("a", () -> new byte[] {1})).containsExactly(1);
    }
}
