package org.likeness.core.search;

import java.time.Instant;
import java.util.List;
import org.likeness.core.audit.Actor;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.Purpose;
import org.likeness.core.template.TemplateIndex;
import org.likeness.core.template.Threshold;

/// One use: who searched which collection, why, when, and what came back. Nothing of the probe. Immutable.
public record Search(
        SearchId id,
        CollectionId collection,
        Purpose purpose,
        Actor actor,
        Instant startedAt,
        Instant endedAt,
        Threshold threshold,
        List<TemplateIndex.Hit> answer) {
    public Search {
        answer = List.copyOf(answer);
    }
}
