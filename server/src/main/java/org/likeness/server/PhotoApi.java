package org.likeness.server;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.member.Right;
import org.likeness.core.photo.CameraNotes;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.Place;
import org.likeness.core.photo.Quality;
import org.likeness.core.photo.Region;
import org.likeness.core.photo.TimelineFilter;
import org.likeness.core.photo.TimelineLayout;
import org.likeness.core.photo.TimelinePhoto;
import org.likeness.core.photo.TimelinePosition;
import org.likeness.core.rights.MemberDesk;
import org.likeness.core.source.SourceId;
import org.likeness.library.BrowseDesk;
import org.likeness.library.Likeness;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Photos, their faces and pictures.
@RestController
@RequestMapping("/api/v1/collections/{collection}")
class PhotoApi {

    private final Likeness likeness;

    PhotoApi(Likeness likeness) {
        this.likeness = likeness;
    }

    /// A photo in the order of all.
    ///
    /// @param taken when it was taken by the camera's clock; missing when its file does not say
    /// @param position where it stands in the order, as `from` takes it
    record Small(UUID id, int w, int h, Optional<String> taken, String position) {
        static Small of(TimelinePhoto photo) {
            return new Small(
                    photo.id().value(),
                    photo.width(),
                    photo.height(),
                    Optional.of(photo.at().toString()).filter(_ -> photo.dated()),
                    photo.position().text());
        }
    }

    /// Some photos; `next` is the position to go on from, missing at the end.
    record PhotoPage(List<Small> photos, Optional<String> next) {}

    /// How many photos a month has.
    record Month(String month, int count) {}

    /// The shape of the whole timeline.
    ///
    /// @param shapes base64: of each photo one byte, width over height in fortieths
    /// @param starts positions of each 200th photo
    record Layout(int count, List<Month> months, String shapes, List<String> starts) {}

    /// A face in a photo; the box in fractions of the picture.
    ///
    /// @param score how sure the detector is, 0 to 1
    /// @param flaws what makes it hard to compare; missing ones are fine
    /// @param notSearchable why no search finds it; missing when a search may
    record FaceView(
            UUID id,
            double x,
            double y,
            double width,
            double height,
            double score,
            List<Quality.Flaw> flaws,
            Optional<BrowseDesk.NotSearchable> notSearchable) {
        static FaceView of(Photo photo, Face face, Optional<BrowseDesk.NotSearchable> reason) {
            return new FaceView(
                    face.id().value(),
                    face.box().x() / photo.width(),
                    face.box().y() / photo.height(),
                    face.box().width() / photo.width(),
                    face.box().height() / photo.height(),
                    face.detectionScore(),
                    face.quality().flaws().stream().sorted().toList(),
                    reason);
        }
    }

    /// A place where photos were taken, to narrow the timeline or a search to.
    ///
    /// @param region `south,west,north,east` in degrees
    /// @param latitude of the middle of its photos, in degrees, north positive
    /// @param longitude in degrees, east positive
    record AreaView(String region, double latitude, double longitude, int photos) {}

    /// From whom a photo is, on whose permission, by which import.
    record Provenance(UUID source, String name, SourceApi.GrantView grant, Optional<UUID> run) {}

    /// What the camera wrote into the photo's file; what it did not say is missing.
    ///
    /// @param exposureSeconds how long the shutter was open
    /// @param aperture the f-number
    /// @param latitude in degrees, north positive
    /// @param longitude in degrees, east positive
    record NotesView(
            Optional<String> camera,
            Optional<String> lens,
            Optional<Double> exposureSeconds,
            Optional<Double> aperture,
            Optional<Integer> iso,
            Optional<Double> focalLengthMm,
            Optional<Double> latitude,
            Optional<Double> longitude) {}

    /// A photo and its faces.
    record PhotoDetails(
            UUID id,
            int width,
            int height,
            String mediaType,
            long sizeBytes,
            String importedAt,
            Optional<String> takenAt,
            UUID source,
            List<FaceView> faces,
            Optional<UUID> newer,
            Optional<UUID> older) {}

