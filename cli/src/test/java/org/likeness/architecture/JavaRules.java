package org.likeness.architecture;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// Rules about Java sources, read with the JDK's own parser.
final class JavaRules {
    private static final int METHOD_LINES_MAX = 60;
    private static final int FILE_LINES_MAX = 500;
    /// A program of one file that people copy; in a package it would run in the package's folder only.
    private static final Path IN_NO_PACKAGE = Path.of("verifier/src/main/java/Verify.java");

    private static final int LINE_LENGTH_MAX = 120;

    private JavaRules() {}

    static List<Finding> longMethods(Repository repository) {
        List<Path> files = repository.files(".java");
        if (files.isEmpty()) {
            return List.of();
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            var sources = manager.getJavaFileObjectsFromPaths(
                    files.stream().map(repository.root()::resolve).toList());
            var task = (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null, sources);
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            List<Finding> findings = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                Path file = repository
                        .root()
                        .relativize(Path.of(unit.getSourceFile().toUri()));
                unit.accept(new MethodLengths(file, unit, positions, findings), null);
            }
            return findings;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static List<Finding> longFiles(Repository repository) {
        return repository.files(".java").stream()
                .filter(file -> repository.lines(file).size() > FILE_LINES_MAX)
                .map(file -> new Finding(file, 0, "is longer than " + FILE_LINES_MAX + " lines"))
                .toList();
    }

    static List<Finding> longLines(Repository repository) {
        Stream<Path> files = Stream.of(".java", ".sh", ".sql").flatMap(suffix -> repository.files(suffix).stream());
        return TextRules.inEachLine(
                repository,
                files.toList(),
                line -> line.codePointCount(0, line.length()) > LINE_LENGTH_MAX
                        ? Stream.of("is longer than " + LINE_LENGTH_MAX + " characters")
                        : Stream.empty());
    }

    static List<Finding> packagesThatDoNotSayWhatIsNull(Repository repository) {
        return repository.files(".java").stream()
                .filter(file -> file.toString().contains("src/main/java/"))
                .filter(file -> !file.equals(IN_NO_PACKAGE))
                .map(file -> file.resolveSibling("package-info.java"))
                .distinct()
                .filter(info -> !repository.has(info)
                        || !repository.text(info).lines().toList().contains("@NullMarked"))
                .map(info -> new Finding(info, 0, "must exist and say @NullMarked"))
                .toList();
    }

    private static final class MethodLengths extends TreeScanner<Void, Void> {
        private final Path file;
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<Finding> findings;

        MethodLengths(Path file, CompilationUnitTree unit, SourcePositions positions, List<Finding> findings) {
            this.file = file;
            this.unit = unit;
            this.positions = positions;
            this.findings = findings;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            LineMap lines = unit.getLineMap();
            long first = lines.getLineNumber(positions.getStartPosition(unit, method));
            long last = lines.getLineNumber(positions.getEndPosition(unit, method));
            if (last - first + 1 > METHOD_LINES_MAX) {
                String problem = method.getName() + " is longer than " + METHOD_LINES_MAX + " lines";
                findings.add(new Finding(file, first, problem));
            }
            return super.visitMethod(method, null);
        }
    }
}
