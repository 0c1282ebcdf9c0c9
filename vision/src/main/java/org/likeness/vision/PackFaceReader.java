package org.likeness.vision;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.EmbeddingPermit;
import org.likeness.core.photo.AlignedCrop;
import org.likeness.core.photo.Box;
import org.likeness.core.photo.CameraNotes;
import org.likeness.core.photo.FaceReader;
import org.likeness.core.photo.PhotoReading;
import org.likeness.core.signal.Signal;
import org.likeness.core.template.ModelSpec;
import org.likeness.core.template.Template;

/// Reads photos by a model pack. Thread-safe: all callers share one session of each network, and a call
/// computes on its caller's thread (a virtual one's on a platform thread of ours), with memory for one photo and, for
/// large photos, about 0.5 GB while
/// the finest pass runs. Close it when no call is running.
public final class PackFaceReader implements FaceReader {
    private static final System.Logger LOG = System.getLogger(PackFaceReader.class.getName());

    private final ModelPack pack;
    private final PhotoDecoder decoder;
    private final Nets nets;
    private final FaceAnalyser analyser;
    private final PlatformThreads threads = new PlatformThreads();

    private PackFaceReader(ModelPack pack, PhotoDecoder decoder, Nets nets, FaceAnalyser analyser) {
        this.pack = pack;
        this.decoder = decoder;
        this.nets = nets;
        this.analyser = analyser;
    }

    /// Opens a reader. Networks are loaded when first needed, so a network that does not fit its
    /// pack is
    /// found then; [#load] finds it now.
    public static PackFaceReader open(ModelPack pack, Limits limits) {
        var nets = new Nets(pack, limits.passPxMax());
        var analyser = new FaceAnalyser(nets, pack.description().embedder().alignment());
        var photoLimits = new PhotoLimits(limits.pixelsMax(), PhotoLimits.DEFAULT.sideMax());
        var decoder = new PhotoDecoder(photoLimits, new PixelBudget(PixelBudget.DEFAULT_PIXELS));
        return new PackFaceReader(pack, decoder, nets, analyser);
    }

    /// Loads every network, for a service that wants to fail when it starts.
    ///
    /// @throws org.likeness.core.LikenessException BAD_INPUT when a network does not fit what the pack
    ///     says of it; UNAVAILABLE when ONNX Runtime does not run on this machine
    public void load() {
        nets.detector();
        nets.landmarks();
        nets.embedder();
    }

    @Override
    public void prepare() {
        Thread.ofPlatform().daemon().name("load-detector").start(() -> loadQuietly(nets::detector));
        Thread.ofPlatform()
                .daemon()
                .name("load-embedder")
                .start(() -> loadQuietly(() -> {
                    nets.landmarks();
                    nets.embedder();
                }));
    }

    /// A network that does not load fails again, and is reported, where it is needed.
    private static void loadQuietly(Runnable load) {
        try {
            load.run();
        } catch (LikenessException | IllegalStateException e) {
            LOG.log(System.Logger.Level.DEBUG, "a network could not be loaded ahead of its use", e);
        }
    }

    @Override
    public ModelSpec model() {
        return pack.spec();
    }

    @Override
    public List<Signal> signals(Path file, List<Path> sidecars) {
        return SignalReader.read(file, sidecars);
    }

    @Override
    public PhotoReading read(Path file, Depth depth) {
        return depth.equals(Depth.PICTURE)
                ? threads.brief(() -> readHere(file, depth))
                : threads.lengthy(() -> readHere(file, depth));
    }

    private PhotoReading readHere(Path file, Depth depth) {
        return switch (decoder.decode(file)) {
            case Decoding.Unreadable(var reason, var advice) -> new PhotoReading.Unreadable(reason, advice);
            case Decoding.Decoded(var photo) -> {
                try (photo) {
                    yield new PhotoReading.Read(analyser.analyse(photo, depth));
                }
            }
        };
    }

    @Override
    public CameraNotes notes(Path file) {
        return decoder.notes(file);
    }

    @Override
    public byte[] preview(Path file, int longSideMax) {
        return threads.brief(() -> jpeg(file, photo -> photo.scaled(longSideMax)));
    }

    @Override
    public byte[] cutout(Path file, Box part, int longSideMax) {
        return threads.brief(() -> jpeg(
                file,
                photo -> photo.region(
                        (int) Math.round(part.x()),
                        (int) Math.round(part.y()),
                        Math.max(1, (int) Math.round(part.width())),
                        Math.max(1, (int) Math.round(part.height())),
                        longSideMax)));
    }

    private byte[] jpeg(Path file, Function<DecodedPhoto, Picture> picture) {
        return switch (decoder.decode(file)) {
            case Decoding.Unreadable(var _, var advice) ->
                throw new LikenessException(LikenessException.Kind.CORRUPT, "the photo cannot be shown\n" + advice)
                        .called("photo.unreadable");
            case Decoding.Decoded(var photo) -> {
                try (photo) {
                    yield Encoding.jpeg(picture.apply(photo));
                }
            }
        };
    }

    @Override
    public Template embed(AlignedCrop crop, EmbeddingPermit permit) {
        var alignment = pack.description().embedder().alignment();
        return threads.brief(() -> nets.embed(Encoding.png(crop.png(), alignment.width(), alignment.height())));
    }

    @Override
    public void close() {
        threads.close();
        nets.close();
    }

    @Override
    public String toString() {
        return "PackFaceReader[" + model().id() + "]";
    }
}
