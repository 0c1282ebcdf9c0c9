package org.likeness.library;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.likeness.core.Ids;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.ingest.Choosing;
import org.likeness.core.member.MemberId;
import org.likeness.core.photo.Sha256;
import org.likeness.vision.FirstBytes;

/// Files on their way in, piece by piece. Each is a folder below `uploads` in the data directory:
/// `about` says what it
/// will be, `part` holds the bytes that came; when all have come, the file gets its own name and
/// waits for its import.
/// What was acknowledged is on disk, so an upload goes on where it stopped, whatever happened in
/// between. An upload that
/// nobody goes on with is deleted after a day. Thread-safe, also across processes.
public final class Uploads {
    private static final Duration FORGOTTEN = Duration.ofDays(1);
    private static final String PART = "part";
    private static final String DONE = "done";
    private static final int BUFFER = 1 << 16;
    private static final System.Logger LOG = System.getLogger(Uploads.class.getName());

    /// The parts that this process writes, whoever opened the data directory. Asked before a part is opened:
    /// closing any of its channels frees what the process has locked through another.
    private static final Set<Path> WRITING = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final Clock clock;
    private final long bytesMax;
    private final Consumer<About> gate;
    private final ReentrantLock looking = new ReentrantLock();
    private final Set<UUID> told = ConcurrentHashMap.newKeySet();

    /// @param settings bound the bytes of one file, and sixty-four times of all that one member has under way
    /// @param gate refuses what could not be imported when it has come
    Uploads(Settings settings, Clock clock, Consumer<About> gate) {
        this.folder = settings.data().resolve("uploads");
        this.clock = clock;
        this.bytesMax = (long) settings.megabytesMax() << 20;
        this.gate = gate;
    }

    /// What a file will be.
    ///
    /// @param name of the file, as its owner calls it
    /// @param source where it comes from; empty: the household's own
    /// @param grantedBy who allowed it; empty: the source's active grant
    /// @param sha256 of all its bytes, when the caller wants to be sure that they arrived
    /// @param choosing the files it was chosen with, when there were several
    public record About(
            CollectionId collection,
            MemberId member,
            String name,
            long sizeBytes,
            Optional<String> source,
            Optional<String> grantedBy,
            Optional<Sha256> sha256,
            Optional<Choosing> choosing) {
        /// File names name people.
        @Override
        public String toString() {
            return "About[" + collection + ", " + sizeBytes + " bytes]";
        }
    }

    /// An upload and how far it is.
    ///
    /// @param isComplete whether all has come, was looked at, and waits for its import
    public record Upload(UUID id, About about, long receivedBytes, boolean isComplete) {
        private boolean hasAll() {
            return receivedBytes == about.sizeBytes();
        }
    }

    /// Begins an upload. The same key of the same member gives the same upload again.
    ///
    /// @param key chosen by the caller, so that a call that is repeated makes nothing twice
    /// @throws LikenessException BAD_INPUT when the file has no name, is empty or too large, or the key
    ///     began another one; UNAVAILABLE when too much is under way; NOT_FOUND when there is no such
    ///     collection; REFUSED when no grant would allow its import
    public Upload begin(About about, Optional<String> key) {
        UploadAbout.require(about, bytesMax);
        UUID id = key.map(given -> UUID.nameUUIDFromBytes((about.member() + "\n" + about.collection() + "\n" + given)
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .orElseGet(Ids::next);
        try {
            Path place = folder.resolve(id.toString());
            if (UploadAbout.isThere(place)) {
                Upload begun = find(about.member(), about.collection(), id);
                UploadAbout.requireSame(begun.about(), about);
                return begun;
            }
            gate.accept(about);
            requireRoom(about);
            OwnerOnly.createFolders(place);
            createPart(place);
            UploadAbout.write(place, about);
            return new Upload(id, about, 0, false);
        } catch (IOException e) {
            throw UploadFailures.unwritable(e);
        }
    }

    private Path part(UUID id) {
        return folder.resolve(id.toString()).resolve(PART).toAbsolutePath().normalize();
    }

    private static void createPart(Path place) throws IOException {
        try {
            Files.createFile(place.resolve(PART));
        } catch (FileAlreadyExistsException _) {
            // another call with the same key at the same time
        }
    }

    private void requireRoom(About about) throws IOException {
        long underWay = about.sizeBytes();
        for (Upload upload : all()) {
            if (upload.about().member().equals(about.member())) {
                underWay += upload.about().sizeBytes();
            }
        }
        if (underWay > 64 * bytesMax) {
            throw new LikenessException(
                            LikenessException.Kind.UNAVAILABLE,
                            "too much is on its way in already\nWait until some of it is imported.")
                    .called("upload.busy");
        }
    }

    /// @throws LikenessException NOT_FOUND when the member has no such upload into this collection, or
    ///     it was imported already
    public Upload find(MemberId member, CollectionId collection, UUID id) {
        try {
            return read(folder.resolve(id.toString()))
                    .filter(upload -> upload.about().member().equals(member))
                    .filter(upload -> upload.about().collection().equals(collection))
                    .orElseThrow(UploadFailures::unknown);
        } catch (IOException e) {
            throw UploadFailures.unwritable(e);
        }
    }

    /// Takes the bytes from an offset on. What came is on disk when this returns, also when the
    /// stream broke off.
    ///
    /// @param offset must be how many bytes there are
    /// @throws LikenessException CONFLICT when it is not: ask how far the upload is; BAD_INPUT when
    ///     more come than were announced, when the first ones are no photo's, or when all have come and
    ///     have another hash than was announced; in the last two cases the upload is deleted
    public Upload append(MemberId member, CollectionId collection, UUID id, long offset, InputStream bytes) {
        Upload before = find(member, collection, id);
        Path part = part(id);
        if (!WRITING.add(part)) {
            throw UploadFailures.conflict(before.receivedBytes());
        }
        try {
            return append(before, offset, bytes);
        } finally {
            WRITING.remove(part);
        }
    }

    private Upload append(Upload before, long offset, InputStream bytes) {
        UUID id = before.id();
        Path part = part(id);
        long received;
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null || channel.size() != offset) {
                throw UploadFailures.conflict(channel.size());
            }
            channel.position(offset);
            try {
                copy(bytes, channel, before.about().sizeBytes() - offset);
            } finally {
                channel.force(true);
            }
            received = channel.size();
        } catch (NoSuchFileException _) {
            return find(before.about().member(), before.about().collection(), id); // complete already
        } catch (IOException e) {
            throw UploadFailures.unwritable(e);
        }
        Upload now = new Upload(id, before.about(), received, false);
        if (before.receivedBytes() < FirstBytes.COUNT || now.hasAll()) { // a broken stream left no time to look
            look(now);
        }
        return new Upload(id, before.about(), received, now.hasAll());
    }

