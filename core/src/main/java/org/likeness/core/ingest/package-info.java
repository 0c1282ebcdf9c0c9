/// Flow *In*: files become photos with faces. Resumable, idempotent by content, every file accounted for. Start at
/// [Importer].
@NullMarked
package org.likeness.core.ingest;

import org.jspecify.annotations.NullMarked;
