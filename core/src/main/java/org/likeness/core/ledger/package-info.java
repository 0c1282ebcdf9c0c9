/// What was stopped, taken back and erased, as it is kept outside the records so that no older copy of
/// them can undo it. Knows no records. Start with [LedgerEntry].
@NullMarked
package org.likeness.core.ledger;

import org.jspecify.annotations.NullMarked;