    /// Refuses what is no photo, and gives a file that is all here its name, unless that was done before.
    private void look(Upload upload) {
        Path part = folder.resolve(upload.id().toString()).resolve(PART);
        looking.lock();
        try {
            if (Files.exists(part)) {
                requirePhoto(upload, part);
                finish(upload);
            }
        } finally {
            looking.unlock();
        }
    }

    /// Takes an XMP file that stands beside a photo, whose signals its import heeds: `a.jpg.xmp` or
    /// `a.xmp` beside `a.jpg`. It must come before the last bytes of the photo; one sent again takes the
    /// place of the first.
    ///
    /// @param number 1 or 2, since a photo can have both
    /// @throws LikenessException BAD_INPUT when it is too large or has another number; CONFLICT when
    ///     the photo is all here; NOT_FOUND as [#find]
    public void putSidecar(MemberId member, CollectionId collection, UUID id, int number, InputStream bytes) {
        Upload upload = find(member, collection, id);
        Path place = folder.resolve(id.toString());
        try {
            byte[] content = UploadedSidecars.read(number, bytes);
            looking.lock();
            try {
                if (upload.hasAll() || !Files.exists(place.resolve(PART))) {
                    throw new LikenessException(
                                    LikenessException.Kind.CONFLICT,
                                    "the photo is all here\nSend what stands beside it before its last bytes.")
                            .called("upload.all-here");
                }
                UploadedSidecars.write(place, number, content);
            } finally {
                looking.unlock();
            }
        } catch (IOException e) {
            throw UploadFailures.unwritable(e);
        }
    }

