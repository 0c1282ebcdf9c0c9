/// Services that change records on somebody's decision: one small class each. Nothing else in `core` depends on this
/// package. Start with the class named after what is decided.
@NullMarked
package org.likeness.core.rights;

import org.jspecify.annotations.NullMarked;
