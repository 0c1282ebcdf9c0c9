package org.likeness.library;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.likeness.core.audit.Actor;
import org.likeness.core.records.ErasableStore;
import org.likeness.core.rights.DeletionDesk;
import org.likeness.core.rights.Eraser;
import org.likeness.core.rights.PurgeDesk;
import org.likeness.core.template.ModelId;
import org.likeness.store.DataFiles;
import org.likeness.store.ErasableFiles;
import org.likeness.store.Keys;
import org.likeness.store.SqlRecords;

/// Brings together every place of a data directory where something of anybody can lie, and those who
/// delete there. Whoever adds a place adds it here, so that an erasure reaches it and a census counts it.
/// Stateless.
final class Places {
    private static final String VERSION = "likeness "
            + Optional.ofNullable(Places.class.getPackage().getImplementationVersion())
                    .orElse("(not packaged)");

    private Places() {}

    /// @param engines the models at work, now and later
    static Eraser eraser(
            Settings settings,
            SqlRecords records,
            DataFiles files,
            Clock clock,
            Actor actor,
            Map<ModelId, Engine> engines,
            UnaryOperator<List<ErasableStore>> change) {
        ErasableFiles outside = new ErasableFiles(settings.data(), files, new Keys(settings.keys()));
        List<ErasableStore> stores = new ArrayList<>(outside.stores());
        stores.addAll(records.erasableTables());
        stores.add(new UploadStore(new Uploads(settings, clock, _ -> {}), records));
        stores.add(new IndexStore(() -> engines.values().stream().map(Engine::indexes)));
        return new Eraser(
                records,
                clock,
                actor,
                change.apply(List.copyOf(stores)),
                () -> outside.lockForErasure().map(lock -> lock::run),
                VERSION);
    }

    /// @param engines the models at work, now and later
    static PurgeDesk purges(
            Settings settings,
            SqlRecords records,
            DataFiles files,
            Clock clock,
            Actor actor,
            Map<ModelId, Engine> engines) {
        return new PurgeDesk(
                records,
                files,
                clock,
                actor,
                Duration.ofDays(settings.purgeDays()),
                collection ->
                        engines.values().forEach(engine -> engine.indexes().forget(collection)));
    }

    /// @param engines the models at work, now and later
    static DeletionDesk deletions(
            SqlRecords records, DataFiles files, Clock clock, Actor actor, Map<ModelId, Engine> engines) {
        return new DeletionDesk(
                records,
                files,
                clock,
                actor,
                (collection, faces) ->
                        engines.values().forEach(engine -> engine.indexes().remove(collection, faces)));
    }
}
