import static java.lang.classfile.ClassFile.StackMapsOption.GENERATE_STACK_MAPS;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Makes the runnable jar, the only argument, quick to start from. Maven runs this file from source after the jar was
/// put together. What is not touched here stays as it is, byte for byte.
///
/// - Networks are stored without compression: every search reads them, and they hardly shrink.
/// - Picocli is compiled for Java 5. The JVM keeps no classes that old in a start-up cache, and checks them the slow
///   way at every start. Their code stays; they get this Java's version number and the stack maps it asks for.
final class FinishJar {
    private FinishJar() {}

    public static void main(String[] arguments) throws IOException {
        try (FileSystem jar = FileSystems.newFileSystem(Path.of(arguments[0]), Map.of("compressionMethod", "STORED"))) {
            for (Path network : files(jar.getPath("/org/likeness/models/pack"), ".onnx")) {
                replace(network, bytes -> bytes);
            }
            ClassHierarchyResolver classes = ClassHierarchyResolver.ofResourceParsing(type -> open(jar, type))
                    .orElse(ClassHierarchyResolver.defaultResolver());
            ClassFile rewriter = ClassFile.of(ClassHierarchyResolverOption.of(classes), GENERATE_STACK_MAPS);
            ClassTransform forThisJava = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
                    .andThen((to, element) -> {
                        if (element instanceof ClassFileVersion) {
                            to.withVersion(ClassFile.latestMajorVersion(), 0);
                        } else {
                            to.with(element);
                        }
                    });
            for (Path old : files(jar.getPath("/picocli"), ".class")) {
                replace(old, bytes -> rewriter.transformClass(rewriter.parse(bytes), forThisJava));
            }
        }
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> found =
                    all.filter(path -> path.toString().endsWith(ending)).toList();
            if (found.isEmpty()) {
                throw new IllegalStateException("the jar has no " + ending + " in " + folder);
            }
            return found;
        }
    }

    /// Keeps the time, so that the same sources make the same jar.
    private static void replace(Path file, UnaryOperator<byte[]> change) throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        byte[] bytes = change.apply(Files.readAllBytes(file));
        Files.delete(file);
        Files.write(file, bytes);
        Files.setLastModifiedTime(file, time);
    }

    private static InputStream open(FileSystem jar, ClassDesc type) {
        String name = type.descriptorString();
        Path file = jar.getPath("/" + name.substring(1, name.length() - 1) + ".class");
        try {
            return Files.exists(file) ? Files.newInputStream(file) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
