package org.likeness.vision;

import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.likeness.core.template.Template;

/// The networks of a pack, each loaded when it is first needed: looking for faces never loads the embedder, and
/// embedding a crop never loads the detector, which matters to a command that does one thing and ends.
/// Thread-safe; close it when no call is running.
final class Nets implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Nets.class.getName());

    private final ModelPack pack;
    private final Lazy<FaceDetector> detector;
    private final Optional<Lazy<LandmarkFinder>> landmarks;
    private final Lazy<Embedder> embedder;

    /// @param passPxMax see [Limits]
    Nets(ModelPack pack, int passPxMax) {
        this.pack = pack;
        PackDescription description = pack.description();
        detector = new Lazy<>(
                description.detector().file(), net -> new FaceDetector(net, description.detector(), passPxMax));
        landmarks = description.landmarks().map(d -> new Lazy<>(d.file(), net -> new LandmarkFinder(net, d)));
        embedder = new Lazy<>(
                description.embedder().file(),
                net -> new Embedder(
                        net, description.embedder(), description.spec().id()));
    }

    FaceDetector detector() {
        return detector.get();
    }

    /// Empty where the pack has none.
    Optional<LandmarkFinder> landmarks() {
        return landmarks.map(Lazy::get);
    }

    Embedder embedder() {
        return embedder.get();
    }

    Template embed(Picture crop) {
        return embedder().embed(crop);
    }

    @Override
    public void close() {
        detector.close();
        landmarks.ifPresent(Lazy::close);
        embedder.close();
    }

    /// Loads its network on first use; once closed it never loads again.
    private final class Lazy<T> {
        private final String file;
        private final Function<Net, T> wrap;
        private @Nullable Net net;
        private @Nullable T value;
        private boolean closed;

        Lazy(String file, Function<Net, T> wrap) {
            this.file = file;
            this.wrap = wrap;
        }

        synchronized T get() {
            if (closed) {
                throw new IllegalStateException(
                        "the reader of pack " + pack.spec().id() + " is closed");
            }
            T ready = value;
            if (ready != null) {
                return ready;
            }
            Net loaded = Net.load(file, pack.content(file));
            try {
                ready = wrap.apply(loaded);
            } catch (RuntimeException e) {
                loaded.close();
                throw e;
            }
            LOG.log(
                    Level.DEBUG,
                    "loaded {0} of pack {1} in {2} ms",
                    file,
                    pack.spec().id(),
                    loaded.loadMs());
            net = loaded;
            value = ready;
            return ready;
        }

        synchronized void close() {
            closed = true;
            value = null;
            Net loaded = net;
            net = null;
            if (loaded != null) {
                loaded.close();
            }
        }
    }
}
