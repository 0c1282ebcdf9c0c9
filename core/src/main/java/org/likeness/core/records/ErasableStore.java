package org.likeness.core.records;

import java.util.List;
import org.likeness.core.demand.DemandId;
import org.likeness.core.demand.ErasureTarget;
import org.likeness.core.demand.Means;
import org.likeness.core.demand.Scope;

/// One place where something of a photo, face, person, source or collection can lie: a table, a kind of
/// file, keys, an
/// index in memory. All of them together are what an erasure goes through and a census counts, so whoever
/// adds a place
/// adds it here. Repeating an erasure is harmless.
public interface ErasableStore {
    /// Unique, for people: `crops`, `table face`.
    String name();

    Means means();

    /// How much there still is of what an erasure lists; 0: nothing. Whatever is thrown means that nobody
    /// knows.
    long count(ReadTransaction tx, DemandId erasure);

    /// A table.
    interface Rows extends ErasableStore {
        /// Deletes what belongs to some of the targets.
        void erase(WriteTransaction tx, DemandId erasure, Scope scope, long fromSequence, long toSequence);

        @Override
        default Means means() {
            return Means.ROW_DELETED;
        }
    }

    /// A place outside the records.
    interface Outside extends ErasableStore {
        /// Deletes what belongs to these targets.
        void erase(List<ErasureTarget> targets);
    }
}
