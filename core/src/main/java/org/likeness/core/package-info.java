/// What every noun shares: how the world's failures are reported and how ids are made.
@NullMarked
package org.likeness.core;

import org.jspecify.annotations.NullMarked;
