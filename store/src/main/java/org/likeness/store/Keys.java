package org.likeness.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
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
/// The second line is the collection and the version, so that a renamed file is noticed; the fourth
/// notices a
/// damaged one. The key is used for nothing itself: each purpose has a key derived from it, [#derive].
///
/// A key is destroyed by writing an empty file beside it first, its name with `.destroyed` added (for all
/// keys of a
/// collection one named `<collection id>.shredded`), then overwriting and deleting it. Such a mark
/// outlives the key: a
/// key file that comes back from a backup is not read, and [#sweep] destroys it again.
public final class Keys {
    static final int FIRST_VERSION = 1;
    private static final int KEY_BYTES = 32;
    private static final int CHECK_DIGITS = 16;
    private static final int FILE_BYTES_MAX = 4096;
    private static final String ENDING = ".key";
    /// Follows the name of a key's file when the key was destroyed on purpose.
    static final String DESTROYED = ".destroyed";

    /// Follows a collection's id when all of its keys were.
    static final String SHREDDED = ".shredded";

    private static final Pattern FORM =
            Pattern.compile("(likeness-key 1\n([0-9a-f-]{36}) (\\d{1,9})\n([0-9a-f]{64})\n)([0-9a-f]{16})\n");

    private final Path folder;
    private final LedgerFile ledger;
    private final SecureRandom random = new SecureRandom();

    /// @param folder made when the first key is; not inside the database's backups
    public Keys(Path folder) {
        this.folder = folder;
        this.ledger = new LedgerFile(folder);
    }

    /// The deletion ledger, which lies in the same folder.
    LedgerFile ledger() {
        return ledger;
    }

    /// The secrets of people, which lie in the same folder.
    PersonKeys people() {
        return new PersonKeys(folder);
    }

    /// Makes the first key of a collection. It is on disk, in full, when this returns.
    ///
    /// @throws LikenessException CONFLICT when it has one, UNAVAILABLE when the folder cannot be written
    void create(CollectionId collection) {
        create(collection, FIRST_VERSION);
    }

    /// Makes a key of a collection. It is on disk, in full, when this returns.
    ///
    /// @throws LikenessException CONFLICT when it is there, UNAVAILABLE when the folder cannot be written
    void create(CollectionId collection, int version) {
        Path file = file(collection, version);
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        String body = "likeness-key 1\n" + collection + " " + version + "\n"
                + HexFormat.of().formatHex(key) + "\n";
        byte[] content = (body + check(body) + "\n").getBytes(StandardCharsets.US_ASCII);
        try {
            Disk.createFolders(folder);
            if (Files.exists(file) || Files.exists(mark(file))) {
                throw new LikenessException(
                        LikenessException.Kind.CONFLICT,
                        "collection " + collection + " has a key version " + version
                                + " already\nNever overwrite a key: it may be in use.");
            }
            Disk.writeDurably(file, content);
        } catch (IOException e) {
            throw new LikenessException(
                            LikenessException.Kind.UNAVAILABLE,
                            "the key of collection " + collection + " cannot be written"
                                    + "\nCheck the disk and the rights on the folder of keys.",
                            e)
                    .called("keys.disk");
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(content, (byte) 0);
        }
    }

    /// For a key whose record was never committed.
    void delete(CollectionId collection, int version) {
        try {
            Files.deleteIfExists(file(collection, version));
        } catch (IOException e) {
            System.getLogger(Keys.class.getName())
                    .log(System.Logger.Level.WARNING, "an unused key could not be removed: collection " + collection);
        }
    }

