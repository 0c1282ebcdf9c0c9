/// Where Likeness keeps things: the records in SQL ([SqlRecords]), the keys beside them ([Keys]), the files of
/// photos ([DataFiles]).
///
/// It implements the ports of `core` and knows no policy: what may be kept or shown is decided there, and the
/// schema holds the part of it that must be true whoever writes. It must not know models, pixels or indexes.
/// Start at [SqlRecords]; the formats are written down in `docs/reference/storage.md`.
@NullMarked
package org.likeness.store;

import org.jspecify.annotations.NullMarked;
