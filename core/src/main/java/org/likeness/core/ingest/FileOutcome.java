package org.likeness.core.ingest;

import java.util.Optional;
import org.likeness.core.photo.PhotoId;

/// How one file of an import ended. Every file ends as exactly one of these. Immutable.
///
/// @param location the file as a URI, which keeps every byte of its name
/// @param photo the photo it became or is a duplicate of
/// @param reason a word a program can switch on, for refused and failed
/// @param advice a sentence for a person, for quarantined, refused and failed
public record FileOutcome(
        ImportId run,
        String location,
        Result result,
        Optional<PhotoId> photo,
        Optional<Reason> reason,
        Optional<String> advice) {
    /// How it ended.
    public enum Result {
        IMPORTED,
        DUPLICATE,
        /// Kept, but a signal in or beside it keeps it out until a person decides.
        QUARANTINED,
        REFUSED,
        FAILED
    }

    /// Why a file was refused or failed.
    public enum Reason {
        /// The grant ended, or does not allow storing.
        NO_GRANT,
        /// Its source said stop.
        SOURCE_STOPPED,
        /// It, or where it is from, was erased or stopped and stays out.
        BLOCKED,
        /// Not a photo by its content; only reported when its name says it is one.
        NOT_A_PHOTO,
        /// A photo of a kind Likeness does not read.
        UNSUPPORTED,
        EMPTY,
        TRUNCATED,
        DAMAGED,
        TOO_MANY_BYTES,
        TOO_MANY_PIXELS,
        /// It or its folder cannot be opened.
        UNREADABLE,
        /// A symbolic link that leads back to a folder above it.
        LINK_LOOP,
        /// A symbolic link that leads out of the folders named.
        LINK_OUTSIDE,
        /// It was there when the folder was listed and is not any more.
        GONE,
        /// The disk or a model failed; importing again may work.
        UNAVAILABLE
    }

    /// Names of files name people, so they are not printed.
    @Override
    public String toString() {
        return "FileOutcome[" + result + reason.map(r -> " " + r).orElse("") + "]";
    }
}
