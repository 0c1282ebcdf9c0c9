/// What a photo, or a file beside it, says about its own use in a form machines read.
///
/// Signals only subtract: the rules in [Signals] can keep a photo out, and none of them can let one in. Knows no photo,
/// no grant and no records. Start with [Signal].
@NullMarked
package org.likeness.core.signal;

import org.jspecify.annotations.NullMarked;
