package org.likeness.core.consent;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.likeness.core.LikenessException;
import org.likeness.core.photo.Sha256;

/// Ends a person's consent by being shown; stands in their receipt and nowhere else, since only its hash is stored: 128
/// random bits as 32 hexadecimal digits, in groups of four for people. Immutable.
public final class WithdrawalCode {
    private static final int BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    private final String digits;

    private WithdrawalCode(String digits) {
        this.digits = digits;
    }

    public static WithdrawalCode next() {
        byte[] code = new byte[BYTES];
        RANDOM.nextBytes(code);
        return new WithdrawalCode(HexFormat.of().formatHex(code));
    }

    /// However it was typed: groups, blanks and capitals do not matter.
    ///
    /// @throws LikenessException BAD_INPUT when it is no code
    public static WithdrawalCode parse(String text) {
        return read(text)
                .orElseThrow(() -> new LikenessException(
                                LikenessException.Kind.BAD_INPUT,
                                "a withdrawal code must be 32 digits and letters from a to f"
                                        + "\nCopy it from the receipt.")
                        .called("receipt.form"));
    }

    /// The same for who does not care why a text is no code.
    public static Optional<WithdrawalCode> read(String text) {
        String digits = text.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
        return FORM.matcher(digits).matches() ? Optional.of(new WithdrawalCode(digits)) : Optional.empty();
    }

    /// What is stored: SHA-256 of the 16 bytes.
    public Sha256 sha256() {
        try {
            return Sha256.of(
                    MessageDigest.getInstance("SHA-256").digest(HexFormat.of().parseHex(digits)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// For the receipt: `0123-4567-…`.
    public String text() {
        return String.join("-", digits.split("(?<=\\G.{4})"));
    }

    @Override
    public String toString() {
        return "WithdrawalCode[redacted]";
    }
}
