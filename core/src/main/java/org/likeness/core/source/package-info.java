/// Where photos come from and who allowed what: no photo without exactly one source and a grant active at that
/// time.
@NullMarked
package org.likeness.core.source;

import org.jspecify.annotations.NullMarked;
