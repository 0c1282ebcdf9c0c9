/// Checks receipts without Likeness. Knows the JDK only, and nothing of the code it checks.
@NullMarked
package org.likeness.verifier;

import org.jspecify.annotations.NullMarked;
