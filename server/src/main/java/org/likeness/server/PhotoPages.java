package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.member.Right;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.source.Use;
import org.likeness.library.BrowseDesk;
import org.likeness.library.Likeness;
import org.likeness.library.PhotoDesk;
import org.likeness.server.PhotoView.Fact;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.View;

/// All photos of a collection, and one of them.
@Controller
class PhotoPages {
    private final Likeness likeness;
    private final Pages pages;

    PhotoPages(Likeness likeness, Pages pages) {
        this.likeness = likeness;
        this.pages = pages;
    }

    @GetMapping("/c/{collection}/photos")
    @Allowed(Right.SEE_PHOTOS)
    View photos(HttpServletRequest request, @PathVariable UUID collection) {
        Collection found = likeness.collection(new CollectionId(collection));
        long bytesMax = (long) likeness.settings().megabytesMax() << 20;
        return pages.page(
                request,
                found,
                "photos.jte",
                "photos.title",
                "photos",
                Map.of(
                        "collection",
                        found,
                        "photos",
                        likeness.summary(found).photos(),
                        "choices",
                        new UploadChoices(
                                likeness.sources().list(found.id()).stream()
                                        .map(held -> held.source().name())
                                        .toList(),
                                bytesMax)));
    }

    @GetMapping("/c/{collection}/photos/{photo}")
    @Allowed(Right.SEE_PHOTOS)
    View photo(HttpServletRequest request, @PathVariable UUID collection, @PathVariable UUID photo) {
        Collection found = likeness.collection(new CollectionId(collection));
        BrowseDesk.Seen seen = likeness.browse().photo(found.id(), new PhotoId(photo));
        return pages.page(
                request,
                found,
                "photo.jte",
                "photo.title",
                "photos",
                Map.of("collection", found, "photo", view(seen, pages.texts(request))));
    }

    private PhotoView view(BrowseDesk.Seen seen, Texts texts) {
        Photo photo = seen.photo();
        PhotoDesk.Held held = likeness.photoDesk().show(photo.id());
        boolean mayKnow = Callers.required().may(Right.SEE_SOURCES, java.util.Optional.of(photo.collection()));
        String day = photo.takenAt().map(at -> texts.day(at.toLocalDate())).orElse(texts.day(photo.importedAt()));
        String title = mayKnow ? fileName(photo) : day;
        List<Fact> facts = new ArrayList<>();
        photo.takenAt().ifPresent(at -> facts.add(new Fact("photo.taken", texts.time(at))));
        facts.add(new Fact("photo.size", photo.width() + " × " + photo.height()));
        facts.add(new Fact("photo.bytes", texts.bytes(photo.sizeBytes())));
        facts.add(new Fact("photo.type", photo.mediaType().toString()));
        facts.add(new Fact("photo.imported", texts.time(photo.importedAt())));
        return new PhotoView(
                photo.id().toString(),
                title,
                texts.of("photo.alternative", day, seen.faces().size()),
                photo.width(),
                photo.height(),
                IntStream.range(0, seen.faces().size())
                        .mapToObj(i -> PhotoView.FaceView.of(seen.faces().get(i), photo, i + 1))
                        .toList(),
                facts,
                mayKnow ? provenance(held, texts) : List.of(),
                seen.newer().map(PhotoId::toString),
                seen.older().map(PhotoId::toString));
    }

    private static List<Fact> provenance(PhotoDesk.Held held, Texts texts) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("photo.from", held.source().name()));
        facts.add(new Fact("photo.granted-by", held.grant().grantedBy()));
        facts.add(new Fact(
                "photo.allows",
                String.join(
                        ", ",
                        held.grant().uses().stream()
                                .map(Use::name)
                                .sorted()
                                .map(use -> texts.of("use." + use))
                                .toList())));
        facts.add(new Fact("photo.until", held.grant().endsAt().map(texts::day).orElse(texts.of("photo.until-none"))));
        facts.add(new Fact(
                "photo.signals", texts.of("photo.signals-count", held.signals().size())));
        facts.add(new Fact("photo.file", fileName(held.photo())));
        return facts;
    }

    private static String fileName(Photo photo) {
        Path path = Path.of(URI.create(photo.location()));
        return String.valueOf(path.getFileName());
    }
}
