/// The verifier on receipts as Likeness makes them.
@NullMarked
package org.likeness.verifier;

import org.jspecify.annotations.NullMarked;
