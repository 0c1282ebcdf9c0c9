package org.likeness.library;

import java.util.Collection;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.likeness.core.template.ModelId;

/// The engines as the desk of the keys asks for them.
///
/// @param settings the model of the settings
record VaultEngines(Collection<Engine> all, Function<ModelId, Engine> byModel, Supplier<ModelId> settings)
        implements VaultDesk.Engines {
    @Override
    public Stream<Engine> open() {
        return all.stream();
    }

    @Override
    public Engine of(ModelId model) {
        return byModel.apply(model);
    }

    @Override
    public Engine ofSettings() {
        return byModel.apply(settings.get());
    }
}
