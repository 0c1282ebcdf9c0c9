package org.likeness.core.document;

import java.time.Duration;
import org.likeness.core.template.Rate;

/// What the documents say of the installation and its model, and the records do not know. Immutable.
///
/// @param keysApart whether the keys lie outside the data directory
/// @param purge within which what was held under a grant is deleted after its end
/// @param maxFalse how often a search of a stranger may return anyone, where nothing else is asked for
/// @param model the pack of the collection
public record Setup(boolean keysApart, Duration purge, Rate maxFalse, Model model) {
    /// A model pack.
    ///
    /// @param licence SPDX expression
    /// @param card Markdown with one title
    public record Model(String title, String version, String licence, String provenance, String card) {}
}
