package org.likeness.cli;

import org.likeness.core.LikenessException;

/// What a process says when it ends. Documented in `docs/reference/cli.md`; never renumbered.
enum ExitCode {
    OK(0),
    /// A defect of ours.
    INTERNAL(1),
    /// The command line itself is wrong.
    USAGE(2),
    BAD_INPUT(3),
    NOT_FOUND(4),
    CONFLICT(5),
    REFUSED(6),
    UNAVAILABLE(7),
    CORRUPT(8),
    /// An import went through, but at least one file could not be read.
    FILES_FAILED(9);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static ExitCode of(LikenessException.Kind kind) {
        return switch (kind) {
            case BAD_INPUT -> BAD_INPUT;
            case NOT_FOUND -> NOT_FOUND;
            case CONFLICT -> CONFLICT;
            case REFUSED -> REFUSED;
            case UNAVAILABLE -> UNAVAILABLE;
            case CORRUPT -> CORRUPT;
        };
    }
}
