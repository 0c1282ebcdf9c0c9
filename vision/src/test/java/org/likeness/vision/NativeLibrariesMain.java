package org.likeness.vision;

import ai.onnxruntime.OrtEnvironment;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avcodec;

/// Sets the folder, loads both libraries and says where from and how long it took. Started by
/// [NativeLibrariesTest].
final class NativeLibrariesMain {
    private NativeLibrariesMain() {}

    public static void main(String[] arguments) {
        var started = System.nanoTime();
        if (!arguments[0].equals("-")) {
            NativeLibraries.unpackTo(Path.of(arguments[0]));
        }
        if (!Boolean.getBoolean("noload")) {
            System.out.println("avcodec " + avcodec.avcodec_version());
            System.out.println("onnx version " + OrtEnvironment.getEnvironment().getVersion());
        }
        System.out.println("onnx " + System.getProperty("onnxruntime.native.path"));
        System.out.println("ms " + (System.nanoTime() - started) / 1_000_000);
    }
}
