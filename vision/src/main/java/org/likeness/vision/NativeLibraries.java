package org.likeness.vision;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.likeness.core.LikenessException;

/// Where the native libraries inside the jars are unpacked. By default they go to the user's home and, at each
/// start
/// anew, to the temp folder; a service has a data folder that is writable and stays.
///
/// Thread-safe; safe for several processes that share the folder.
public final class NativeLibraries {
    private static final String JAVACPP_FOLDER = "org.bytedeco.javacpp.cachedir";
    private static final String ONNX_FOLDER = "onnxruntime.native.path";
    private static final String SET_BY_US = ".likeness";
    private static final List<String> ONNX_LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

    private NativeLibraries() {}

    /// Unpacks into this folder from now on. To be called before the first photo or model. The first folder
    /// stays in use while it is there; properties an administrator has set are left as they are.
    ///
    /// @throws LikenessException UNAVAILABLE when the folder cannot be written
    public static void unpackTo(Path cacheDirectory) {
        try {
            if (isFree(JAVACPP_FOLDER)) {
                var folder = cacheDirectory.resolve("javacpp").toAbsolutePath();
                Files.createDirectories(folder);
                set(JAVACPP_FOLDER, folder);
            }
            if (isFree(ONNX_FOLDER)) {
                var folder = unpackOnnx(cacheDirectory.toAbsolutePath());
                if (folder != null) {
                    set(ONNX_FOLDER, folder);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE,
                    "the folder for native libraries cannot be written\nCheck its permissions and free space.",
                    e);
        }
    }

    /// Whether nobody has set a folder, or it was ours and is gone with the data directory it was in.
    private static boolean isFree(String property) {
        String folder = System.getProperty(property);
        return folder == null
                || (folder.equals(System.getProperty(property + SET_BY_US)) && !Files.isDirectory(Path.of(folder)));
    }

    private static void set(String property, Path folder) {
        System.setProperty(property, folder.toString());
        System.setProperty(property + SET_BY_US, folder.toString());
    }

    /// Null when the class path has no ONNX Runtime for this platform; loading a model will then say so.
    private static @Nullable Path unpackOnnx(Path cacheDirectory) throws IOException {
        var names = ONNX_LIBRARIES.stream().map(NativeLibraries::fileName).toList();
        var version = new StringBuilder("onnxruntime-" + platform());
        for (var name : names) {
            var resource = resource(name);
            if (resource == null) {
                return null;
            }
            version.append('-').append(fingerprint(resource));
        }
        var folder = cacheDirectory.resolve(version.toString());
        Files.createDirectories(folder);
        for (var name : names) {
            var target = folder.resolve(name);
            var resource = resource(name);
            if (resource != null && !Files.exists(target)) {
                unpack(resource, target);
            }
        }
        return folder;
    }

    /// Complete or not there: another process sees the file only under its final name.
    private static void unpack(URL resource, Path target) throws IOException {
        var partial =
                Files.createTempFile(target.getParent(), target.getFileName().toString(), ".part");
        try {
            try (var in = resource.openStream()) {
                Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
            }
            Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    private static @Nullable URL resource(String name) {
        return NativeLibraries.class.getClassLoader().getResource("ai/onnxruntime/native/" + platform() + "/" + name);
    }

    /// Tells versions apart without reading the library: the checksum its jar keeps of it.
    private static String fingerprint(URL resource) throws IOException {
        var connection = resource.openConnection();
        var number = connection instanceof JarURLConnection jar
                ? jar.getJarEntry().getCrc()
                : connection.getContentLengthLong() * 31 + connection.getLastModified();
        return HexFormat.of().toHexDigits(number, 8);
    }

    /// As the library's mapping in its own loader: no `lib` prefix on Windows, `.dylib` on macOS.
    private static String fileName(String library) {
        return System.mapLibraryName(library);
    }

    /// ONNX Runtime's name of this platform, such as `linux-x64`.
    static String platform() {
        var os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        var arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        var osName = os.contains("mac") || os.contains("darwin") ? "osx" : os.contains("win") ? "win" : "linux";
        var archName = arch.equals("aarch64") || arch.equals("arm64") ? "aarch64" : "x64";
        return osName + "-" + archName;
    }
}
