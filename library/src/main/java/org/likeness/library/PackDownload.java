package org.likeness.library;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.likeness.core.LikenessException;
import org.likeness.core.photo.Sha256;
import org.likeness.library.CatalogueEntry.RemoteFile;

/// Fetches the files of model packs: the only thing in Likeness that opens a connection to anywhere. It takes
/// addresses
/// from the catalogue alone, and keeps nothing whose hash is not the pinned one. One thread at a time.
final class PackDownload {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(30);

    private PackDownload() {}

    /// Fetches a file into place.
    ///
    /// @param progress told the bytes received so far
    /// @throws LikenessException UNAVAILABLE when it cannot be reached; CORRUPT when its size or hash is not
    ///     the pinned one
    static void fetch(RemoteFile file, Path target, LongConsumer progress) {
        URI address = file.address();
        try (HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(CONNECT_MAX)
                .build()) {
            HttpResponse<InputStream> response = client.send(
                    HttpRequest.newBuilder(address).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw unreachable(address, "it answered " + response.statusCode(), null);
                }
                Sha256 actual = copy(body, target, file.sizeBytes(), progress);
                if (!actual.hex().equals(file.sha256())) {
                    throw wrong(file, "SHA-256 " + actual);
                }
            }
        } catch (IOException e) {
            throw unreachable(address, e.getClass().getSimpleName(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(address, "interrupted", e);
        }
    }

    private static Sha256 copy(InputStream from, Path target, long sizeMax, LongConsumer progress) throws IOException {
        MessageDigest digest = Hashes.sha256();
        byte[] buffer = new byte[1 << 16];
        long size = 0;
        try (OutputStream to = Files.newOutputStream(target)) {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                size += n;
                if (size > sizeMax) {
                    break; // longer than pinned: the hash cannot match any more
                }
                digest.update(buffer, 0, n);
                to.write(buffer, 0, n);
                progress.accept(size);
            }
        }
        return Sha256.of(digest.digest());
    }

    static LikenessException wrong(RemoteFile file, String actual) {
        return new LikenessException(
                LikenessException.Kind.CORRUPT,
                "model file " + file.name() + " must have SHA-256 " + file.sha256() + " but has " + actual
                        + "\nIt was changed at its address or on the way; nothing was installed.");
    }

    private static LikenessException unreachable(
            URI address, String why, @org.jspecify.annotations.Nullable Exception e) {
        String message = "model file cannot be fetched from " + address + ": " + why
                + "\nCheck the connection, or fetch it elsewhere and give its folder: "
                + "likeness models install NAME --from FOLDER.";
        return e == null
                ? new LikenessException(LikenessException.Kind.UNAVAILABLE, message)
                : new LikenessException(LikenessException.Kind.UNAVAILABLE, message, e);
    }
}
