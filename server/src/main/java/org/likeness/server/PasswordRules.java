package org.likeness.server;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Which passwords are taken: long ones, whatever they are made of, that are not among those tried first (NIST SP
/// 800-63B section 3.1.1.2, OWASP ASVS 5.0 section 6.2).
final class PasswordRules {
    static final int LENGTH_MIN = 12;
    static final int LENGTH_MAX = 200;

    /// Beginnings of what people choose when twelve characters are asked for.
    private static final Set<String> COMMON =
            Set.of("password", "passwort", "123456", "qwerty", "qwertz", "letmein", "iloveyou", "welcome", "likeness");

    private PasswordRules() {}

    /// The key of the text that says what is wrong with it; empty: nothing.
    static Optional<String> weakness(String password, String name) {
        if (password.codePointCount(0, password.length()) < LENGTH_MIN || password.length() > LENGTH_MAX) {
            return Optional.of("welcome.password.short");
        }
        String plain = password.toLowerCase(Locale.ROOT);
        String rest = COMMON.stream().reduce(plain, (left, word) -> left.replace(word, ""));
        String own = name.strip().toLowerCase(Locale.ROOT);
        if (!own.isEmpty()) {
            rest = rest.replace(own, "");
        }
        boolean repeated = plain.chars().distinct().count() < 5;
        return repeated || rest.length() < 5 ? Optional.of("welcome.password.common") : Optional.empty();
    }
}
