package org.likeness.cli;

import java.io.Console;
import java.util.Optional;

/// Whether a person sits at the other end, and a question to them. Stateless.
final class Terminal {
    private Terminal() {}

    static boolean isThere() {
        return console().isPresent();
    }

    /// The answer; nothing when nobody is there.
    static String ask(String question) {
        return console().map(console -> console.readLine(question)).orElse("");
    }

    /// Null without a terminal, or one that is none: JDKs differ.
    private static Optional<Console> console() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal);
    }
}
