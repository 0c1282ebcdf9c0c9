package org.likeness.core.member;

import java.time.Duration;
import java.time.Instant;

/// That a member signed in with one browser. Held by the digest of a secret that only the browser has. Immutable.
///
/// @param device the browser's family and system, as it named itself; at most [#DEVICE_MAX] characters
/// @param way how it began
/// @param endsAt whatever happens, it is over then
public record Session(
        SessionId id, MemberId member, String device, Way way, Instant beganAt, Instant seenAt, Instant endsAt) {
    /// It ends when it was not used for so long.
    public static final Duration IDLE = Duration.ofHours(12);

    /// It ends after so long, used or not.
    public static final Duration LONGEST = Duration.ofDays(30);

    public static final int DEVICE_MAX = 100;

    public boolean isOver(Instant now) {
        return !now.isBefore(endsAt) || !now.isBefore(seenAt.plus(IDLE));
    }
}
