package org.likeness.core.ingest;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.likeness.core.ingest.FileOutcome.Reason;
import org.likeness.core.ingest.FileOutcome.Result;

/// Finds the files below the paths named, one at a time, holding only the folders still to visit.
///
/// Linked folders are never entered: one inside the named paths is reached by its own name anyway, one outside
/// was not
/// granted, and one that leads upwards would never end. Special files (pipes, devices) are never opened.
final class FileWalk {
    /// Receives what is found, in no particular order.
    interface Visitor {
        void file(Path file) throws InterruptedException;

        void problem(Path at, Result result, Reason reason, String advice) throws InterruptedException;
    }

    private final List<Path> realRoots = new ArrayList<>();
    private final Deque<Path> folders = new ArrayDeque<>();
    private final Visitor visitor;
    private final BooleanSupplier stopped;

    FileWalk(Visitor visitor, BooleanSupplier stopped) {
        this.visitor = visitor;
        this.stopped = stopped;
    }

    void walk(List<Path> paths) throws InterruptedException {
        List<Path> roots = new ArrayList<>();
        for (Path path : paths) {
            try {
                Path real = path.toRealPath();
                realRoots.add(real);
                roots.add(real);
            } catch (IOException e) {
                report(path, e);
            }
        }
        for (Path root : roots) {
            if (stopped.getAsBoolean()) {
                return;
            }
            entry(root);
            while (!folders.isEmpty() && !stopped.getAsBoolean()) {
                list(folders.pop());
            }
        }
    }

    private void list(Path folder) throws InterruptedException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (stopped.getAsBoolean()) {
                    return;
                }
                entry(entry);
            }
        } catch (DirectoryIteratorException e) {
            report(folder, Objects.requireNonNull(e.getCause())); // always made with one
        } catch (IOException e) {
            report(folder, e);
        }
    }

    private void entry(Path path) throws InterruptedException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isDirectory()) {
                folders.push(path);
            } else if (attributes.isSymbolicLink()) {
                link(path);
            } else if (attributes.isRegularFile()) {
                visitor.file(path);
            } else {
                visitor.problem(
                        path, Result.REFUSED, Reason.UNSUPPORTED, "It is a pipe, socket or device, not a file.");
            }
        } catch (IOException e) {
            report(path, e);
        }
    }

    private void link(Path link) throws IOException, InterruptedException {
        Path target = link.toRealPath();
        Path parent = link.toAbsolutePath().getParent();
        if (Files.isDirectory(target)) {
            if (parent != null && parent.toRealPath().startsWith(target)) {
                visitor.problem(
                        link,
                        Result.REFUSED,
                        Reason.LINK_LOOP,
                        "The link leads back to a folder above it; not followed.");
            } else if (realRoots.stream().noneMatch(target::startsWith)) {
                outside(link);
            }
            return;
        }
        if (realRoots.stream().noneMatch(target::startsWith)) {
            outside(link);
        } else if (Files.isRegularFile(target)) {
            visitor.file(link);
        } else {
            visitor.problem(link, Result.REFUSED, Reason.UNSUPPORTED, "It links to a pipe, socket or device.");
        }
    }

    private void outside(Path link) throws InterruptedException {
        visitor.problem(
                link,
                Result.REFUSED,
                Reason.LINK_OUTSIDE,
                "The link leads out of the folders named; import its target by its own name if you may.");
    }

    private void report(Path path, IOException failure) throws InterruptedException {
        switch (failure) {
            case NoSuchFileException _ ->
                visitor.problem(
                        path, Result.FAILED, Reason.GONE, "There is no such file or folder, or the link is broken.");
            case AccessDeniedException _ ->
                visitor.problem(
                        path, Result.FAILED, Reason.UNREADABLE, "Access is denied; allow reading it and import again.");
            case FileSystemLoopException _ -> loop(path);
            case NotDirectoryException _ ->
                visitor.problem(path, Result.FAILED, Reason.GONE, "It is not a folder any more.");
            default -> {
                if (Files.isSymbolicLink(path)) {
                    loop(path); // the JDK reports links that lead to each other as a plain IOException
                } else {
                    visitor.problem(
                            path,
                            Result.FAILED,
                            Reason.UNREADABLE,
                            "The file system could not read it; import again later.");
                }
            }
        }
    }

    private void loop(Path path) throws InterruptedException {
        visitor.problem(path, Result.REFUSED, Reason.LINK_LOOP, "The link leads to itself; not followed.");
    }
}
