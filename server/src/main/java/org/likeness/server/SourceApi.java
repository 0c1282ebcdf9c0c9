package org.likeness.server;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.likeness.core.member.Right;
import org.likeness.core.photo.Sha256;
import org.likeness.core.rights.SourceDesk;
import org.likeness.core.source.Capacity;
import org.likeness.core.source.Grant;
import org.likeness.core.source.SourceContact;
import org.likeness.core.source.SourceState;
import org.likeness.core.source.Use;
import org.likeness.library.Likeness;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Where a collection's photos come from, and on whose permission.
@RestController
@RequestMapping("/api/v1/collections/{collection}/sources")
class SourceApi extends CollectionController {
    SourceApi(Likeness likeness) {
        super(likeness);
    }

    /// A source owner's permission.
    ///
    /// @param grantedBy who allowed it, in words
    /// @param evidence SHA-256, in hexadecimal, of the file that proves it
    /// @param notice the version of the notice the people in the photos were shown
    record GrantView(
            UUID id,
            String grantedBy,
            Capacity capacity,
            List<Use> uses,
            Instant startsAt,
            Optional<Instant> endsAt,
            Optional<Instant> endedAt,
            Optional<String> evidence,
            Optional<Integer> notice) {
        static GrantView of(Grant grant) {
            return new GrantView(
                    grant.id().value(),
                    grant.grantedBy(),
                    grant.backing().capacity(),
                    grant.uses().stream().sorted().toList(),
                    grant.startsAt(),
                    grant.endsAt(),
                    grant.endedAt(),
                    grant.backing().evidence().map(Sha256::toString),
                    grant.backing().notice());
        }
    }

    /// A source with its grants, the oldest first.
    ///
    /// @param owner whose it is, and `contact` how to reach them: told to whoever manages sources
    /// @param photos how many are held of it
    record SourceView(
            UUID id,
            String name,
            SourceState state,
            Optional<String> owner,
            Optional<String> contact,
            long photos,
            List<GrantView> grants) {
        static SourceView of(SourceDesk.Held held, boolean manages) {
            return new SourceView(
                    held.source().id().value(),
                    held.source().name(),
                    held.source().state(),
                    held.contact().owner().filter(_ -> manages),
                    held.contact().contact().filter(_ -> manages),
                    held.photos(),
                    held.grants().stream().map(GrantView::of).toList());
        }
    }

    /// A permission to record.
    ///
    /// @param grantedBy who allowed it, 1 to 200 characters
    /// @param capacity as what they allowed it
    /// @param uses at least one
    /// @param endsAt the first instant on which it is over; missing: until it is ended
    /// @param evidence SHA-256, in hexadecimal, of a file that proves it and stays with you
    record NewGrant(
            String grantedBy, Capacity capacity, List<Use> uses, Optional<Instant> endsAt, Optional<String> evidence) {
        SourceDesk.Terms terms() {
            Set<Use> chosen = EnumSet.noneOf(Use.class);
            chosen.addAll(uses);
            return new SourceDesk.Terms(
                    grantedBy.strip(), capacity, chosen, endsAt, evidence.map(hex -> sha256("evidence", hex)));
        }
    }

    /// A source and its first grant.
    ///
    /// @param name unique in the collection, 1 to 200 characters
    record NewSource(String name, Optional<String> owner, Optional<String> contact, NewGrant grant) {}

    private SourceView view(SourceDesk.Held held) {
        return SourceView.of(
                held,
                Callers.required()
                        .may(Right.MANAGE_SOURCES, Optional.of(held.source().collection())));
    }

    /// Lists the sources of a collection.
    @GetMapping
    @Allowed(Right.SEE_SOURCES)
    List<SourceView> sources(@PathVariable UUID collection) {
        return likeness().sources().list(collection(collection).id()).stream()
                .map(this::view)
                .toList();
    }

    /// Shows a source and its grants.
    @GetMapping("/{source}")
    @Allowed(Right.SEE_SOURCES)
    SourceView source(@PathVariable UUID collection, @PathVariable UUID source) {
        return view(heldSource(collection, source));
    }

    /// Adds a source and its first grant.
    @PostMapping
    @Allowed(Right.MANAGE_SOURCES)
    @ResponseStatus(HttpStatus.CREATED)
    SourceView addSource(@PathVariable UUID collection, @RequestBody NewSource wanted) {
        return view(theirs().sources()
                .add(
                        collection(collection).id(),
                        wanted.name().strip(),
                        new SourceContact(filled(wanted.owner()), filled(wanted.contact())),
                        wanted.grant().terms()));
    }

    /// Records a further grant of a source.
    @PostMapping("/{source}/grants")
    @Allowed(Right.MANAGE_SOURCES)
    @ResponseStatus(HttpStatus.CREATED)
    GrantView giveGrant(@PathVariable UUID collection, @PathVariable UUID source, @RequestBody NewGrant wanted) {
        return GrantView.of(
                theirs().sources().give(heldSource(collection, source).source(), wanted.terms()));
    }

    /// Ends a grant. Photos that only it allowed are used no more.
    @DeleteMapping("/{source}/grants/{grant}")
    @Allowed(Right.MANAGE_SOURCES)
    GrantView endGrant(@PathVariable UUID collection, @PathVariable UUID source, @PathVariable UUID grant) {
        return GrantView.of(theirs().sources().end(grant(collection, source, grant)));
    }

    /// Records that a source said stop: nothing of it is used from now on, and all that is held of it is
    /// deleted at once.
    @PostMapping("/{source}/stop")
    @Allowed(Right.MANAGE_SOURCES)
    SourceView stopSource(@PathVariable UUID collection, @PathVariable UUID source) {
        stopNow(collection, source);
        return view(heldSource(collection, source));
    }
}
