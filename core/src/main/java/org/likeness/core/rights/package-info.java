/// The services that change what somebody may be asked about: sources and grants first. One small class each; start
/// with [SourceDesk]. Nothing else in `core` knows this package.
@NullMarked
package org.likeness.core.rights;

import org.jspecify.annotations.NullMarked;
