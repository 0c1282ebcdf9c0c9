package org.likeness.core.member;

import java.time.Duration;
import java.time.Instant;

/// That somebody signed in as a member, or tried to and did not show who they are. Immutable.
///
/// @param device the browser's family and system, as it named itself; at most [Session#DEVICE_MAX] characters
public record SignIn(MemberId member, Instant at, Way way, String device, boolean succeeded) {
    /// So many of each member are kept, the last ones,
    public static final int EACH_MAX = 20;

    /// and for so long.
    public static final Duration KEPT = Duration.ofDays(90);
}
