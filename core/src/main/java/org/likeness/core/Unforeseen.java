package org.likeness.core;

import java.util.Arrays;
import java.util.Optional;

/// What may be logged of a failure that nobody foresaw. Stateless.
public final class Unforeseen {
    private static final int FRAMES = 12;
    private static final int CAUSES = 4;

    private Unforeseen() {}

    /// Its classes and where it came from. Only a [LikenessException] is quoted: the words of others may
    /// name files, and so people.
    public static String described(Throwable failure) {
        StringBuilder said = new StringBuilder();
        Optional<Throwable> next = Optional.of(failure);
        for (int i = 0; i < CAUSES && next.isPresent(); i++) {
            Throwable one = next.get();
            said.append(i == 0 ? "" : "\ncaused by ").append(one.getClass().getName());
            if (one instanceof LikenessException ours) {
                said.append(": ").append(ours.problem());
            }
            Arrays.stream(one.getStackTrace())
                    .limit(FRAMES)
                    .forEach(frame -> said.append("\n  at ").append(frame));
            next = Optional.ofNullable(one.getCause());
        }
        return said.toString();
    }
}
