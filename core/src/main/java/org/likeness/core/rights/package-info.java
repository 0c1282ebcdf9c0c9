/// What answers for permission: one small class each that changes records by the rules of the nouns. Nothing else in
/// `core` depends on this package. Start at the class named after what is to be done.
@NullMarked
package org.likeness.core.rights;

import org.jspecify.annotations.NullMarked;
