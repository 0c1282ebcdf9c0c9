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
    /// For a connection, and for an answer to begin.
    private static final Duration WAIT_MAX = Duration.ofSeconds(30);

    private static final int REDIRECTS_MAX = 3;

    private PackDownload() {}

    /// Fetches a file into place.
    ///
    /// @param progress told the bytes received so far
    /// @throws LikenessException UNAVAILABLE when it cannot be reached; CORRUPT when its size or hash is not
    ///     the pinned one
    static void fetch(RemoteFile file, Path target, LongConsumer progress) {
        URI address = file.address();
        try (HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(WAIT_MAX)
                .build()) {
            for (int redirects = 0; redirects <= REDIRECTS_MAX; redirects++) {
                HttpResponse<InputStream> response = client.send(
                        HttpRequest.newBuilder(address).timeout(WAIT_MAX).GET().build(),
                        HttpResponse.BodyHandlers.ofInputStream());
                try (InputStream body = response.body()) {
                    if (response.statusCode() == 200) {
                        copy(body, target, file, progress);
                        return;
                    }
                    address = next(address, response);
                }
            }
            throw unreachable(file.address(), "it redirects more than " + REDIRECTS_MAX + " times", null);
        } catch (IOException e) {
            throw unreachable(address, e.getClass().getSimpleName(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(address, "interrupted", e);
        }
    }

    /// Where an answer without the file sends us: some hosts keep large files elsewhere. Never to a connection that
    /// others can read, whatever the hash would say afterwards.
    private static URI next(URI address, HttpResponse<?> response) {
        int status = response.statusCode();
        if (status < 300 || status >= 400) {
            throw unreachable(address, "it answered " + status, null);
        }
        URI next = response.headers()
                .firstValue("location")
                .map(address::resolve)
                .orElseThrow(() -> unreachable(address, "it answered " + status + " without an address", null));
        if (!"https".equalsIgnoreCase(next.getScheme())) {
            throw unreachable(address, "it redirects to " + next.getScheme() + ", only https is followed", null);
        }
        return next;
    }

    private static void copy(InputStream from, Path target, RemoteFile file, LongConsumer progress) throws IOException {
        MessageDigest digest = Hashes.sha256();
        byte[] buffer = new byte[1 << 16];
        long size = 0;
        try (OutputStream to = Files.newOutputStream(target)) {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                size += n;
                if (size > file.sizeBytes()) {
                    throw wrong(file, "more than " + file.sizeBytes() + " bytes");
                }
                digest.update(buffer, 0, n);
                to.write(buffer, 0, n);
                progress.accept(size);
            }
        }
        if (size < file.sizeBytes()) {
            throw wrong(file, size + " of " + file.sizeBytes() + " bytes");
        }
        Sha256 actual = Sha256.of(digest.digest());
        if (!actual.hex().equals(file.sha256())) {
            throw wrong(file, "SHA-256 " + actual);
        }
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
