/// The default model pack: three networks, the description that makes them one pack, and six demo photos.
///
/// What ships is [org.likeness.models.DefaultPack] and the files it opens. Everything else here runs once, at build
/// time: it reads the weights of the npm package `@vladmandic/face-api` and writes ONNX. It knows nothing of photos,
/// faces or people; how a pack is read and run is the business of module vision.
///
/// Start with `BuildPack`, then one network, `EmbedderNet` being the plainest.
@NullMarked
package org.likeness.models;

import org.jspecify.annotations.NullMarked;
