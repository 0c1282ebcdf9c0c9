package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.collection.Collection;
import org.likeness.core.member.Right;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoFilter;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.PhotoState;
import org.likeness.library.Likeness;
import org.likeness.library.PhotoDesk;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/// Photos that something in the file keeps out, until a person decides.
@Controller
class QuarantinePages extends CollectionController {
    private static final int PAGE = 24;

    private final Pages pages;

    QuarantinePages(Likeness likeness, Pages pages) {
        super(likeness);
        this.pages = pages;
    }

    @GetMapping("/c/{collection}/quarantine")
    @Allowed(Right.REVIEW_QUARANTINE)
    View quarantine(HttpServletRequest request, @PathVariable UUID collection) {
        Collection found = collection(collection);
        PhotoFilter waiting = PhotoFilter.all(found.id()).inState(PhotoState.QUARANTINED);
        List<PhotoDesk.Held> photos = likeness().photoDesk().list(waiting, Optional.empty(), PAGE).stream()
                .map(Photo::id)
                .map(likeness().photoDesk()::show)
                .toList();
        return pages.page(
                request,
                found,
                "quarantine.jte",
                "quarantine.title",
                "quarantine",
                Map.of("photos", photos, "waiting", likeness().photoDesk().count(waiting)));
    }

    private PhotoDesk.Held held(UUID collection, UUID photo) {
        PhotoDesk.Held held = likeness().photoDesk().show(new PhotoId(photo));
        if (!held.photo().collection().value().equals(collection) || held.state() != PhotoState.QUARANTINED) {
            throw notHere("photo in quarantine").called("quarantine.none");
        }
        return held;
    }

    /// The small picture, for those who decide.
    @GetMapping(path = "/c/{collection}/quarantine/{photo}/thumbnail", produces = MediaType.IMAGE_JPEG_VALUE)
    @Allowed(Right.REVIEW_QUARANTINE)
    @ResponseBody
    byte[] thumbnail(@PathVariable UUID collection, @PathVariable UUID photo) throws IOException {
        Photo found = held(collection, photo).photo();
        Path file = likeness()
                .thumbnail(collection(collection), found)
                .orElseThrow(() -> notHere("picture").called("photo.no-picture"));
        return Files.readAllBytes(file);
    }

    @PostMapping("/c/{collection}/quarantine/{photo}")
    @Allowed(Right.REVIEW_QUARANTINE)
    View decide(
            HttpServletResponse response,
            @PathVariable UUID collection,
            @PathVariable UUID photo,
            @RequestParam boolean allow) {
        PhotoId id = held(collection, photo).photo().id();
        String by = Callers.required().name();
        if (allow) {
            theirs().photoDesk().allow(id, by, Optional.empty());
        } else {
            theirs().photoDesk().uphold(id, by);
        }
        Notices.show(response, allow ? "notice.let-in" : "notice.kept-out");
        return new RedirectView("/c/" + collection + "/quarantine");
    }
}
