package org.likeness.models;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Map;

/// A network of the built pack, run by ONNX Runtime. Closed by whoever opened it; one thread at a time.
final class Network implements AutoCloseable {
    private final OrtSession session;

    private Network(OrtSession session) {
        this.session = session;
    }

    static Network open(String file) throws IOException, OrtException {
        try (var content = DefaultPack.open(file);
                var options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(2);
            return new Network(OrtEnvironment.getEnvironment().createSession(content.readAllBytes(), options));
        }
    }

    /// Opens a run over normalised pixels `[batch, 3, height, width]`; the caller closes it.
    Run run(float[] pixels, int batch, int height, int width) throws OrtException {
        long[] shape = {batch, 3, height, width};
        try (var input = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), FloatBuffer.wrap(pixels), shape)) {
            return new Run(session.run(Map.of("pixels", input)));
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }

    static final class Run implements AutoCloseable {
        private final OrtSession.Result result;

        private Run(OrtSession.Result result) {
            this.result = result;
        }

        float[] values(String output) {
            FloatBuffer buffer = tensor(output).getFloatBuffer();
            var values = new float[buffer.remaining()];
            buffer.get(values);
            return values;
        }

        long[] shape(String output) {
            return tensor(output).getInfo().getShape();
        }

        private OnnxTensor tensor(String output) {
            return (OnnxTensor) result.get(output).orElseThrow();
        }

        @Override
        public void close() {
            result.close();
        }
    }
}
