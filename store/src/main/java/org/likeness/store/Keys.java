package org.likeness.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;

/// The keys of collections: a folder outside the database and outside its backups, one file for each
/// collection and key version, readable by its owner only. Thread-safe; holds no key in memory.
///
/// A file is named `<collection id>.<version>.key` and is four lines of ASCII, each ended by a line feed:
///
/// ```
/// likeness-key 1
/// 0198f2c4-7b1e-7c3a-9d52-6f1f0e3b9a11 1
/// <32 random bytes as 64 lower-case hexadecimal digits>
/// <the first 16 hexadecimal digits of the SHA-256 of the three lines above>
/// ```
///
/// The second line is the collection and the version, so that a renamed file is noticed; the fourth notices a
/// damaged one.
public final class Keys {
    static final int FIRST_VERSION = 1;
    private static final int KEY_BYTES = 32;
    private static final int CHECK_DIGITS = 16;
    private static final int FILE_BYTES_MAX = 4096;
    private static final Pattern FORM =
            Pattern.compile("(likeness-key 1\n([0-9a-f-]{36}) (\\d{1,9})\n([0-9a-f]{64})\n)([0-9a-f]{16})\n");

    private final Path folder;
    private final SecureRandom random = new SecureRandom();

    /// @param folder made when the first key is; not inside the database's backups
    public Keys(Path folder) {
        this.folder = folder;
    }

    /// Makes the first key of a collection. It is on disk, in full, when this returns.
    ///
    /// @throws LikenessException CONFLICT when it has one, UNAVAILABLE when the folder cannot be written
    void create(CollectionId collection) {
        Path file = file(collection, FIRST_VERSION);
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        String body = "likeness-key 1\n" + collection + " " + FIRST_VERSION + "\n"
                + HexFormat.of().formatHex(key) + "\n";
        byte[] content = (body + check(body) + "\n").getBytes(StandardCharsets.US_ASCII);
        try {
            Disk.createFolders(folder);
            if (Files.exists(file)) {
                throw new LikenessException(
                        LikenessException.Kind.CONFLICT,
                        "collection " + collection + " has a key already\nNever overwrite a key: it may be in use.");
            }
            Disk.writeDurably(file, content);
        } catch (IOException e) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE,
                    "the key of collection " + collection + " cannot be written"
                            + "\nCheck the disk and the rights on the folder of keys.",
                    e);
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(content, (byte) 0);
        }
    }

    /// For a collection that was never committed.
    void delete(CollectionId collection) {
        try {
            Files.deleteIfExists(file(collection, FIRST_VERSION));
        } catch (IOException e) {
            System.getLogger(Keys.class.getName())
                    .log(System.Logger.Level.WARNING, "an unused key could not be removed: collection " + collection);
        }
    }

    /// @throws LikenessException UNAVAILABLE when the file is not there or cannot be read, CORRUPT when it is
    ///     damaged or another collection's
    SecretKey read(CollectionId collection, int version) {
        byte[] content;
        try {
            Path file = file(collection, version);
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw damaged(collection, version);
            }
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE,
                    "key version " + version + " of collection " + collection + " is not in the folder of keys"
                            + "\nRestore it from the backup of the keys; without it the templates stay closed.",
                    e);
        } catch (IOException e) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE,
                    "key version " + version + " of collection " + collection + " cannot be read"
                            + "\nCheck the disk and the rights on the folder of keys.",
                    e);
        }
        try {
            Matcher parts = FORM.matcher(new String(content, StandardCharsets.ISO_8859_1));
            if (!parts.matches()
                    || !check(parts.group(1)).equals(parts.group(5))
                    || !parts.group(2).equals(collection.toString())
                    || Integer.parseInt(parts.group(3)) != version) {
                throw damaged(collection, version);
            }
            return new SecretKeySpec(HexFormat.of().parseHex(parts.group(4)), "AES");
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    static String check(String body) {
        return HexFormat.of()
                .formatHex(Disk.sha256().digest(body.getBytes(StandardCharsets.US_ASCII)))
                .substring(0, CHECK_DIGITS);
    }

    private static LikenessException damaged(CollectionId collection, int version) {
        return new LikenessException(
                LikenessException.Kind.CORRUPT,
                "key version " + version + " of collection " + collection + " is damaged or another collection's"
                        + "\nRestore the file from the backup of the keys.");
    }

    private Path file(CollectionId collection, int version) {
        return folder.resolve(collection + "." + version + ".key");
    }

    @Override
    public String toString() {
        return "Keys[redacted]";
    }
}
