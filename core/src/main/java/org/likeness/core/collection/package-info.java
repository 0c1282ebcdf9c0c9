/// Collections: photos under one profile, one key and one model. Nothing is ever compared across collections.
@NullMarked
package org.likeness.core.collection;

import org.jspecify.annotations.NullMarked;
