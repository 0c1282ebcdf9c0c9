/// What anybody may claim, and what comes of it: a stop at once, an erasure that is planned, done and
/// counted, and
/// tombstones that keep what went from coming back. Knows no records. Start at
/// [org.likeness.core.demand.Demand].
@NullMarked
package org.likeness.core.demand;

import org.jspecify.annotations.NullMarked;
