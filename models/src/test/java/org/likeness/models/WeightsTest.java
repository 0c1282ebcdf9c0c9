package org.likeness.models;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsTest {
    private static final String BYTES = """
            {"name": "bytes", "shape": [3], "dtype": "float32",
             "quantization": {"dtype": "uint8", "scale": 0.5, "min": -1.0}}""";
    private static final String FLOATS = """
            {"name": "floats", "shape": [1, 2], "dtype": "float32"}""";

    @TempDir
    private Path directory;

    @BeforeEach
    void makeFolder() throws IOException {
        Files.createDirectories(directory.resolve("model"));
    }

    @Test
    void floats_may_start_at_an_odd_byte() throws IOException {
        Weights weights = read("[\"a.bin\"]", BYTES + ", " + FLOATS, data());
        assertThat(weights.floats("bytes")).containsExactly(-1f, 0f, 126.5f);
        assertThat(weights.floats("floats")).containsExactly(0.25f, -8f);
        assertThat(weights.get("floats", 1, 2).coded()).isFalse();
    }

    @Test
    void the_files_of_a_group_are_joined() throws IOException {
        Files.write(directory.resolve("model/b.bin"), new byte[] {(byte) 255});
        Weights weights = read("[\"a.bin\", \"b.bin\"]", BYTES, new byte[] {0, 2});
        assertThat(weights.floats("bytes")).containsExactly(-1f, 0f, 126.5f);
    }

    @Test
    void refuses_files_that_are_longer_than_the_manifest_says() {
        assertThatThrownBy(() -> read("[\"a.bin\"]", BYTES, data()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("3 bytes, but its files have 11");
    }

    @Test
    void refuses_files_that_are_shorter_than_the_manifest_says() {
        assertThatThrownBy(() -> read("[\"a.bin\"]", BYTES, new byte[2]))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("3 bytes or more, but its files have 2");
    }

    @Test
    void refuses_a_missing_tensor_and_another_shape() throws IOException {
        Weights weights = read("[\"a.bin\"]", BYTES, new byte[3]);
        assertThatThrownBy(() -> weights.get("fc")).hasMessageContaining("must have a tensor fc");
        assertThatThrownBy(() -> weights.get("bytes", 4)).hasMessageContaining("must be [4] but is [3]");
    }

    @Test
    void kernels_are_turned_to_the_order_of_onnx() {
        var codes = new byte[2 * 3 * 5 * 7]; // height, width, in, out
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) i;
        }
        Tensor kernel = Tensor.ofCodes(new int[] {2, 3, 5, 7}, codes, 1, 0).kernel();
        assertThat(kernel.shape()).containsExactly(7, 5, 2, 3);
        int out = 4;
        int in = 2;
        int row = 1;
        int column = 0;
        float expected = ((row * 3 + column) * 5 + in) * 7 + out;
        assertThat(kernel.values()[((out * 5 + in) * 2 + row) * 3 + column]).isEqualTo(expected);
    }

    private static byte[] data() {
        return ByteBuffer.allocate(11)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {0, 2, (byte) 255})
                .putFloat(0.25f)
                .putFloat(-8f)
                .array();
    }

    private Weights read(String paths, String tensors, byte[] data) throws IOException {
        String manifest = "[{\"paths\": " + paths + ", \"weights\": [" + tensors + "]}]";
        Files.writeString(directory.resolve("model/manifest.json"), manifest, UTF_8);
        Files.write(directory.resolve("model/a.bin"), data);
        var pins = new StringBuilder();
        try (var files = Files.list(directory.resolve("model"))) {
            for (Path file : files.toList()) {
                String hash = NpmPackage.sha256(Files.readAllBytes(file));
                pins.append(hash).append("  model/").append(file.getFileName()).append('\n');
            }
        }
        Path pinFile = Files.writeString(directory.resolve("pins"), pins);
        return Weights.read(NpmPackage.pinnedBy(pinFile, directory), "manifest.json");
    }
}
