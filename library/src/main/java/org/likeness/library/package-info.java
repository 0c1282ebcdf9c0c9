/// The library an integrator embeds, and the one door that the command line and the server use. Start at
/// [Likeness].
///
/// Wires core's flows to vision, index and store with plain constructors. It decides nothing: rules live in core.
@NullMarked
package org.likeness.library;

import org.jspecify.annotations.NullMarked;
