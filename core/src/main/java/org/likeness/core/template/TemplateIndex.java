package org.likeness.core.template;

import java.util.List;
import org.likeness.core.photo.FaceId;

/// Finds the stored templates most like a probe, for one collection, one model and one [Space]. It
/// suggests; the
/// records decide.
/// Thread-safe: searches run beside additions and removals, which are seen by every search that starts
/// afterwards.
public interface TemplateIndex extends AutoCloseable {
    /// A face and its comparison score with the probe.
    record Hit(FaceId face, double score) {}

    /// Adds a face, or replaces its template.
    ///
    /// @throws IllegalArgumentException when the template is of another model or space
    void add(FaceId face, Template template);

    /// Whether the face was there.
    boolean remove(FaceId face);

    boolean contains(FaceId face);

    int size();

    /// The faces scoring at least `scoreMin`, best first, equal scores by face id, at most `limit`.
    ///
    /// @param limit at least 1
    /// @throws IllegalArgumentException when the probe is of another model or space
    List<Hit> search(Template probe, double scoreMin, int limit, FaceFilter filter);

    @Override
    void close();
}
