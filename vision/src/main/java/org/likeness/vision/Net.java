package org.likeness.vision;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.likeness.core.LikenessException;
import org.likeness.core.LikenessException.Kind;

/// One network, loaded: pixels `[batch, 3, height, width]` in, float tensors out. Thread-safe: all
/// callers share
/// one session, and each call computes on its caller's thread. Whoever loaded it closes it, when no
/// call is
/// running.
final class Net implements AutoCloseable {
    /// Inputs beyond this many pixels give their working memory back after the run: the arena of
    /// ONNX Runtime
    /// keeps the most it ever needed. Measured at 2048x1536 with the default detector: a fifth more
    /// time, but
    /// 0.3 GB resident afterwards instead of 1.1 GB, and a peak of 0.8 GB instead of 1.1 GB.
    private static final int KEEP_MEMORY_PIXELS_MAX = 1024 * 1024;

    private static final long LOADING_STACK_BYTES = 32L << 20;

    /// A result: float values in row-major order; the arrays are shared, not to be changed.
    /// Immutable otherwise.
    static final class Output {
        private final String name;
        private final long[] shape;
        private final float[] values;

        Output(String name, long[] shape, float[] values) {
            this.name = name;
            this.shape = shape;
            this.values = values;
        }

        String name() {
            return name;
        }

        float[] values() {
            return values;
        }

        /// The length of the last axis.
        int last() {
            return Math.toIntExact(shape[shape.length - 1]);
        }

        /// The shape, for messages.
        String shape() {
            return Arrays.toString(shape);
        }
    }

    private final String file;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final String input;
    private final long[] inputShape;
    private final List<long[]> outputShapes;
    private final long loadMs;

    /// What ONNX Runtime does when it starts and when it optimises a graph recurses deeply in
    /// native code: measured, just
    /// over 1 MB when it starts, which is all the stack a thread of the JVM has, and going over
    /// ends the process. So it
    /// is done on a thread with more.
    private static <T> T onLargeStack(Making<T> making) throws OrtException {
        AtomicReference<Object> made = new AtomicReference<>();
        AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
        Runnable work = () -> {
            try {
                made.set(making.make());
            } catch (OrtException | RuntimeException | Error e) {
                failed.set(e);
            }
        };
        Thread loader = new Thread(null, work, "load-network", LOADING_STACK_BYTES);
        loader.start();
        boolean interrupted = false;
        while (loader.isAlive()) {
            try {
                loader.join();
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        switch (failed.get()) {
            case OrtException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> {}
        }
        @SuppressWarnings("unchecked") // nothing else is put there
        T result = (T) made.get();
        return result;
    }

    /// Makes something that may be refused.
    @FunctionalInterface
    private interface Making<T> {
        T make() throws OrtException;
    }

    private Net(String file, OrtEnvironment environment, OrtSession session, long loadMs) throws OrtException {
        this.file = file;
        this.environment = environment;
        this.session = session;
        this.loadMs = loadMs;
        if (session.getNumInputs() != 1) {
            throw wrong(file, "inputs", String.valueOf(session.getNumInputs()), "one input");
        }
        NodeInfo info = session.getInputInfo().values().iterator().next();
        input = info.getName();
        inputShape = shapeOf(file, info);
        if (inputShape.length != 4 || (inputShape[1] != 3 && inputShape[1] != -1)) {
            throw wrong(file, "input shape", Arrays.toString(inputShape), "[batch, 3, height, width]");
        }
        var shapes = new ArrayList<long[]>();
        for (NodeInfo output : session.getOutputInfo().values()) {
            shapes.add(shapeOf(file, output));
        }
        outputShapes = List.copyOf(shapes);
    }

    /// @param file the name in the pack, for messages
    /// @throws LikenessException BAD_INPUT when this is no network of that form; UNAVAILABLE when
    ///     the runtime
    ///     fails
    static Net load(String file, byte[] onnx) {
        long start = System.nanoTime();
        try {
            OrtEnvironment environment =
                    onLargeStack(() -> OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR));
            try (var options = new OrtSession.SessionOptions()) {
                options.setIntraOpNumThreads(1); // photos are the parallelism
                options.setInterOpNumThreads(1);
                options.addConfigEntry("session.intra_op.allow_spinning", "0");
                OrtSession session = onLargeStack(() -> environment.createSession(onnx, options));
                try {
                    return new Net(file, environment, session, (System.nanoTime() - start) / 1_000_000);
                } catch (RuntimeException | OrtException e) {
                    session.close();
                    throw e;
                }
            }
        } catch (OrtException e) {
            throw new LikenessException(
                            Kind.BAD_INPUT,
                            "file " + file + " of the model pack must be an ONNX network but ONNX Runtime refuses it: "
                                    + e.getMessage() + "\nBuild or fetch the pack again.",
                            e)
                    .called("model.failed");
        } catch (UnsatisfiedLinkError | NoClassDefFoundError | ExceptionInInitializerError e) {
            throw new LikenessException(
                            Kind.UNAVAILABLE,
                            "ONNX Runtime cannot be loaded on this machine: " + e.getMessage()
                                    + ""
                                    + "\nIt needs a 64-bit Linux with glibc (not musl), macOS or"
                                    + " Windows, and a writable folder"
                                    + " for temporary files.",
                            e)
                    .called("model.failed");
        }
    }

    private static long[] shapeOf(String file, NodeInfo info) {
        if (!(info.getInfo() instanceof TensorInfo tensor)
                || tensor.type != ai.onnxruntime.OnnxJavaType.FLOAT
                || tensor.getShape().length == 0) {
            throw wrong(file, info.getName(), String.valueOf(info.getInfo()), "a float tensor");
        }
        return tensor.getShape();
    }

    static LikenessException wrong(String file, String name, String value, String expected) {
        return new LikenessException(
                        Kind.BAD_INPUT,
                        "file " + file + " of the model pack: " + name + " must be " + expected + " but is " + value
                                + ""
                                + "\nThe network does not fit what pack.json says of it; correct"
                                + " pack.json or the file.")
                .called("model.failed");
    }

    String file() {
        return file;
    }

    /// How long loading took, in milliseconds.
    long loadMs() {
        return loadMs;
    }

    /// The declared shapes of the outputs; -1 is any size.
    List<long[]> outputShapes() {
        return outputShapes;
    }

    /// Whether several pictures may go in at once.
    boolean takesBatch(int batch) {
        return inputShape[0] == -1 || inputShape[0] == batch;
    }

    /// The one input height this network accepts, or -1 for any.
    long fixedHeight() {
        return inputShape[2];
    }

    /// The one input width this network accepts, or -1 for any.
    long fixedWidth() {
        return inputShape[3];
    }

    /// @throws LikenessException BAD_INPUT unless the network accepts pictures of this size
    void requireInput(int width, int height) {
        if ((fixedWidth() != -1 && fixedWidth() != width) || (fixedHeight() != -1 && fixedHeight() != height)) {
            throw wrong(file, "input shape", Arrays.toString(inputShape), "[batch, 3, " + height + ", " + width + "]");
        }
    }

    /// @throws LikenessException BAD_INPUT unless there is one output, of this many values a picture
    void requireOneOutput(int values) {
        long[] shape = outputShapes.getFirst();
        long declared = Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a < 0 || b < 0 ? -1 : a * b);
        if (outputShapes.size() != 1 || (declared != values && declared >= 0)) {
            String found = outputShapes.stream().map(Arrays::toString).toList().toString();
            throw wrong(file, "output shapes", found, "one of [batch, " + values + "]");
        }
    }

