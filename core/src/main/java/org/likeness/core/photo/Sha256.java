package org.likeness.core.photo;

import java.util.HexFormat;
import java.util.regex.Pattern;

/// The SHA-256 of a file's bytes as 64 lower-case hexadecimal digits. Immutable.
public record Sha256(String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public Sha256 {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("SHA-256 must be 64 lower-case hexadecimal digits but is " + hex);
        }
    }

    public static Sha256 of(byte[] digest) {
        return new Sha256(HexFormat.of().formatHex(digest));
    }

    @Override
    public String toString() {
        return hex;
    }
}