    private static TimelineFilter filter(
            UUID collection,
            Optional<UUID> source,
            Optional<LocalDate> from,
            Optional<LocalDate> until,
            Optional<String> region) {
        return new TimelineFilter(
                new CollectionId(collection), source.map(SourceId::new), from, until, region.map(Region::parse));
    }

    /// Lists photos in the order of all, the newest first.
    @GetMapping("/timeline")
    @Allowed(Right.SEE_PHOTOS)
    PhotoPage timeline(
            @PathVariable UUID collection,
            @RequestParam Optional<String> from,
            @RequestParam(defaultValue = "200") int limit,
            @RequestParam Optional<UUID> source,
            @RequestParam Optional<LocalDate> since,
            @RequestParam Optional<LocalDate> until,
            @RequestParam Optional<String> region) {
        int size = Keyset.limit(limit);
        List<TimelinePhoto> some = likeness.browse()
                .page(filter(collection, source, since, until, region), from.map(TimelinePosition::parse), size + 1);
        return new PhotoPage(
                some.stream().limit(size).map(Small::of).toList(),
                some.size() > size ? Optional.of(some.get(size).position().text()) : Optional.empty());
    }

    /// Gives the shape of the whole timeline, to lay out a grid with.
    @GetMapping("/timeline/layout")
    @Allowed(Right.SEE_PHOTOS)
    Layout layout(
            @PathVariable UUID collection,
            @RequestParam Optional<UUID> source,
            @RequestParam Optional<LocalDate> since,
            @RequestParam Optional<LocalDate> until,
            @RequestParam Optional<String> region) {
        TimelineLayout layout = likeness.browse().layout(filter(collection, source, since, until, region));
        return new Layout(
                layout.photos(),
                layout.months().stream()
                        .map(month -> new Month(month.month().toString(), month.photos()))
                        .toList(),
                Base64.getEncoder().encodeToString(layout.shapes()),
                layout.starts().stream().map(TimelinePosition::text).toList());
    }

    /// Shows a face with what is around it, for people to look at.
    @GetMapping(path = "/faces/{face}/portrait", produces = MediaType.IMAGE_JPEG_VALUE)
    @Allowed(Right.SEE_PHOTOS)
    byte[] portrait(@PathVariable UUID collection, @PathVariable UUID face) {
        return likeness.browse().portrait(new CollectionId(collection), new FaceId(face));
    }

    /// Lists the places where photos were taken, those with the most photos first.
    @GetMapping("/areas")
    @Allowed(Right.SEE_PHOTOS)
    List<AreaView> areas(@PathVariable UUID collection) {
        return likeness.browse().areas(new CollectionId(collection)).stream()
                .map(area -> new AreaView(
                        area.region().text(),
                        area.centre().latitude(),
                        area.centre().longitude(),
                        area.photos()))
                .toList();
    }

    /// Says from whom a photo is, on whose permission.
    @GetMapping("/photos/{photo}/provenance")
    @Allowed(Right.SEE_SOURCES)
    Provenance provenance(@PathVariable UUID collection, @PathVariable UUID photo) {
        BrowseDesk.Origin origin = likeness.browse().origin(new CollectionId(collection), new PhotoId(photo));
        return new Provenance(
                origin.source().id().value(),
                origin.source().name(),
                SourceApi.GrantView.of(origin.grant()),
                origin.by().map(run -> run.id().value()));
    }

    /// Reads what the camera wrote into a photo's file.
    @GetMapping("/photos/{photo}/notes")
    @Allowed(Right.SEE_PHOTOS)
    NotesView notes(@PathVariable UUID collection, @PathVariable UUID photo) {
        CameraNotes notes = likeness.browse().notes(new CollectionId(collection), new PhotoId(photo));
        return new NotesView(
                notes.camera(),
                notes.lens(),
                notes.exposureSeconds(),
                notes.aperture(),
                notes.iso(),
                notes.focalLengthMm(),
                notes.place().map(Place::latitude),
                notes.place().map(Place::longitude));
    }