    /// Runs the network.
    ///
    /// @param fill writes `batch * 3 * height * width` values
    /// @throws LikenessException UNAVAILABLE when the runtime fails, as when memory runs out
    List<Output> run(int batch, int width, int height, Consumer<FloatBuffer> fill) {
        long[] shape = {batch, 3, height, width};
        long values = 3L * batch * width * height;
        try (Arena arena = Arena.ofConfined(); // freed now, not when the collector feels like it
                var options = new OrtSession.RunOptions()) {
            FloatBuffer pixels = arena.allocate(ValueLayout.JAVA_FLOAT, values)
                    .asByteBuffer()
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            fill.accept(pixels);
            if ((long) width * height > KEEP_MEMORY_PIXELS_MAX) {
                options.addRunConfigEntry("memory.enable_memory_arena_shrinkage", "cpu:0");
            }
            try (OnnxTensor tensor = OnnxTensor.createTensor(environment, pixels, shape);
                    OrtSession.Result result = session.run(Map.of(input, tensor), options)) {
                var outputs = new ArrayList<Output>();
                for (var entry : result) {
                    if (!(entry.getValue() instanceof OnnxTensor output)) {
                        throw wrong(
                                file, entry.getKey(), entry.getValue().getType().toString(), "a float tensor");
                    }
                    FloatBuffer copy = output.getFloatBuffer();
                    var all = new float[copy.remaining()];
                    copy.get(all);
                    outputs.add(new Output(entry.getKey(), output.getInfo().getShape(), all));
                }
                return outputs;
            }
        } catch (OrtException e) {
            throw new LikenessException(
                            Kind.UNAVAILABLE,
                            "network " + file + " failed on an input of " + width + "x" + height + ": " + e.getMessage()
                                    + ""
                                    + "\nIf memory ran out, lower the finest detection pass or"
                                    + " analyse fewer photos at once.",
                            e)
                    .called("model.failed");
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new LikenessException(Kind.UNAVAILABLE, "network " + file + " could not be closed", e)
                    .called("model.failed");
        }
    }
}
