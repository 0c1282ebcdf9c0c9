package org.likeness.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.likeness.core.Ids;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.photo.AlignedCrop;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoFiles;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.RemovedPhoto;
import org.likeness.core.photo.Sha256;
import org.likeness.core.photo.Storage;

/// The files of photos in a data directory, readable by their owner only. Thread-safe, also across
/// processes.
///
/// ```
/// collections/<collection>/photos/<first 2 digits>/<sha256>         kept originals, never changed
/// collections/<collection>/staging/<random>                         on the way in; swept before an
/// import collections/<collection>/thumbnails/<last 2 digits>/<photo>.jpg   can be rebuilt
/// collections/<collection>/previews/<last 2 digits>/<photo>.jpg     can be rebuilt; only so many are kept
/// collections/<collection>/crops/<last 2 digits>/<face>.png         can be rebuilt
/// ```
///
/// Every name is a hash or an id of ours, so no name from outside can lead out of the directory, and
/// the last part of a path is never followed when it is a symbolic link. Ids are sharded by their last
/// digits: the first are the time.
public final class DataFiles implements PhotoFiles {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path collections;
    private final Set<CollectionId> locked = ConcurrentHashMap.newKeySet();

    /// @param directory the data directory; made when it is needed
    public DataFiles(Path directory) {
        collections = directory.resolve("collections");
    }

