/// Templates to nearest templates. [ExactIndex] is the first tier of the port
/// [org.likeness.core.template.TemplateIndex]
/// and the place to start: an exact scan in memory.
///
/// Knows vectors, ids and numbers. It must not know whose faces they are, who asks, or what may be shown: the records
/// decide that. Nothing here writes to disk or prints a vector.
@NullMarked
package org.likeness.index;

import org.jspecify.annotations.NullMarked;