    /// @throws LikenessException REFUSED when it was destroyed on purpose; UNAVAILABLE when the file is
    ///     not there
    ///     or
    ///     cannot be read, CORRUPT when it is damaged or another collection's
    SecretKey read(CollectionId collection, int version) {
        Path file = file(collection, version);
        if (shredded(collection) || Files.exists(mark(file))) {
            throw new LikenessException(
                            LikenessException.Kind.REFUSED,
                            "key version " + version + " of collection " + collection
                                    + " was destroyed on purpose: what it sealed cannot be opened any more,"
                                    + " in no backup either"
                                    + "\nIf the collection was re-keyed since, use records from after that.")
                    .called("keys.destroyed");
        }
        byte[] content;
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw damaged(collection, version);
            }
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new LikenessException(
                            LikenessException.Kind.UNAVAILABLE,
                            "key version " + version + " of collection " + collection + " is not in the folder of keys"
                                    + "\nRestore it from the backup of the keys; without it the templates stay closed.",
                            e)
                    .called("keys.missing");
        } catch (IOException e) {
            throw new LikenessException(
                            LikenessException.Kind.UNAVAILABLE,
                            "key version " + version + " of collection " + collection + " cannot be read"
                                    + "\nCheck the disk and the rights on the folder of keys.",
                            e)
                    .called("keys.disk");
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

    /// A key for one purpose: HKDF-SHA256 ([RFC 5869](https://www.rfc-editor.org/rfc/rfc5869)) without a
    /// salt, of
    /// the
    /// key, for `likeness <purpose> <collection id> <version>` as ASCII, 32 bytes.
    static SecretKey derive(SecretKey key, String purpose, CollectionId collection, int version) {
        byte[] info = ("likeness " + purpose + " " + collection + " " + version).getBytes(StandardCharsets.US_ASCII);
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey("AES", HKDFParameterSpec.ofExtract().addIKM(key).thenExpand(info, KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HKDF-SHA256", e);
        }
    }

    /// The first version above this one that was never used: a key file may be left of a crash, or belong
    /// to newer
    /// records
    /// than those that are open, and is not touched then.
    int unusedAbove(CollectionId collection, int version) {
        int next = version + 1;
        while (Files.exists(file(collection, next)) || Files.exists(mark(file(collection, next)))) {
            next++;
        }
        return next;
    }

    /// Whether all keys of a collection were destroyed, or are being destroyed.
    boolean shredded(CollectionId collection) {
        return Files.exists(folder.resolve(collection + SHREDDED));
    }

    /// Makes a key unreadable for good. Nothing happens when it is so already.
    ///
    /// @throws LikenessException UNAVAILABLE when the folder cannot be written; it is marked or untouched
    ///     then
    void destroy(CollectionId collection, int version) {
        destroy(file(collection, version));
    }

    /// Makes the key of a person's details and references unreadable for good: the file
    /// `<collection id>.<person id>.person.key`.
    ///
    /// @return whether it was there
    boolean destroyPersonKey(CollectionId collection, UUID person) {
        return destroy(folder.resolve(collection + "." + person + ".person" + ENDING));
    }

    /// Makes all keys of a collection unreadable for good, those of its persons included.
    void destroyAll(CollectionId collection) {
        try {
            Disk.createFolders(folder);
            Disk.createFile(folder.resolve(collection + SHREDDED));
            Disk.syncFolder(folder);
            for (Path file : files(collection + ".*" + ENDING)) {
                overwrite(file);
            }
            Disk.syncFolder(folder);
        } catch (IOException e) {
            throw notDestroyed(e);
        }
    }

    /// How many keys of a collection there are, those of its persons included.
    int count(CollectionId collection) throws IOException {
        return Files.isDirectory(folder) ? files(collection + ".*" + ENDING).size() : 0;
    }

    /// Destroys what is marked as destroyed and is there all the same: after a crash, or a restore of old
    /// keys.
    void sweep() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try {
            for (Path mark : files("*" + DESTROYED)) {
                String name = String.valueOf(mark.getFileName());
                Path file = mark.resolveSibling(name.substring(0, name.length() - DESTROYED.length()));
                if (Files.exists(file)) {
                    destroy(file);
                }
            }
            for (Path mark : files("*" + SHREDDED)) {
                String name = String.valueOf(mark.getFileName());
                for (Path file : files(name.substring(0, name.length() - SHREDDED.length()) + ".*" + ENDING)) {
                    overwrite(file);
                }
            }
        } catch (IOException e) {
            throw notDestroyed(e);
        }
    }

    private boolean destroy(Path file) {
        try {
            Disk.createFolders(folder);
            Disk.createFile(mark(file));
            Disk.syncFolder(folder);
            boolean there = overwrite(file);
            Disk.syncFolder(folder);
            return there;
        } catch (IOException e) {
            throw notDestroyed(e);
        }
    }

    /// Where the medium writes in place this leaves nothing; a solid-state disk or a copying file system
    /// may keep
    /// the
    /// old block until it is reused.
    private static boolean overwrite(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        Disk.overwrite(file);
        Files.delete(file);
        return true;
    }

    private List<Path> files(String glob) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, glob)) {
            stream.forEach(found::add);
        }
        return found;
    }

    private static LikenessException notDestroyed(IOException e) {
        return new LikenessException(
                        LikenessException.Kind.UNAVAILABLE,
                        "a key could not be destroyed"
                                + "\nCheck the disk and the rights on the folder of keys, then try again.",
                        e)
                .called("keys.disk");
    }

    static String check(String body) {
        return HexFormat.of()
                .formatHex(Disk.sha256().digest(body.getBytes(StandardCharsets.US_ASCII)))
                .substring(0, CHECK_DIGITS);
    }

    private static LikenessException damaged(CollectionId collection, int version) {
        return new LikenessException(
                        LikenessException.Kind.CORRUPT,
                        "key version " + version + " of collection " + collection
                                + " is damaged or another collection's"
                                + "\nRestore the file from the backup of the keys.")
                .called("keys.damaged");
    }

    private Path file(CollectionId collection, int version) {
        return folder.resolve(collection + "." + version + ENDING);
    }

    private static Path mark(Path file) {
        return file.resolveSibling(file.getFileName() + DESTROYED);
    }

    @Override
    public String toString() {
        return "Keys[redacted]";
    }
}
