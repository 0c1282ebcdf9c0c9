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

    /// What all of them leave as it is.
    abstract static class Outside implements ErasableStore.Outside {
        final ErasableStore store;

        Outside(ErasableStore store) {
            this.store = store;
        }

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
    }

    /// While it is erased from, somebody else does something.
    static final class Meanwhile extends Outside {
        private final Runnable other;

        Meanwhile(ErasableStore store, Runnable other) {
            super(store);
            this.other = other;
        }

        @Override
        public void erase(List<ErasureTarget> targets) {
            other.run();
            ((ErasableStore.Outside) store).erase(targets);
        }
    }

    /// Nothing is ever erased from it.
    static final class KnockedOut extends Outside {
        KnockedOut(ErasableStore store) {
            super(store);
        }

        @Override
        public void erase(List<ErasureTarget> targets) {}
    }

    private static void die(AtomicInteger left) {
        if (left.getAndDecrement() == 0) {
            throw new DeathException();
        }
    }

    /// The process dies.
    static final class DeathException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// The process dies at one of its calls.
    static final class MortalOutside extends Outside {
        private final AtomicInteger left;

        MortalOutside(ErasableStore store, AtomicInteger left) {
            super(store);
            this.left = left;
        }

        @Override
        public long count(ReadTransaction tx, DemandId erasure) {
            die(left);
            return super.count(tx, erasure);
        }

        @Override
        public void erase(List<ErasureTarget> targets) {
            ((ErasableStore.Outside) store).erase(targets);
            die(left);
        }
    }

    /// The process dies at one of its calls.
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
}
