package org.likeness.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The text files of a working tree that people wrote: no build output, installed packages or version control.
record Repository(Path root) {
    private static final Set<String> NEVER_OURS = Set.of(".git", "target", "node_modules", ".idea", ".vscode");
    private static final Set<String> NOT_OURS_AT_THE_ROOT = Set.of("build", "data", "likeness-data");
    private static final Set<String> TEXT = Set.of(
            "",
            "config",
            "css",
            "html",
            "java",
            "js",
            "json",
            "jte",
            "md",
            "mjs",
            "properties",
            "sh",
            "sha256",
            "sql",
            "txt",
            "xml",
            "yaml",
            "yml");

    /// Finds the tree the tests were started in.
    static Repository here() {
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve(".mvn"))) {
                return new Repository(folder);
            }
        }
        throw new IllegalStateException("no folder above " + start + " has a folder .mvn\nRun the tests in a clone.");
    }

    /// All text files, relative to the root, in order.
    List<Path> files() {
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return isOurs(root.relativize(folder)) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (isOurs(root.relativize(file)) && attributes.isRegularFile() && TEXT.contains(extension(file))) {
                        files.add(root.relativize(file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return files.stream().sorted().toList();
    }

    /// The files whose name ends so, for example `.java`.
    List<Path> files(String suffix) {
        return files().stream().filter(file -> file.toString().endsWith(suffix)).toList();
    }

    boolean has(Path file) {
        return Files.exists(root.resolve(file));
    }

    String text(Path file) {
        try {
            return Files.readString(root.resolve(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(file + " cannot be read as UTF-8", failure);
        }
    }

    List<String> lines(Path file) {
        return text(file).lines().toList();
    }

    private static boolean isOurs(Path path) {
        return !NEVER_OURS.contains(path.getFileName().toString())
                && !(path.getNameCount() == 1 && NOT_OURS_AT_THE_ROOT.contains(path.toString()));
    }

    /// Without the dot; empty for `check` and `.gitignore`, which are text too.
    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') <= 0 ? name.length() : name.lastIndexOf('.') + 1);
    }
}
