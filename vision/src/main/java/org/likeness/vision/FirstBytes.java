package org.likeness.vision;

import java.util.Optional;

/// Whether a file can be a photo, by its first bytes alone: enough to refuse what is none before the rest
/// of it is sent. Stateless.
public final class FirstBytes {
    /// As many of them as are looked at; fewer when the file is shorter.
    public static final int COUNT = FileKind.HEAD_BYTES;

    private FirstBytes() {}

    /// Why a file that begins so is no photo that is read here, in a sentence; empty when it may be one.
    ///
    /// @param head the first [#COUNT] bytes, or all of a shorter file
    public static Optional<String> problem(byte[] head) {
        if (head.length == 0) {
            return Optional.of("The file is empty.");
        }
        try {
            FileKind.of(head);
            return Optional.empty();
        } catch (UnreadableException e) {
            return Optional.of(e.advice());
        }
    }
}
