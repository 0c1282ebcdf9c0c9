/// The services that change what people may ask of us: notices, people and their consent. Values and rules are in the
/// packages of the nouns; here is what happens in one transaction with its audit entry. Only the two flows *In* and
/// *Find* may ask this package anything.
@NullMarked
package org.likeness.core.rights;

import org.jspecify.annotations.NullMarked;
