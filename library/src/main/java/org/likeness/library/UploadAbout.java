package org.likeness.library;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Properties;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.ingest.Choosing;
import org.likeness.core.member.MemberId;
import org.likeness.core.photo.Sha256;
import org.likeness.library.Uploads.About;

/// The file `about` in the folder of an upload: what its photo will be. Stateless.
final class UploadAbout {
    private static final String NAME = "about";

    private UploadAbout() {}

    static void require(About about, long bytesMax) {
        if (about.sizeBytes() <= 0 || about.sizeBytes() > bytesMax) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "a file must have from 1 to " + bytesMax
                                    + " bytes\nSend a smaller one, or raise photo.megabytes-max.")
                    .called("upload.size", bytesMax);
        }
        if (about.name().isBlank() || about.name().codePoints().anyMatch(UploadAbout::isHalfACharacter)) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "a file must have a name\nSay what it is called, as photo.jpg.")
                    .called("upload.name");
        }
    }

    private static boolean isHalfACharacter(int codePoint) {
        return Character.getType(codePoint) == Character.SURROGATE;
    }

    /// A key must not begin two different files.
    static void requireSame(About begun, About about) {
        if (!begun.name().equals(about.name())
                || begun.sizeBytes() != about.sizeBytes()
                || !begun.sha256().equals(about.sha256())) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "this idempotency key began the upload of another file\nChoose a new one for each file.")
                    .called("upload.key");
        }
    }

    static boolean isThere(Path place) {
        return Files.exists(place.resolve(NAME));
    }

    /// Empty when there is none, because the upload is gone.
    static Optional<About> read(Path place) throws IOException {
        Properties about = new Properties();
        try (var in = Files.newBufferedReader(place.resolve(NAME))) {
            about.load(in);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
        return Optional.of(new About(
                CollectionId.parse(about.getProperty("collection")),
                MemberId.parse(about.getProperty("member")),
                about.getProperty("name"),
                Long.parseLong(about.getProperty("size")),
                Optional.ofNullable(about.getProperty("source")),
                Optional.ofNullable(about.getProperty("granted-by")),
                Optional.ofNullable(about.getProperty("sha256")).map(Sha256::new),
                Optional.ofNullable(about.getProperty("choosing")).map(Choosing::parse)));
    }

    /// There in full or not at all, and on the disk when this returns.
    static void write(Path place, About about) throws IOException {
        Properties written = new Properties();
        written.setProperty("collection", about.collection().toString());
        written.setProperty("member", about.member().toString());
        written.setProperty("name", about.name());
        written.setProperty("size", String.valueOf(about.sizeBytes()));
        about.source().ifPresent(source -> written.setProperty("source", source));
        about.grantedBy().ifPresent(who -> written.setProperty("granted-by", who));
        about.sha256().ifPresent(hash -> written.setProperty("sha256", hash.hex()));
        about.choosing().ifPresent(chosen -> written.setProperty("choosing", chosen.toString()));
        Path fresh = place.resolve(NAME + ".new");
        try (var out = OwnerOnly.writer(fresh)) {
            written.store(out, null);
        }
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(fresh, place.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    }
}
