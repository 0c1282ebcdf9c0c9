/// Templates and what may be said of comparing two of them: metric, comparison score, false match rate, threshold.
///
/// Terms follow ISO/IEC 2382-37. Vectors of different models are never compared: every door checks [ModelId].
@NullMarked
package org.likeness.core.template;

import org.jspecify.annotations.NullMarked;
