package org.likeness.core.audit;

/// A [Checkpoint] with the signatures under it: a [C2SP signed note](https://c2sp.org/signed-note). Immutable. That it
/// is well formed does not mean that it is signed by anybody in particular: ask [#isSignedBy].
///
/// @param lines one signature line or more, each ended by a line feed
public record SignedCheckpoint(Checkpoint checkpoint, String lines) {
    private static final int NOTE_CHARS_MAX = 100_000;

    public SignedCheckpoint {
        if (lines.isEmpty() || !lines.endsWith("\n") || lines.lines().anyMatch(line -> !line.startsWith("— "))) {
            throw new IllegalArgumentException("a signed note needs signature lines");
        }
    }

    /// @param signature Ed25519, of [Checkpoint#body] as UTF-8
    public static SignedCheckpoint of(Checkpoint checkpoint, LogKey key, byte[] signature) {
        return new SignedCheckpoint(checkpoint, key.line(signature));
    }

    /// Reads [#note].
    ///
    /// @throws IllegalArgumentException when it is none
    public static SignedCheckpoint parse(String note) {
        int border = note.indexOf("\n\n");
        if (border < 0 || note.length() > NOTE_CHARS_MAX) {
            throw new IllegalArgumentException("not a signed note");
        }
        return new SignedCheckpoint(Checkpoint.parse(note.substring(0, border + 1)), note.substring(border + 2));
    }

    /// Body, an empty line, signature lines.
    public String note() {
        return checkpoint.body() + "\n" + lines;
    }

    /// Whether this key signed it, for the log the key belongs to.
    public boolean isSignedBy(LogKey key) {
        return checkpoint.origin().equals(key.name()) && key.signed(checkpoint.body(), lines);
    }
}
