package org.likeness.library;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.likeness.core.demand.DemandId;
import org.likeness.core.demand.ErasureTarget;
import org.likeness.core.demand.Means;
import org.likeness.core.demand.Scope;
import org.likeness.core.records.ErasableStore;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.WriteTransaction;

/// Places to erase from in which something goes wrong, or happens meanwhile.
final class MeddledStores {
    private MeddledStores() {}

    /// While it is erased from, somebody else wants another thing erased, and does not wait.
    record Meanwhile(ErasableStore.Outside store, Runnable other) implements ErasableStore.Outside {
        @Override
        public String name() {
            return store.name();
        }

        @Override
        public Means means() {
            return store.means();
        }

        @Override
        public long count(ReadTransaction tx, DemandId erasure) {
            return store.count(tx, erasure);
        }

        @Override
        public void erase(List<ErasureTarget> targets) {
            other.run();
            store.erase(targets);
        }
    }

    record KnockedOut(ErasableStore store) implements ErasableStore.Outside {
        @Override
        public String name() {
            return store.name();
        }

        @Override
        public Means means() {
            return store.means();
        }

        @Override
        public long count(ReadTransaction tx, DemandId erasure) {
            return store.count(tx, erasure);
        }

        @Override
        public void erase(List<ErasureTarget> targets) {}
    }

    private static void die(AtomicInteger left) {
        if (left.getAndDecrement() == 0) {
            throw new DeathException();
        }
    }

    static final class DeathException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    record MortalRows(ErasableStore.Rows store, AtomicInteger left) implements ErasableStore.Rows {
        @Override
        public String name() {
            return store.name();
        }

        @Override
        public long count(ReadTransaction tx, DemandId erasure) {
            die(left);
            return store.count(tx, erasure);
        }

        @Override
        public void erase(WriteTransaction tx, DemandId erasure, Scope scope, long from, long to) {
            die(left);
            store.erase(tx, erasure, scope, from, to);
        }
    }

    record MortalOutside(ErasableStore.Outside store, AtomicInteger left) implements ErasableStore.Outside {
        @Override
        public String name() {
            return store.name();
        }

        @Override
        public Means means() {
            return store.means();
        }

        @Override
        public long count(ReadTransaction tx, DemandId erasure) {
            die(left);
            return store.count(tx, erasure);
        }

        @Override
        public void erase(List<ErasureTarget> targets) {
            store.erase(targets);
            die(left);
        }
    }
}
