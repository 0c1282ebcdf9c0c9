/// Pixels to faces to templates: bounded decoding, model packs, detection, landmarks, alignment, quality,
/// embedding.
///
/// Knows no policy and no collection: what may be read, kept or compared is decided above. Start at
/// [PackFaceReader].
@NullMarked
package org.likeness.vision;

import org.jspecify.annotations.NullMarked;
