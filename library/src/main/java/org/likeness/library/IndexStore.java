package org.likeness.library;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.demand.DemandId;
import org.likeness.core.demand.ErasureTarget;
import org.likeness.core.demand.Means;
import org.likeness.core.demand.Scope;
import org.likeness.core.photo.FaceId;
import org.likeness.core.records.ErasableStore;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.search.Indexes;

/// The templates in this process's memory. Those in the memory of another process are out of reach; what
/// it answers is
/// decided by the records all the same. Thread-safe.
final class IndexStore implements ErasableStore.Outside {
    private static final int PAGE = 1_000;

    private final Supplier<Stream<Indexes>> open;

    /// @param open the indexes of every model at work
    IndexStore(Supplier<Stream<Indexes>> open) {
        this.open = open;
    }

    @Override
    public String name() {
        return "indexes in memory";
    }

    @Override
    public Means means() {
        return Means.MEMORY_WIPED;
    }

    @Override
    public long count(ReadTransaction tx, DemandId erasure) {
        long count = tx.demands().targets(erasure, Scope.COLLECTION, 0, 1).stream()
                .mapToLong(target -> open.get()
                        .filter(indexes -> indexes.isOpen(target.collection()))
                        .count())
                .sum();
        List<Indexes> all = open.get().toList();
        if (all.isEmpty()) {
            return count;
        }
        long after = 0;
        for (List<ErasureTarget> page = tx.demands().targets(erasure, Scope.FACE, after, PAGE);
                !page.isEmpty();
                page = tx.demands().targets(erasure, Scope.FACE, after, PAGE)) {
            for (Map.Entry<CollectionId, List<FaceId>> some : faces(page).entrySet()) {
                count += all.stream()
                        .mapToLong(indexes -> indexes.holds(some.getKey(), some.getValue()))
                        .sum();
            }
            after = page.getLast().sequence();
        }
        return count;
    }

    @Override
    public void erase(List<ErasureTarget> targets) {
        faces(targets).forEach((collection, faces) -> open.get().forEach(indexes -> indexes.remove(collection, faces)));
        targets.stream()
                .filter(target -> target.scope() == Scope.COLLECTION)
                .forEach(target -> open.get().forEach(indexes -> indexes.forget(target.collection())));
    }

    private static Map<CollectionId, List<FaceId>> faces(List<ErasureTarget> targets) {
        return targets.stream()
                .filter(target -> target.scope() == Scope.FACE)
                .collect(Collectors.groupingBy(
                        ErasureTarget::collection,
                        Collectors.mapping(target -> new FaceId(target.object()), Collectors.toList())));
    }
}
