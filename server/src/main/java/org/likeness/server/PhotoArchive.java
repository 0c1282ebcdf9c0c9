package org.likeness.server;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.member.Right;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoId;
import org.likeness.library.Likeness;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/// Photos to take away: one file under its name, or several as one ZIP. Thread-safe.
@Component
final class PhotoArchive {
    /// As many as a page of candidates may have, and few enough to be looked up before the first byte is sent.
    static final int PHOTOS_MAX = 500;

    private final Likeness likeness;

    PhotoArchive(Likeness likeness) {
        this.likeness = likeness;
    }

    private record Taken(String name, Path file) {}

    /// Sends the files as they were imported. Nothing is sent when one of them is not there.
    void send(CollectionId collection, List<UUID> photos, HttpServletResponse response) throws IOException {
        List<Taken> all = taken(collection, photos);
        response.setContentType("application/zip");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("photos.zip", StandardCharsets.UTF_8)
                        .build()
                        .toString());
        ZipOutputStream zip = new ZipOutputStream(response.getOutputStream(), StandardCharsets.UTF_8);
        zip.setLevel(Deflater.NO_COMPRESSION); // photos are compressed already
        for (Taken each : all) {
            zip.putNextEntry(new ZipEntry(each.name()));
            Files.copy(each.file(), zip);
            zip.closeEntry();
        }
        zip.finish(); // only now: what broke off in between is no ZIP
    }

    private List<Taken> taken(CollectionId collection, List<UUID> photos) {
        List<UUID> different = photos.stream().distinct().toList();
        if (different.isEmpty() || different.size() > PHOTOS_MAX) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "from 1 to " + PHOTOS_MAX + " photos can be downloaded at once but " + different.size()
                                    + " were chosen\nChoose fewer.")
                    .called("archive.count", PHOTOS_MAX);
        }
        List<Taken> all = new ArrayList<>();
        Set<String> used = new HashSet<>();
        for (UUID id : different) {
            PhotoId photo = new PhotoId(id);
            Path file = likeness.browse().original(collection, photo);
            all.add(new Taken(
                    unused(name(likeness.browse().photo(collection, photo).photo()), used), file));
        }
        return all;
    }

    /// The name, with a number where an earlier photo has it; some file systems know no upper case.
    private static String unused(String name, Set<String> used) {
        int dot = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
        String free = name;
        for (int n = 2; !used.add(free.toLowerCase(Locale.ROOT)); n++) {
            free = name.substring(0, dot) + " (" + n + ")" + name.substring(dot);
        }
        return free;
    }

    /// Under which name a photo is handed out: its own, where the caller may know that.
    static String name(Photo photo) {
        boolean mayKnow = Callers.required().may(Right.SEE_SOURCES, Optional.of(photo.collection()));
        return mayKnow
                ? PhotoPages.fileName(photo).replaceAll("[\\p{Cntrl}\"\\\\/:*?<>|]", "_")
                : photo.id() + "." + extension(photo);
    }

    private static String extension(Photo photo) {
        return photo.mediaType().toString().replaceFirst("^image/", "").toLowerCase(Locale.ROOT);
    }
}