    /// What is no photo is refused before the rest of it is sent.
    private void requirePhoto(Upload upload, Path part) {
        if (upload.receivedBytes() < Math.min(FirstBytes.COUNT, upload.about().sizeBytes())) {
            return; // not enough to say
        }
        Optional<String> problem;
        try (InputStream bytes = Files.newInputStream(part)) {
            problem = FirstBytes.problem(bytes.readNBytes(FirstBytes.COUNT));
        } catch (NoSuchFileException _) {
            return; // another process looked at the same time
        } catch (IOException e) {
            throw UploadFailures.unwritable(e);
        }
        if (problem.isPresent()) {
            delete(upload.id());
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "this file is no photo that can be read\n" + problem.get())
                    .called("probe.unreadable");
        }
    }

    private void requireHash(Upload upload, Path part) throws IOException {
        if (upload.about().sha256().isPresent()
                && !upload.about().sha256().get().equals(Hashes.of(part))) {
            delete(upload.id());
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "what came has another SHA-256 than was announced"
                                    + "\nBegin again and send the file once more.")
                    .called("upload.other");
        }
    }

    private static void copy(InputStream from, FileChannel to, long left) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long room = left;
        int read;
        while ((read = from.read(buffer)) >= 0) {
            if (read > room) {
                throw new LikenessException(
                                LikenessException.Kind.BAD_INPUT,
                                "more bytes came than the upload announced\nBegin again with the right size.")
                        .called("upload.more");
            }
            room -= read;
            ByteBuffer piece = ByteBuffer.wrap(buffer, 0, read);
            while (piece.hasRemaining()) {
                to.write(piece);
            }
        }
    }

    /// A file that is all here gets its own name, by which its import will know it.
    private void finish(Upload upload) {
        if (upload.hasAll()) {
            Path place = folder.resolve(upload.id().toString());
            try {
                requireHash(upload, place.resolve(PART));
                Path done = place.resolve(DONE);
                OwnerOnly.createFolders(done);
                String name = FileNames.safe(upload.about().name());
                UploadedSidecars.place(
                        place, done, name); // before the photo, which its name makes ready for its import
                Files.move(place.resolve(PART), done.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            } catch (NoSuchFileException _) {
                // another process looked at the same time, and may have imported it already
            } catch (IOException e) {
                throw UploadFailures.unwritable(e);
            }
        }
    }

    /// A file of which not all has come.
    ///
    /// @param lastAt when something of it came last, by the clock of the file system
    public record Unfinished(Upload upload, Instant lastAt) {}

    /// What a member began to send into a collection and is not all here, the oldest first.
    public List<Unfinished> unfinished(MemberId member, CollectionId collection) {
        List<Unfinished> found = new ArrayList<>();
        for (Upload upload : everything()) {
            if (upload.about().member().equals(member)
                    && upload.about().collection().equals(collection)
                    && !upload.isComplete()) {
                touched(upload).ifPresent(at -> found.add(new Unfinished(upload, at)));
            }
        }
        found.sort(Comparator.comparing(Unfinished::lastAt)
                .thenComparing(each -> each.upload().id()));
        return List.copyOf(found);
    }

    /// Empty when it is complete, or gone, meanwhile.
    private Optional<Instant> touched(Upload upload) {
        try {
            return Optional.of(Files.getLastModifiedTime(
                            folder.resolve(upload.id().toString()).resolve(PART))
                    .toInstant());
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw UploadFailures.unwritable(e);
        }
    }

    /// Gives an upload up.
    public void remove(MemberId member, CollectionId collection, UUID id) {
        find(member, collection, id);
        delete(id);
    }

    /// Complete files that wait for their import, the oldest first. All bytes of one may be here before it got
    /// its own name, because it gets it just now or its process was killed: it gets it here too.
    List<Upload> waiting() {
        List<Upload> waiting = new ArrayList<>();
        for (Upload upload : everything()) {
            try {
                if (upload.isComplete() || (upload.hasAll() && isNamed(upload))) {
                    waiting.add(upload);
                }
            } catch (IOException | LikenessException e) { // the others must not wait for it
                if (told.add(upload.id())) {
                    LOG.log(Level.WARNING, "upload " + upload.id() + " cannot be imported now, and is tried again");
                }
            }
        }
        return waiting;
    }

    /// Not while somebody writes it.
    private boolean isNamed(Upload upload) throws IOException {
        Path part = part(upload.id());
        if (!WRITING.add(part)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock == null) {
                return false;
            }
            look(upload);
        } catch (NoSuchFileException _) {
            return true; // named just now
        } catch (LikenessException e) {
            if (e.kind() != LikenessException.Kind.BAD_INPUT) {
                throw e;
            } // it is deleted
        } finally {
            WRITING.remove(part);
        }
        return Files.exists(file(upload));
    }

    Path file(Upload upload) {
        return folder.resolve(upload.id().toString())
                .resolve(DONE)
                .resolve(FileNames.safe(upload.about().name()));
    }

    void delete(UUID id) {
        delete(folder.resolve(id.toString()));
    }

    private static void delete(Path place) {
        try (Stream<Path> walk = Files.exists(place) ? Files.walk(place) : Stream.empty()) {
            for (Path each : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw UploadFailures.unwritable(e);
        }
    }

    /// Deletes uploads that nobody goes on with, and those whose begin was cut off, and says how many.
    public int sweep() {
        Instant before = clock.instant().minus(FORGOTTEN);
        int swept = 0;
        try {
            for (Path place : places()) {
                Path last = UploadAbout.isThere(place) ? place.resolve(PART) : place;
                if (Files.exists(last)
                        && Files.getLastModifiedTime(last).toInstant().isBefore(before)) {
                    delete(place);
                    swept++;
                }
            }
            return swept;
        } catch (IOException e) {
            throw UploadFailures.unwritable(e);
        }
    }

    private List<Path> places() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> places = Files.list(folder)) {
            return places.filter(Files::isDirectory).sorted().toList();
        }
    }

    /// All there are, complete or not.
    List<Upload> everything() {
        try {
            return all();
        } catch (IOException e) {
            throw UploadFailures.unwritable(e);
        }
    }

    private List<Upload> all() throws IOException {
        List<Upload> found = new ArrayList<>();
        for (Path place : places()) {
            read(place).ifPresent(found::add);
        }
        return found;
    }

    private static Optional<Upload> read(Path place) throws IOException {
        Optional<About> about = UploadAbout.read(place);
        if (about.isEmpty()) {
            return Optional.empty();
        }
        UUID id = UUID.fromString(String.valueOf(place.getFileName()));
        try {
            return Optional.of(new Upload(id, about.get(), Files.size(place.resolve(PART)), false));
        } catch (NoSuchFileException _) {
            return Optional.of(new Upload(id, about.get(), about.get().sizeBytes(), true));
        }
    }
}
