package org.likeness.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.demand.DemandId;
import org.likeness.core.demand.ErasureTarget;
import org.likeness.core.demand.Means;
import org.likeness.core.demand.Scope;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.records.ErasableStore;
import org.likeness.core.records.ReadTransaction;

/// Everything outside the records that can hold something of anybody: the files of a data directory, and
/// keys.
/// Thread-safe.
public final class ErasableFiles {
    private static final int PAGE = 1_000;

    /// The data directories in which this process erases. Asked before a lock's file is opened: closing any
    /// of its channels frees what the process has locked through another.
    private static final Set<Path> ERASING = ConcurrentHashMap.newKeySet();

    private final Path data;
    private final DataFiles files;
    private final Keys keys;

    /// @param data the data directory
    public ErasableFiles(Path data, DataFiles files, Keys keys) {
        this.data = data;
        this.files = files;
        this.keys = keys;
    }

    /// In the order in which they are erased.
    public List<ErasableStore> stores() {
        return List.of(
                new PersonKeyStore(),
                new CollectionKeyStore(),
                new OneEach("crops", Scope.FACE, face -> files.cropFile(face.collection(), new FaceId(face.object()))),
                new OneEach(
                        "thumbnails",
                        Scope.PHOTO,
                        photo -> files.thumbnailFile(photo.collection(), new PhotoId(photo.object()))),
                new OneEach(
                        "previews",
                        Scope.PHOTO,
                        photo -> files.previewFile(photo.collection(), new PhotoId(photo.object()))),
                new OneEach(
                        "originals",
                        Scope.PHOTO,
                        photo -> files.kept(photo.collection(), photo.sha256().orElseThrow())),
                new StagingStore(),
                new FolderStore(),
                new PagesStore());
    }

