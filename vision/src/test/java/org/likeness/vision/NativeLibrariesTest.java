package org.likeness.vision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// In processes of their own, because where libraries are unpacked is settled once a process.
class NativeLibrariesTest {
    @TempDir
    Path folder;

    @Test
    void unpacks_once_for_several_processes_and_loads_from_there() throws Exception {
        var first = start(List.of());
        var second = start(List.of());
        assertThat(output(first)).contains("onnx " + folder);
        assertThat(output(second)).contains("onnx " + folder);
        var unpacked = files();
        assertThat(unpacked).anyMatch(file -> file.endsWith(System.mapLibraryName("onnxruntime")));
        assertThat(unpacked).anyMatch(file -> file.toString().contains("avcodec"));
        assertThat(unpacked).noneMatch(file -> file.toString().endsWith(".part"));
        output(start(List.of()));
        assertThat(files()).isEqualTo(unpacked);
    }

    @Test
    void leaves_alone_what_an_administrator_has_set() throws Exception {
        var text = output(start(List.of("-Donnxruntime.native.path=/elsewhere", "-Dnoload=true")));
        assertThat(text).contains("onnx /elsewhere");
    }

    private Process start(List<String> more) throws IOException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(more);
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), NativeLibrariesMain.class.getName(), folder.toString()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String output(Process process) throws Exception {
        try (var reader = process.inputReader()) {
            var text = reader.readAllAsString();
            assertThat(process.waitFor()).as(text).isZero();
            return text;
        }
    }

    private List<Path> files() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