    /// A linked file is copied too, until it was analysed: its owner may change it at any moment, and what is analysed
    /// must be what was hashed.
    @Override
    public Staged stage(CollectionId collection, Path file, Storage storage) throws IOException {
        Path copy = newStagingOrUnwritable(collection);
        try (InputStream in = Files.newInputStream(file);
                FileChannel out = Disk.createNew(copy)) {
            MessageDigest digest = Disk.sha256();
            long size = 0;
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                write(out, ByteBuffer.wrap(buffer, 0, n));
                size += n;
            }
            return new Staged(collection, Sha256.of(digest.digest()), size, storage, copy);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(copy);
            throw e;
        }
    }

    private static void write(FileChannel out, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static LikenessException unwritable(IOException e) {
        return new LikenessException(
                        LikenessException.Kind.UNAVAILABLE,
                        "a photo cannot be copied into the data directory\n"
                                + "Check its free space, then import again: what was imported stays.",
                        e)
                .called("disk.data");
    }

    /// Everything there is of a collection.
    Path folder(CollectionId collection) {
        return collections.resolve(collection.toString());
    }

    Path staging(CollectionId collection) {
        return collections.resolve(collection.toString()).resolve("staging");
    }

    private Path newStagingOrUnwritable(CollectionId collection) {
        try {
            return newStaging(collection);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private Path newStaging(CollectionId collection) throws IOException {
        Path folder = staging(collection);
        Disk.createFolders(folder);
        return folder.resolve(Ids.next().toString());
    }

    @Override
    public void keep(Staged staged) throws IOException {
        if (staged.storage() == Storage.LINK) {
            discard(staged);
            return;
        }
        Path copy = ours(staged);
        Path target = kept(staged.collection(), staged.sha256());
        Path folder = parent(target);
        Disk.createFolders(folder);
        if (Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS) && Files.size(target) == staged.sizeBytes()) {
            Files.deleteIfExists(copy);
        } else {
            Disk.syncFile(copy);
            Disk.move(copy, target);
        }
        // Also for a duplicate: whoever moved it may not have come this far yet.
        Disk.syncFolder(folder);
    }

    /// The staged copy, if it is one of ours.
    private Path ours(Staged staged) {
        Path copy = staged.readable();
        if (!staging(staged.collection()).equals(copy.getParent())) {
            throw new IllegalArgumentException("a staged copy must lie in its collection's staging folder");
        }
        return copy;
    }

    @Override
    public void discard(Staged staged) {
        try {
            Files.deleteIfExists(ours(staged));
        } catch (IOException e) {
            System.getLogger(DataFiles.class.getName())
                    .log(System.Logger.Level.WARNING, "a staged copy stays until the next sweep");
        }
    }

    @Override
    public void remove(Staged staged) {
        if (staged.storage() == Storage.LINK) {
            return;
        }
        try {
            Files.deleteIfExists(kept(staged.collection(), staged.sha256()));
        } catch (IOException e) {
            throw new LikenessException(
                            LikenessException.Kind.UNAVAILABLE,
                            "a photo that must not be kept cannot be deleted\nCheck the rights on the data directory.",
                            e)
                    .called("disk.data");
        }
    }

    Path kept(CollectionId collection, Sha256 sha256) {
        return collections
                .resolve(collection.toString())
                .resolve("photos")
                .resolve(sha256.hex().substring(0, 2))
                .resolve(sha256.hex());
    }

    /// @throws LikenessException CORRUPT when the recorded location of a linked photo is not a file
    @Override
    public Path original(Photo photo) {
        return switch (photo.storage()) {
            case COPY -> kept(photo.collection(), photo.sha256());
            case LINK -> linked(photo);
        };
    }

    private static Path linked(Photo photo) {
        try {
            return Path.of(URI.create(photo.location()));
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            throw new LikenessException(
                            LikenessException.Kind.CORRUPT,
                            "location of photo " + photo.id()
                                    + " must be a file's URI but is not\nImport the photo again.")
                    .called("records.damaged");
        }
    }

    @Override
    public void writeThumbnail(CollectionId collection, PhotoId photo, byte[] jpeg) throws IOException {
        writeDerivative(collection, thumbnailFile(collection, photo), jpeg);
    }

    @Override
    public Optional<Path> thumbnail(CollectionId collection, PhotoId photo) {
        Path file = thumbnailFile(collection, photo);
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Optional.of(file) : Optional.empty();
    }

    @Override
    public void writePreview(CollectionId collection, PhotoId photo, byte[] jpeg) throws IOException {
        writeDerivative(collection, previewFile(collection, photo), jpeg);
    }

    @Override
    public Optional<byte[]> preview(CollectionId collection, PhotoId photo) throws IOException {
        Path file = previewFile(collection, photo);
        Optional<byte[]> content = read(file);
        if (content.isPresent()) {
            Previews.touch(file);
        }
        return content;
    }

    @Override
    public long trimPreviews(long bytesMax) throws IOException {
        return Previews.trim(collections, bytesMax);
    }

    @Override
    public void writeCrop(CollectionId collection, FaceId face, AlignedCrop crop) throws IOException {
        writeDerivative(collection, cropFile(collection, face), crop.png());
    }

    @Override
    public Optional<AlignedCrop> crop(CollectionId collection, FaceId face) throws IOException {
        return read(cropFile(collection, face)).map(AlignedCrop::new);
    }

    private static Optional<byte[]> read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
                InputStream in = Channels.newInputStream(channel)) {
            return Optional.of(in.readAllBytes());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /// There in full or not at all, but not forced to the disk: what a power cut takes is rebuilt.
    private void writeDerivative(CollectionId collection, Path file, byte[] content) throws IOException {
        Path temporary = newStaging(collection);
        Disk.createFolders(parent(file));
        Disk.write(temporary, content, false);
        Disk.move(temporary, file);
    }

    @Override
    public void removeDerivatives(Photo photo, List<FaceId> faces) throws IOException {
        removeDerivatives(photo.collection(), photo.id(), faces);
    }

    @Override
    public void remove(Photo photo, List<FaceId> faces) throws IOException {
        removeDerivatives(photo, faces);
        if (photo.storage() == Storage.COPY) {
            removeKept(photo.collection(), photo.sha256());
        }
    }

    @Override
    public void remove(RemovedPhoto photo, boolean original) throws IOException {
        removeDerivatives(photo.collection(), photo.id(), photo.faces());
        if (original && photo.storage() == Storage.COPY) {
            removeKept(photo.collection(), photo.content());
        }
    }

    private void removeDerivatives(CollectionId collection, PhotoId photo, List<FaceId> faces) throws IOException {
        for (FaceId face : faces) {
            Files.deleteIfExists(cropFile(collection, face));
        }
        Files.deleteIfExists(thumbnailFile(collection, photo));
        Files.deleteIfExists(previewFile(collection, photo));
    }

    private void removeKept(CollectionId collection, Sha256 content) throws IOException {
        Path file = kept(collection, content);
        if (Files.deleteIfExists(file)) {
            Disk.syncFolder(parent(file));
        }
    }

    Path thumbnailFile(CollectionId collection, PhotoId photo) {
        return derivative(collection, "thumbnails", photo.value(), ".jpg");
    }

    Path previewFile(CollectionId collection, PhotoId photo) {
        return derivative(collection, "previews", photo.value(), ".jpg");
    }

    Path cropFile(CollectionId collection, FaceId face) {
        return derivative(collection, "crops", face.value(), ".png");
    }

    private Path derivative(CollectionId collection, String folder, UUID id, String suffix) {
        String name = id.toString();
        return collections
                .resolve(collection.toString())
                .resolve(folder)
                .resolve(name.substring(name.length() - 2))
                .resolve(name + suffix);
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        if (parent == null) {
            throw new IllegalStateException("a file of ours has no folder");
        }
        return parent;
    }

    /// Not empty while an import runs, and after one that did not end.
    private Path lockFile(CollectionId collection) {
        return folder(collection).resolve("import.lock");
    }

    @Override
    public ImportLock lockForImport(CollectionId collection) throws IOException {
        if (!locked.add(collection)) {
            throw importing(); // before the file is opened: closing it would free this process's lock
        }
        try {
            return lock(collection);
        } catch (IOException | RuntimeException e) {
            locked.remove(collection);
            throw e;
        }
    }

    private ImportLock lock(CollectionId collection) throws IOException {
        Path file = lockFile(collection);
        Disk.createFile(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw importing();
            }
            sweep(collection);
            return new HeldLock(collection, channel, channel.size() > 0);
        } catch (OverlappingFileLockException _) { // another part of this process has it
            channel.close();
            throw importing();
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /// The lock, and in its file whether something may be kept that is not recorded.
    private final class HeldLock implements ImportLock {
        private final CollectionId collection;
        private final FileChannel channel;
        private final boolean cutOffBefore;

        private HeldLock(CollectionId collection, FileChannel channel, boolean cutOffBefore) {
            this.collection = collection;
            this.channel = channel;
            this.cutOffBefore = cutOffBefore;
        }

        @Override
        public void begun() throws IOException {
            channel.write(ByteBuffer.wrap(new byte[] {'1'}), 0);
            channel.force(true);
        }

        @Override
        public void ended() throws IOException {
            if (!cutOffBefore) {
                settled();
            }
        }

        @Override
        public void settled() throws IOException {
            channel.truncate(0);
        }

        /// Closing the channel frees the lock; the file stays, because deleting it would let two take it
        /// at once.
        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new LikenessException(
                                LikenessException.Kind.UNAVAILABLE,
                                "the import lock cannot be freed\nIt is free when this process ends.",
                                e)
                        .called("disk.data");
            } finally {
                locked.remove(collection);
            }
        }
    }

    @Override
    public boolean mayHaveLeftovers(CollectionId collection) {
        try {
            return Files.size(lockFile(collection)) > 0;
        } catch (NoSuchFileException _) {
            return false;
        } catch (IOException _) {
            return true; // whoever looks closer will meet the reason
        }
    }

    @Override
    public long countUnrecorded(CollectionId collection, Recorded recorded) throws IOException {
        return new KeptFiles(folder(collection)).unrecorded(recorded).size();
    }

    @Override
    public long removeUnrecorded(CollectionId collection, Recorded recorded) throws IOException {
        List<Path> files = new KeptFiles(folder(collection)).unrecorded(recorded);
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        return files.size();
    }

    private static LikenessException importing() {
        return new LikenessException(
                        LikenessException.Kind.CONFLICT,
                        "an import into this collection is running already\nWait until it ends, then import again.")
                .called("import.running");
    }

    private void sweep(CollectionId collection) throws IOException {
        Path folder = staging(collection);
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder)) {
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        }
    }

    @Override
    public String toString() {
        return "DataFiles";
    }
}
