package org.likeness.core;

import java.security.SecureRandom;
import java.util.UUID;

/// Makes the ids of everything stored: UUID version 7 ([RFC 9562](https://www.rfc-editor.org/rfc/rfc9562) 5.7).
///
/// The leading milliseconds keep rows made together together in an index; the 74 random bits make an id
/// worthless as
/// a counter of what a collection holds. An id is not a secret. Thread-safe.
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    public static UUID next() {
        long millis = System.currentTimeMillis();
        long high = (millis << 16) | 0x7000L | RANDOM.nextInt(1 << 12);
        long low = (RANDOM.nextLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }
}
