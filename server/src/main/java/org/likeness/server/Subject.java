package org.likeness.server;

import java.util.Optional;

/// Whom or what a demand is about, as far as whoever looks may know. Immutable.
///
/// @param label a name, a day, or the id where there is nothing else
/// @param picture the address of one, while it is shown
/// @param address the page of the photo, person or source, while there is one
/// @param named whether the label names a person
public record Subject(String label, Optional<String> picture, Optional<String> address, boolean named) {
    /// Names are personal.
    @Override
    public String toString() {
        return "Subject[redacted]";
    }
}
