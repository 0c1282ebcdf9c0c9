package org.likeness.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Checkpoint;
import org.likeness.core.audit.LogKey;
import org.likeness.core.audit.SignedCheckpoint;
import org.likeness.core.records.LogKeeper;

/// The log's key and head in the folder of keys, outside the database and its backups. Thread-safe; holds no key in
/// memory.
///
/// The file `log.key` is five lines of ASCII, each ended by a line feed, readable by its owner only:
///
/// ```
/// likeness-log-key 1
/// likeness/0198f2c4-7b1e-4c3a-9d52-6f1f0e3b9a11
/// <the private Ed25519 key of RFC 8032, 32 bytes as 64 lower-case hexadecimal digits>
/// <the public key, likewise>
/// <the first 16 hexadecimal digits of the SHA-256 of the four lines above>
/// ```
///
/// The second line is the log's origin. The file `log.head` is the newest signed checkpoint, as a C2SP signed note.
public final class LogFiles implements LogKeeper {
    private static final String ALGORITHM = "Ed25519";
    private static final int FILE_BYTES_MAX = 1 << 16;
    /// What the JDK puts before the 32 bytes: RFC 8410, PrivateKeyInfo and SubjectPublicKeyInfo of Ed25519.
    private static final String PRIVATE_PREFIX = "302e020100300506032b657004220420";

    private static final String PUBLIC_PREFIX = "302a300506032b6570032100";
    private static final Pattern FORM = Pattern.compile(
            "(likeness-log-key 1\n(likeness/[0-9a-f-]{36})\n([0-9a-f]{64})\n([0-9a-f]{64})\n)" + "([0-9a-f]{16})\n");

    private final Path folder;

    /// @param folder the folder of [Keys]
    public LogFiles(Path folder) {
        this.folder = folder;
    }

    private Path keyFile() {
        return folder.resolve("log.key");
    }

    private Path headFile() {
        return folder.resolve("log.head");
    }

    @Override
    public Optional<LogKey> key(String origin) {
        return pair(origin).map(pair -> LogKey.of(origin, pair.getPublic()));
    }

    @Override
    public LogKey makeKey(String origin) {
        if (Files.exists(keyFile())) {
            throw new LikenessException(
                    LikenessException.Kind.CONFLICT,
                    "the log has a key already\nNever overwrite a key: what it signed could not be checked any more.");
        }
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            String body = "likeness-log-key 1\n" + origin + "\n"
                    + digits(pair.getPrivate().getEncoded(), PRIVATE_PREFIX) + "\n"
                    + digits(pair.getPublic().getEncoded(), PUBLIC_PREFIX) + "\n";
            Disk.createFolders(folder);
            byte[] content = (body + Keys.check(body) + "\n").getBytes(StandardCharsets.US_ASCII);
            try {
                Disk.writeDurably(keyFile(), content);
            } finally {
                Arrays.fill(content, (byte) 0);
            }
            return LogKey.of(origin, pair.getPublic());
        } catch (IOException e) {
            throw unavailable("the key of the log cannot be written", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    private static String digits(byte[] encoded, String prefix) {
        String all = HexFormat.of().formatHex(encoded);
        if (!all.startsWith(prefix) || all.length() != prefix.length() + 64) {
            throw new IllegalStateException("this Java encodes Ed25519 keys in another way");
        }
        return all.substring(prefix.length());
    }

    @Override
    public SignedCheckpoint sign(Checkpoint checkpoint) {
        KeyPair pair =
                pair(checkpoint.origin()).orElseThrow(() -> unavailable("the key of the log is not there", null));
        LogKey key = LogKey.of(checkpoint.origin(), pair.getPublic());
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(pair.getPrivate());
            signature.update(checkpoint.body().getBytes(StandardCharsets.UTF_8));
            SignedCheckpoint signed = SignedCheckpoint.of(checkpoint, key, signature.sign());
            if (!signed.isSignedBy(key)) {
                throw damaged(); // private and public key are not a pair
            }
            return signed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK signs with Ed25519", e);
        }
    }

    private Optional<KeyPair> pair(String origin) {
        Optional<byte[]> content = content(keyFile(), "the key of the log cannot be read");
        if (content.isEmpty()) {
            return Optional.empty();
        }
        try {
            Matcher parts = FORM.matcher(new String(content.get(), StandardCharsets.ISO_8859_1));
            if (!parts.matches()
                    || !Keys.check(parts.group(1)).equals(parts.group(5))
                    || !parts.group(2).equals(origin)) {
                throw damaged();
            }
            KeyFactory keys = KeyFactory.getInstance(ALGORITHM);
            HexFormat hex = HexFormat.of();
            PrivateKey own =
                    keys.generatePrivate(new PKCS8EncodedKeySpec(hex.parseHex(PRIVATE_PREFIX + parts.group(3))));
            PublicKey everyones =
                    keys.generatePublic(new X509EncodedKeySpec(hex.parseHex(PUBLIC_PREFIX + parts.group(4))));
            return Optional.of(new KeyPair(everyones, own));
        } catch (GeneralSecurityException e) {
            throw damaged();
        } finally {
            Arrays.fill(content.get(), (byte) 0);
        }
    }

    private static LikenessException damaged() {
        return new LikenessException(
                        LikenessException.Kind.CORRUPT,
                        "the key of the log is damaged or another log's\nRestore log.key from the backup of the keys.")
                .called("keys.damaged");
    }

    private static LikenessException unavailable(String what, @Nullable Exception cause) {
        String message = what + "\nCheck the disk, the rights on the folder of keys and the backup of the keys.";
        return cause == null
                ? new LikenessException(LikenessException.Kind.UNAVAILABLE, message).called("keys.disk")
                : new LikenessException(LikenessException.Kind.UNAVAILABLE, message, cause).called("keys.disk");
    }

    private static Optional<byte[]> content(Path file, String problem) {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new LikenessException(
                                LikenessException.Kind.CORRUPT,
                                problem + ": it is too long\nRestore it from the backup of the keys.")
                        .called("keys.damaged");
            }
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unavailable(problem, e);
        }
    }

    @Override
    public Optional<SignedCheckpoint> head() {
        try {
            return content(headFile(), "the head of the log cannot be read")
                    .map(bytes -> SignedCheckpoint.parse(new String(bytes, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException e) {
            throw new LikenessException(
                            LikenessException.Kind.CORRUPT,
                            "the head of the log is damaged\nRestore log.head from the backup of the keys.",
                            e)
                    .called("keys.damaged");
        }
    }

    @Override
    public void keepHead(SignedCheckpoint head) {
        try {
            Disk.createFolders(folder);
            Disk.writeDurably(headFile(), head.note().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw unavailable("the head of the log cannot be written", e);
        }
    }

    @Override
    public String toString() {
        return "LogFiles[redacted]";
    }
}
