package org.likeness.vision;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.likeness.core.signal.Signal;

/// Whatever bytes come, reading signals ends with a bounded list. In a normal build this runs the samples and seeded
/// damage (`-Dseed=N` replays one case); with `JAZZER_FUZZ=1` in the environment Jazzer searches for inputs that break
/// it.
class SignalReaderFuzzTest {
    private static final int CASES = 150;
    private static final Map<String, byte[]> CARRIERS = carriers();

    @TempDir
    private Path folder;

    private static Map<String, byte[]> carriers() {
        var all = new LinkedHashMap<String, byte[]>();
        SignalSamples.carriers(SignalSamples.prohibition()).forEach((name, bytes) -> all.put("xmp " + name, bytes));
        var store = SignalSamples.store(
                "cawg.training-mining", SignalSamples.trainingMining(true, "cawg.ai_inference", "notAllowed"));
        SignalSamples.c2paCarriers(store).forEach((name, bytes) -> all.put("c2pa " + name, bytes));
        return all;
    }

    static Stream<String> names() {
        return CARRIERS.keySet().stream();
    }

    static Stream<Arguments> samples() {
        return CARRIERS.values().stream().map(bytes -> Arguments.of((Object) bytes));
    }

    @MethodSource("samples")
    @FuzzTest(maxDuration = "5m")
    void ends_with_a_bounded_list(byte[] bytes) throws IOException {
        var file = Files.createTempFile("fuzz", ".bin");
        try {
            Files.write(file, bytes);
            check(SignalReader.read(file, List.of()));
            check(SignalReader.read(file, List.of(file)));
        } finally {
            Files.delete(file);
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void damage_never_breaks_the_reader(String name) {
        var only = Long.getLong("seed");
        var first = only == null ? 0 : only;
        for (long seed = first; seed < (only == null ? CASES : first + 1); seed++) {
            try {
                check(SignalReader.read(SamplePhotos.write(folder, "damaged", damaged(name, seed)), List.of()));
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError(name + " with -Dseed=" + seed, e);
            }
        }
    }

    private static void check(List<Signal> signals) {
        assertThat(signals).hasSizeLessThanOrEqualTo(201).doesNotHaveDuplicates();
    }

    private static byte[] damaged(String name, long seed) {
        var random = new SplittableRandom(seed);
        var bytes = Objects.requireNonNull(CARRIERS.get(name)).clone();
        for (int change = random.nextInt(1, 12); change > 0; change--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(4) == 0 ? SamplePhotos.slice(bytes, 0, random.nextInt(1, bytes.length)) : bytes;
    }
}
