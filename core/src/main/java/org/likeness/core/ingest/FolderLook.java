package org.likeness.core.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.likeness.core.ingest.WatchedFolder.Problem;
import org.likeness.core.photo.Sha256;

/// Looks at one watched folder again and again, and says which files are new and whole: their size and time of
/// change were the same at two looks. Reads folders, never a file. Links are not followed; what begins with a
/// dot is left alone, which is how programs mark files they are still writing and folders of their own. One
/// thread at a time.
public final class FolderLook {
    /// After so many looks at most a file is tried again that could not be imported.
    private static final int PATIENCE_MAX = 64;

    private final WatchedFolder folder;
    private final Known known;
    private final BooleanSupplier stopped;
    private Map<Path, Sha256> before = Map.of();
    private final Map<Sha256, Patience> failed = new HashMap<>();

    /// What the records know of the folder's files.
    public interface Known {
        /// Of these marks, those of files that came to an end.
        Set<Sha256> settled(Collection<Sha256> marks);

        /// Whether any file of the folder ever came to an end.
        boolean any();
    }

    /// What a look found.
    ///
    /// @param ready files to import now with their marks, see [#mark]
    /// @param problem what kept files from being seen
    public record Seen(Map<Path, Sha256> ready, Optional<Problem> problem) {
        public Seen {
            ready = new LinkedHashMap<>(ready);
        }

        @Override
        public String toString() {
            return "Seen[" + ready.size() + " files" + problem.map(p -> " " + p).orElse("") + "]";
        }
    }

    /// How often a file failed, and how many looks it is left alone.
    private record Patience(int looks, int left) {}

    /// @param stopped asked often; once it says yes, a look ends with what it has
    public FolderLook(WatchedFolder folder, Known known, BooleanSupplier stopped) {
        this.folder = folder;
        this.known = known;
        this.stopped = stopped;
    }

    /// Looks at the folder and all below it.
    public Seen look() {
        failed.replaceAll((_, patience) -> new Patience(patience.looks(), patience.left() - 1));
        Visit visit = new Visit();
        Optional<Problem> problem = visit.root();
        if (problem.isPresent()) {
            return new Seen(Map.of(), problem);
        }
        Map<Path, Sha256> ready = new LinkedHashMap<>();
        visit.unsettled.forEach((file, mark) -> {
            boolean waits = failed.getOrDefault(mark, new Patience(0, 0)).left() > 0;
            if (mark.equals(before.get(file)) && !waits) {
                if (Files.isReadable(file)) {
                    ready.put(file, mark);
                } else {
                    visit.unread = true;
                }
            }
        });
        before = visit.unsettled;
        failed.keySet().retainAll(Set.copyOf(before.values()));
        if (visit.files == 0 && !visit.unread && known.any()) {
            return new Seen(ready, Optional.of(Problem.EMPTY));
        }
        return new Seen(ready, visit.unread ? Optional.of(Problem.PARTLY) : Optional.empty());
    }

    /// Begins anew, as if nothing had been looked at.
    public void forget() {
        before = Map.of();
        failed.clear();
    }

    /// Leaves files alone for some looks that could not be imported though they may be at another time; for
    /// twice as many each time.
    public void failed(Collection<Sha256> marks) {
        for (Sha256 mark : marks) {
            int looks = Math.min(
                    PATIENCE_MAX,
                    2 * failed.getOrDefault(mark, new Patience(1, 0)).looks());
            failed.put(mark, new Patience(looks, looks));
        }
    }

    /// One walk. Files are asked for folder by folder, so that memory does not grow with what is settled.
    private final class Visit extends SimpleFileVisitor<Path> {
        private final Map<Path, Sha256> unsettled = new LinkedHashMap<>();
        private final Deque<Map<String, BasicFileAttributes>> open = new ArrayDeque<>();
        private long files;
        private boolean unread;
        private boolean closed;

        /// What keeps the folder itself from being read.
        private Optional<Problem> root() {
            try {
                if (!folder.path().toRealPath().equals(folder.path()) || !Files.isDirectory(folder.path())) {
                    return Optional.of(Problem.GONE);
                }
                Files.walkFileTree(folder.path(), this);
                return closed ? Optional.of(Problem.UNREADABLE) : Optional.empty();
            } catch (IOException _) {
                return Optional.of(
                        Files.exists(folder.path(), LinkOption.NOFOLLOW_LINKS) ? Problem.UNREADABLE : Problem.GONE);
            }
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            if (hidden(directory) && !directory.equals(folder.path())) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            open.push(new LinkedHashMap<>());
            return next();
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !hidden(file)) {
                files++;
                open.element().put(name(file), attributes);
            }
            return next();
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            unread = true;
            closed |= file.equals(folder.path());
            return next();
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
            unread |= failure != null;
            Map<String, BasicFileAttributes> here = open.pop();
            Map<Path, Sha256> marks = new LinkedHashMap<>();
            here.forEach((name, attributes) -> {
                if (!Sidecars.is(name)) {
                    marks.put(directory.resolve(name), mark(directory.resolve(name), attributes, here));
                }
            });
            Set<Sha256> settled = known.settled(marks.values());
            marks.values().removeAll(settled);
            unsettled.putAll(marks);
            return next();
        }

        private FileVisitResult next() {
            return stopped.getAsBoolean() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static boolean hidden(Path path) {
        return name(path).startsWith(".");
    }

    /// By what a file is known again without being read: its place in the folder, its size and time of change,
    /// and those of the sidecars beside it, which can say something new of a photo. A hash, so that it tells
    /// nothing about the file.
    private Sha256 mark(Path file, BasicFileAttributes attributes, Map<String, BasicFileAttributes> beside) {
        List<String> parts = new ArrayList<>();
        parts.add(folder.id().toString());
        parts.add(folder.path().relativize(file).toString());
        parts.add(stamp(attributes));
        for (String sidecar : Sidecars.names(name(file))) {
            BasicFileAttributes found = beside.get(sidecar);
            if (found != null) {
                parts.add(sidecar);
                parts.add(stamp(found));
            }
        }
        try {
            byte[] text = String.join("\0", parts).getBytes(StandardCharsets.UTF_8);
            return Sha256.of(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String stamp(BasicFileAttributes attributes) {
        return String.format(
                Locale.ROOT,
                "%d %d",
                attributes.size(),
                attributes.lastModifiedTime().toMillis());
    }
}