    /// One erasure at a time in a data directory, in whichever process.
    ///
    /// @return what to call when it ends; empty while somebody else erases
    public Optional<Runnable> lockForErasure() {
        Path file = data.resolve("erasure.lock").toAbsolutePath().normalize();
        if (!ERASING.add(file)) {
            return Optional.empty();
        }
        boolean locked = false;
        try {
            Disk.createFile(file);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                close(channel);
                return Optional.empty();
            }
            locked = true;
            return Optional.of(() -> {
                close(channel);
                ERASING.remove(file);
            });
        } catch (IOException e) {
            throw notErased(e);
        } finally {
            if (!locked) {
                ERASING.remove(file);
            }
        }
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw notErased(e);
        }
    }

    private static LikenessException notErased(IOException e) {
        return new LikenessException(
                        LikenessException.Kind.UNAVAILABLE,
                        "a file could not be deleted or looked at"
                                + "\nCheck the rights on the data directory, then: likeness erase"
                                + " --resume.",
                        e)
                .called("disk.data");
    }

    /// What asks for every target of some scopes.
    private abstract static class PerTarget implements ErasableStore.Outside {
        private final Set<Scope> scopes;

        private PerTarget(Scope first, Scope... others) {
            scopes = EnumSet.of(first, others);
        }

        abstract long count(ErasureTarget target) throws IOException;

        abstract void erase(ErasureTarget target) throws IOException;

        @Override
        public Means means() {
            return Means.FILE_DELETED;
        }

        @Override
        public long count(ReadTransaction tx, DemandId erasure) {
            long count = 0;
            for (Scope scope : scopes) {
                long after = 0;
                for (List<ErasureTarget> page = tx.demands().targets(erasure, scope, after, PAGE);
                        !page.isEmpty();
                        page = tx.demands().targets(erasure, scope, after, PAGE)) {
                    count += countAll(page);
                    after = page.getLast().sequence();
                }
            }
            return count;
        }

        /// Some of one scope.
        long countAll(List<ErasureTarget> page) {
            try {
                long count = 0;
                for (ErasureTarget target : page) {
                    count += count(target);
                }
                return count;
            } catch (IOException e) {
                throw notErased(e);
            }
        }

        @Override
        public void erase(List<ErasureTarget> targets) {
            try {
                for (ErasureTarget target : targets) {
                    if (scopes.contains(target.scope())) {
                        erase(target);
                    }
                }
            } catch (IOException e) {
                throw notErased(e);
            }
        }
    }

    private static final class OneEach extends PerTarget {
        private final String name;
        private final Function<ErasureTarget, Path> file;

        private OneEach(String name, Scope scope, Function<ErasureTarget, Path> file) {
            super(scope);
            this.name = name;
            this.file = file;
        }

        @Override
        public String name() {
            return name;
        }

        /// What cannot be looked at is not taken for absent.
        @Override
        long count(ErasureTarget target) {
            return Files.notExists(file.apply(target), LinkOption.NOFOLLOW_LINKS) ? 0 : 1;
        }

        @Override
        void erase(ErasureTarget target) throws IOException {
            Files.deleteIfExists(file.apply(target));
        }
    }

    private final class PersonKeyStore extends PerTarget {
        private PersonKeyStore() {
            super(Scope.PERSON);
        }

        @Override
        public String name() {
            return "keys of people";
        }

        @Override
        public Means means() {
            return Means.KEY_DESTROYED;
        }

        @Override
        long count(ErasureTarget target) {
            return keys.people().exists(target.collection(), new PersonId(target.object())) ? 1 : 0;
        }

        @Override
        void erase(ErasureTarget target) {
            keys.people().destroy(target.collection(), new PersonId(target.object()));
        }
    }

    private final class CollectionKeyStore extends PerTarget {
        private CollectionKeyStore() {
            super(Scope.COLLECTION);
        }

        @Override
        public String name() {
            return "keys of collections";
        }

        @Override
        public Means means() {
            return Means.KEY_DESTROYED;
        }

        @Override
        long count(ErasureTarget target) throws IOException {
            return keys.count(target.collection());
        }

        @Override
        void erase(ErasureTarget target) {
            keys.destroyAll(target.collection());
        }
    }

    /// Copies on their way in and derivatives being written: of whom is not known, so all of a collection
    /// go. While an
    /// import runs they cannot be counted.
    private final class StagingStore extends PerTarget {
        private StagingStore() {
            super(Scope.PHOTO, Scope.FACE);
        }

        @Override
        public String name() {
            return "files on their way in";
        }

        @Override
        long count(ErasureTarget target) throws IOException {
            Path folder = files.staging(target.collection());
            if (!Files.isDirectory(folder)) {
                return 0;
            }
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                long count = 0;
                for (Path _ : entries) {
                    count++;
                }
                return count;
            }
        }

        @Override
        void erase(ErasureTarget target) throws IOException {
            if (Files.isDirectory(files.staging(target.collection()))) {
                files.lockForImport(target.collection()).close(); // taking it sweeps
            }
        }

        /// Once for each collection.
        @Override
        public void erase(List<ErasureTarget> targets) {
            super.erase(firstOfEachCollection(targets));
        }

        @Override
        long countAll(List<ErasureTarget> page) {
            return super.countAll(firstOfEachCollection(page));
        }

        private static List<ErasureTarget> firstOfEachCollection(List<ErasureTarget> targets) {
            Set<CollectionId> seen = new HashSet<>();
            return targets.stream()
                    .filter(target -> seen.add(target.collection()))
                    .toList();
        }
    }

    /// What is left of a collection when its photos are gone, and whatever else lies there.
    private final class FolderStore extends PerTarget {
        private FolderStore() {
            super(Scope.COLLECTION);
        }

        @Override
        public String name() {
            return "folders of collections";
        }

        @Override
        long count(ErasureTarget target) {
            return Files.notExists(files.folder(target.collection()), LinkOption.NOFOLLOW_LINKS) ? 0 : 1;
        }

        @Override
        void erase(ErasureTarget target) throws IOException {
            Path folder = files.folder(target.collection());
            if (Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)) {
                return;
            }
            files.lockForImport(target.collection()).close(); // refuses while an import runs
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(
                        Path visited, @org.jspecify.annotations.Nullable IOException failure) throws IOException {
                    if (failure != null) {
                        throw failure;
                    }
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }

    /// Pages with results that a command wrote into the data directory: they show photos, and are written
    /// anew when
    /// they are asked for, so all of them go.
    private final class PagesStore implements ErasableStore.Outside {
        @Override
        public String name() {
            return "pages with results";
        }

        @Override
        public Means means() {
            return Means.FILE_DELETED;
        }

        @Override
        public long count(ReadTransaction tx, DemandId erasure) {
            boolean shown = EnumSet.of(Scope.FACE, Scope.PHOTO).stream()
                    .anyMatch(
                            scope -> !tx.demands().targets(erasure, scope, 0, 1).isEmpty());
            try {
                return shown ? pages().size() : 0;
            } catch (IOException e) {
                throw notErased(e);
            }
        }

        @Override
        public void erase(List<ErasureTarget> targets) {
            try {
                for (Path page : pages()) {
                    Files.deleteIfExists(page);
                }
            } catch (IOException e) {
                throw notErased(e);
            }
        }

        private List<Path> pages() throws IOException {
            Path folder = data.resolve("pages");
            if (!Files.isDirectory(folder)) {
                return List.of();
            }
            try (var entries = Files.list(folder)) {
                return entries.toList();
            } catch (UncheckedIOException e) {
                throw new IOException(e);
            }
        }
    }
}
