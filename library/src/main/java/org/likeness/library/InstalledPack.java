package org.likeness.library;

import org.likeness.core.template.ModelSpec;
import org.likeness.vision.ModelPack;

/// A model pack that can be used: what a person wants to know of it. Immutable.
///
/// @param name as in its `pack.json`
/// @param licence SPDX expression
/// @param card the model card, Markdown
public record InstalledPack(
        String name, String version, String title, String licence, String provenance, ModelSpec spec, String card) {
    static InstalledPack of(ModelPack pack) {
        return new InstalledPack(
                pack.name(), pack.version(), pack.title(), pack.licence(), pack.provenance(), pack.spec(), pack.card());
    }
}
