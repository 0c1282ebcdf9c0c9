package org.likeness.cli;

import java.io.Console;
import java.util.Objects;

/// Whether a person sits at the other end, and a question to them. Stateless.
final class Terminal {
    private Terminal() {}

    static boolean isThere() {
        return console().isTerminal();
    }

    /// The answer; nothing when nobody is there.
    static String ask(String question) {
        if (!isThere()) {
            return "";
        }
        return Objects.requireNonNullElse(console().readLine(question), "");
    }

    /// Since JDK 22 there always is one; whether it is a terminal is another question.
    private static Console console() {
        return Objects.requireNonNull(System.console());
    }
}
