/// Photos and the faces in them: what is kept of each, and the ports through which pixels are read and files kept.
///
/// A [Face] is a region, without a vector. Pixels never cross this border except as encoded crops and thumbnails.
@NullMarked
package org.likeness.core.photo;

import org.jspecify.annotations.NullMarked;
