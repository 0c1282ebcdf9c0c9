package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.Profile;
import org.likeness.core.member.Right;
import org.likeness.core.photo.CameraNotes;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoArea;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.Region;
import org.likeness.core.photo.Storage;
import org.likeness.core.rights.DeletionDesk;
import org.likeness.core.rights.MemberDesk;
import org.likeness.core.source.Use;
import org.likeness.library.BrowseDesk;
import org.likeness.library.Likeness;
import org.likeness.server.PhotoView.Fact;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/// All photos of a collection, and one of them.
@Controller
class PhotoPages {
    private final Likeness likeness;
    private final Pages pages;
    private final Names names;

    PhotoPages(Likeness likeness, Pages pages, Names names) {
        this.likeness = likeness;
        this.pages = pages;
        this.names = names;
    }

    @GetMapping("/c/{collection}/photos")
    @Allowed(Right.SEE_PHOTOS)
    View photos(HttpServletRequest request, @PathVariable UUID collection, @RequestParam Optional<String> region) {
        Collection found = likeness.collection(new CollectionId(collection));
        Optional<String> narrowed = region.filter(text -> !text.isBlank())
                .map(text -> Region.parse(text).text());
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
                        "watched",
                        WatchLine.about(
                                        WatchPages.lines(likeness, found.id(), pages.texts(request)),
                                        pages.texts(request),
                                        Callers.required().may(Right.ADD_PHOTOS, Optional.of(found.id())))
                                .orElse(""),
                        "photos",
                        likeness.summary(found).photos(),
                        "choices",
                        new UploadChoices(
                                likeness.sources().list(found.id()).stream()
                                        .map(held -> held.source().name())
                                        .toList(),
                                bytesMax),
                        "areas",
                        SearchPages.areas(likeness, found.id(), pages.texts(request)),
                        "region",
                        narrowed.orElse(""),
                        "query",
                        narrowed.map(text -> "?region=" + text).orElse("")));
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

    /// Deletes a photo and goes on to the next.
    @PostMapping("/c/{collection}/photos/{photo}/delete")
    @Allowed(Right.DELETE_PHOTO)
    View delete(HttpServletResponse response, @PathVariable UUID collection, @PathVariable UUID photo) {
        CollectionId in = new CollectionId(collection);
        BrowseDesk.Seen seen = likeness.browse().photo(in, new PhotoId(photo));
        DeletionDesk.Deleted deleted = likeness.as(
                        MemberDesk.actor(Callers.required().member()))
                .deletions()
                .delete(in, seen.photo().id());
        Notices.show(response, deleted.linked() ? "notice.photo-deleted-linked" : "notice.photo-deleted");
        Optional<PhotoId> next = seen.older().or(seen::newer);
        return new RedirectView(
                "/c/" + collection + "/photos" + next.map(id -> "/" + id).orElse(""));
    }

    private PhotoView view(BrowseDesk.Seen seen, Texts texts) {
        Photo photo = seen.photo();
        Caller caller = Callers.required();
        boolean mayKnow = caller.may(Right.SEE_SOURCES, Optional.of(photo.collection()));
        Optional<String> day = photo.takenAt().map(at -> texts.day(at.toLocalDate()));
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("photo.taken", photo.takenAt().map(texts::time).orElse(texts.of("photo.undated"))));
        facts.add(new Fact("photo.size", photo.width() + " × " + photo.height()));
        facts.add(new Fact("photo.bytes", texts.bytes(photo.sizeBytes())));
        facts.add(new Fact("photo.type", photo.mediaType().toString()));
        facts.add(new Fact("photo.imported", texts.time(photo.importedAt())));
        Optional<BrowseDesk.Origin> origin =
                mayKnow ? Optional.of(likeness.browse().origin(photo.collection(), photo.id())) : Optional.empty();
        return new PhotoView(
                photo.id().toString(),
                seen.position().text(),
                mayKnow ? fileName(photo) : day.orElse(texts.of("photo.undated.title")),
                day.map(taken -> texts.of(
                                "photo.alternative", taken, seen.faces().size()))
                        .orElse(texts.of(
                                "photo.alternative.undated", seen.faces().size())),
                photo.width(),
                photo.height(),
                faces(seen, caller),
                photo.storage() == Storage.LINK,
                facts,
                camera(photo, texts),
                origin.map(found -> provenance(found, photo, texts)).orElse(List.of()),
                origin.filter(_ -> caller.may(Right.SEE_IMPORTS, Optional.of(photo.collection())))
                        .flatMap(BrowseDesk.Origin::by)
                        .map(run -> run.id().toString()),
                seen.newer().map(PhotoId::toString),
                seen.older().map(PhotoId::toString));
    }

    /// In an event nobody is searched for by a face in a photo.
    private List<PhotoView.FaceView> faces(BrowseDesk.Seen seen, Caller caller) {
        Photo photo = seen.photo();
        boolean maySearch = caller.may(Right.SEARCH, Optional.of(photo.collection()));
        boolean byFace = likeness.collection(photo.collection()).profile() != Profile.EVENT;
        Map<FaceId, List<SearchView.Said>> said = names.said(
                photo.collection(), seen.faces().stream().map(Face::id).toList());
        Map<FaceId, BrowseDesk.NotSearchable> reasons =
                maySearch ? likeness.browse().notSearchable(photo.collection(), photo.id()) : Map.of();
        return IntStream.range(0, seen.faces().size())
                .mapToObj(i -> {
                    Face face = seen.faces().get(i);
                    String reason = Optional.ofNullable(reasons.get(face.id()))
                            .map(Enum::name)
                            .orElse("");
                    return PhotoView.FaceView.of(
                            face, photo, i + 1, maySearch && byFace, reason, said.getOrDefault(face.id(), List.of()));
                })
                .toList();
    }

    /// What the camera wrote into the file; a photo is shown also when its file is not where it was.
    private List<Fact> camera(Photo photo, Texts texts) {
        CameraNotes notes;
        try {
            notes = likeness.browse().notes(photo.collection(), photo.id());
        } catch (LikenessException e) {
            if (e.kind() != LikenessException.Kind.UNAVAILABLE) {
                throw e;
            }
            return List.of(new Fact("photo.camera", texts.of("photo.file-gone")));
        }
        List<Fact> facts = new ArrayList<>();
        notes.camera().ifPresent(name -> facts.add(new Fact("photo.camera", name)));
        notes.lens().ifPresent(name -> facts.add(new Fact("photo.lens", name)));
        String exposure = Stream.of(
                        notes.exposureSeconds()
                                .map(seconds -> seconds > 0 && seconds < 0.5
                                        ? texts.of("photo.exposure.part", Math.round(1 / seconds))
                                        : texts.of("photo.exposure.seconds", seconds)),
                        notes.aperture().map(number -> texts.of("photo.aperture", number)),
                        notes.iso().map(speed -> texts.of("photo.iso", speed)),
                        notes.focalLengthMm().map(length -> texts.of("photo.focal-length", length)))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" · "));
        if (!exposure.isEmpty()) {
            facts.add(new Fact("photo.exposure", exposure));
        }
        notes.place()
                .ifPresent(place -> facts.add(new Fact(
                        "photo.place",
                        texts.place(place),
                        "?region=" + PhotoArea.of(place).text())));
        return facts;
    }

    private static List<Fact> provenance(BrowseDesk.Origin held, Photo photo, Texts texts) {
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
        facts.add(new Fact("photo.file", fileName(photo)));
        return facts;
    }

    /// What its file was called.
    static String fileName(Photo photo) {
        Path path = Path.of(URI.create(photo.location()));
        return String.valueOf(path.getFileName());
    }
}