    /// Shows a photo and its faces, with the reason for each face that no search finds.
    @GetMapping("/photos/{photo}")
    @Allowed(Right.SEE_PHOTOS)
    PhotoDetails photo(@PathVariable UUID collection, @PathVariable UUID photo) {
        BrowseDesk.Seen seen = likeness.browse().photo(new CollectionId(collection), new PhotoId(photo));
        Photo found = seen.photo();
        Map<FaceId, BrowseDesk.NotSearchable> reasons =
                likeness.browse().notSearchable(new CollectionId(collection), new PhotoId(photo));
        return new PhotoDetails(
                photo,
                found.width(),
                found.height(),
                found.mediaType().toString(),
                found.sizeBytes(),
                found.importedAt().toString(),
                found.takenAt().map(Object::toString),
                found.source().value(),
                seen.faces().stream()
                        .map(face -> FaceView.of(found, face, Optional.ofNullable(reasons.get(face.id()))))
                        .toList(),
                seen.newer().map(PhotoId::value),
                seen.older().map(PhotoId::value));
    }

    /// Deletes a photo with its faces; a file that was linked stays where it is.
    ///
    /// It is no erasure that somebody demanded: the same file may be imported again.
    @DeleteMapping("/photos/{photo}")
    @Allowed(Right.DELETE_PHOTO)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void deletePhoto(@PathVariable UUID collection, @PathVariable UUID photo) {
        likeness.as(MemberDesk.actor(Callers.required().member()))
                .deletions()
                .delete(new CollectionId(collection), new PhotoId(photo));
    }

    /// Gives a photo's small picture.
    @GetMapping(path = "/photos/{photo}/thumbnail", produces = MediaType.IMAGE_JPEG_VALUE)
    @Allowed(Right.SEE_PHOTOS)
    byte[] thumbnail(@PathVariable UUID collection, @PathVariable UUID photo) {
        return likeness.browse().thumbnail(new CollectionId(collection), new PhotoId(photo));
    }

    /// Gives a photo as large as a screen.
    @GetMapping(path = "/photos/{photo}/preview", produces = MediaType.IMAGE_JPEG_VALUE)
    @Allowed(Right.SEE_PHOTOS)
    byte[] preview(@PathVariable UUID collection, @PathVariable UUID photo) {
        return likeness.browse().preview(new CollectionId(collection), new PhotoId(photo));
    }

    /// Gives the file as it was imported, under its own name where the caller may know that.
    @GetMapping("/photos/{photo}/original")
    @Allowed(Right.DOWNLOAD_ORIGINAL)
    ResponseEntity<Resource> original(@PathVariable UUID collection, @PathVariable UUID photo) {
        Path file = likeness.browse().original(new CollectionId(collection), new PhotoId(photo));
        Photo found = likeness.browse()
                .photo(new CollectionId(collection), new PhotoId(photo))
                .photo();
        boolean mayKnow = Callers.required().may(Right.SEE_SOURCES, Optional.of(found.collection()));
        String name = mayKnow
                ? PhotoPages.fileName(found).replaceAll("[\\p{Cntrl}\"\\\\/:*?<>|]", "_")
                : found.id() + "." + extension(found);
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(name, StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .body(new FileSystemResource(file));
    }

    private static String extension(Photo photo) {
        return photo.mediaType().toString().replaceFirst("^image/", "").toLowerCase(Locale.ROOT);
    }

    /// Gives the picture of a face.
    @GetMapping(path = "/faces/{face}/crop", produces = MediaType.IMAGE_PNG_VALUE)
    @Allowed(Right.SEE_PHOTOS)
    byte[] face(@PathVariable UUID collection, @PathVariable UUID face) {
        return likeness.browse().face(new CollectionId(collection), new FaceId(face));
    }
}
