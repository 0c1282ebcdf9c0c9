/// The port to the records, which are the truth: one interface for each noun, reached through a transaction.
///
/// Module `store` implements it for SQLite and PostgreSQL. A change takes its audit entry with it or does not
/// happen.
@NullMarked
package org.likeness.core.records;

import org.jspecify.annotations.NullMarked;
