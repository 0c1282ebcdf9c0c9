/// The append-only log: what was done, to what, when. Ids only, never a name, an address, a path or a vector.
@NullMarked
package org.likeness.core.audit;

import org.jspecify.annotations.NullMarked;
