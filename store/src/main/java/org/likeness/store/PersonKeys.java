package org.likeness.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.person.PersonId;

/// The secrets of people, in the folder of keys: one file for each, readable by its owner only. Destroying the file
/// closes for ever what was sealed with it, in every copy of the records. Thread-safe; holds no secret in memory.
///
/// A file is named `<collection id>.<person id>.person.key` and is four lines of ASCII, each ended by a line feed:
///
/// ```
/// likeness-person-key 1
/// 0198f2c4-7b1e-7c3a-9d52-6f1f0e3b9a11 0198f2c5-1d0e-7a44-8c11-2b6d0f4e7a90
/// <32 random bytes as 64 lower-case hexadecimal digits>
/// <the first 16 hexadecimal digits of the SHA-256 of the three lines above>
/// ```
///
/// The second line is the collection and the person, so that a renamed file is noticed; the fourth notices a damaged
/// one.
final class PersonKeys {
    private static final int SECRET_BYTES = 32;
    private static final int CHECK_DIGITS = 16;
    private static final int FILE_BYTES_MAX = 4096;
    private static final Pattern FORM = Pattern.compile(
            "(likeness-person-key 1\n([0-9a-f-]{36}) ([0-9a-f-]{36})\n([0-9a-f]{64})\n)([0-9a-f]{16})\n");

    private final Path folder;
    private final SecureRandom random = new SecureRandom();

    PersonKeys(Path folder) {
        this.folder = folder;
    }

    /// Makes a person's secret. It is on disk, in full, when this returns.
    ///
    /// @throws LikenessException CONFLICT when there is one, UNAVAILABLE when the folder cannot be written
    void create(CollectionId collection, PersonId person) {
        Path file = file(collection, person);
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        String body = "likeness-person-key 1\n" + collection + " " + person + "\n"
                + HexFormat.of().formatHex(secret) + "\n";
        byte[] content = (body + check(body) + "\n").getBytes(StandardCharsets.US_ASCII);
        try {
            Disk.createFolders(folder);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    || Files.exists(mark(collection, person), LinkOption.NOFOLLOW_LINKS)) {
                throw new LikenessException(
                        LikenessException.Kind.CONFLICT,
                        "person " + person
                                + " has or had a secret already\nNever overwrite a secret: it may be in use.");
            }
            Disk.writeDurably(file, content);
        } catch (IOException e) {
            throw unavailable(person, "written", e);
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(content, (byte) 0);
        }
    }

    /// Whether the secret was destroyed on purpose, alone or with its collection. A copy of the file that came back
    /// from a backup opens nothing then.
    private boolean destroyed(CollectionId collection, PersonId person) {
        return Files.exists(mark(collection, person), LinkOption.NOFOLLOW_LINKS)
                || Files.exists(folder.resolve(collection + Keys.SHREDDED), LinkOption.NOFOLLOW_LINKS);
    }

    boolean exists(CollectionId collection, PersonId person) {
        return Files.exists(file(collection, person), LinkOption.NOFOLLOW_LINKS);
    }

    /// The secret's bytes; the caller wipes them.
    ///
    /// @throws LikenessException REFUSED when it was destroyed on purpose; UNAVAILABLE when the file is not there
    ///     or cannot be read, CORRUPT when it is damaged or another person's
    byte[] read(CollectionId collection, PersonId person) {
        if (destroyed(collection, person)) {
            throw new LikenessException(
                            LikenessException.Kind.REFUSED,
                            "the secret of person " + person
                                    + " was destroyed on purpose: what it sealed cannot be opened any"
                                    + " more, in no backup either\nNothing can be done, and nothing should be.")
                    .called("keys.destroyed");
        }
        byte[] content;
        try {
            Path file = file(collection, person);
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw damaged(person);
            }
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new LikenessException(
                            LikenessException.Kind.UNAVAILABLE,
                            "the secret of person " + person + " is not in the folder of keys"
                                    + ""
                                    + "\nAfter an erasure it is gone; otherwise restore it from the"
                                    + " backup of the keys.",
                            e)
                    .called("keys.missing");
        } catch (IOException e) {
            throw unavailable(person, "read", e);
        }
        try {
            Matcher parts = FORM.matcher(new String(content, StandardCharsets.ISO_8859_1));
            if (!parts.matches()
                    || !check(parts.group(1)).equals(parts.group(5))
                    || !parts.group(2).equals(collection.toString())
                    || !parts.group(3).equals(person.toString())) {
                throw damaged(person);
            }
            return HexFormat.of().parseHex(parts.group(4));
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /// For a secret whose row was never committed: overwrites the file, deletes it and makes the folder forget it;
    /// nothing happens when there is none. One that was in use goes by [Keys#destroyPersonKey], which leaves a
    /// mark. A disk that moves blocks about may keep the overwritten ones for a while; only its own erase function
    /// ends that.
    ///
    /// @throws LikenessException UNAVAILABLE when it cannot be done in full; do it again then
    void destroy(CollectionId collection, PersonId person) {
        Path file = file(collection, person);
        try {
            try (FileChannel channel =
                    FileChannel.open(file, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS))) {
                byte[] noise = new byte[Math.toIntExact(Math.min(channel.size(), FILE_BYTES_MAX))];
                random.nextBytes(noise);
                ByteBuffer buffer = ByteBuffer.wrap(noise);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            } catch (NoSuchFileException e) {
                return;
            }
            Files.deleteIfExists(file);
            Disk.syncFolder(folder);
        } catch (IOException e) {
            throw unavailable(person, "destroyed", e);
        }
    }

    private static String check(String body) {
        return HexFormat.of()
                .formatHex(Disk.sha256().digest(body.getBytes(StandardCharsets.US_ASCII)))
                .substring(0, CHECK_DIGITS);
    }

    private static LikenessException unavailable(PersonId person, String what, IOException cause) {
        return new LikenessException(
                        LikenessException.Kind.UNAVAILABLE,
                        "the secret of person " + person + " cannot be " + what
                                + "\nCheck the disk and the rights on the folder of keys.",
                        cause)
                .called("keys.disk");
    }

    private static LikenessException damaged(PersonId person) {
        return new LikenessException(
                        LikenessException.Kind.CORRUPT,
                        "the secret of person " + person + " is damaged or another person's"
                                + "\nRestore the file from the backup of the keys.")
                .called("keys.damaged");
    }

    private Path mark(CollectionId collection, PersonId person) {
        Path file = file(collection, person);
        return file.resolveSibling(file.getFileName() + Keys.DESTROYED);
    }

    private Path file(CollectionId collection, PersonId person) {
        return folder.resolve(collection + "." + person + ".person.key");
    }

    @Override
    public String toString() {
        return "PersonKeys[redacted]";
    }
}
