/// Documents that whoever runs a collection must be able to show: made from the records and the
/// configuration in force, never written beside them. What a person must judge is left as a marked
/// question. Nothing in core asks this package anything. Start at
/// [org.likeness.core.document.DocumentDesk].
@NullMarked
package org.likeness.core.document;

import org.jspecify.annotations.NullMarked;
