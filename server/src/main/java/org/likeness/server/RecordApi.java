package org.likeness.server;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.LogFinding;
import org.likeness.core.audit.LogReport;
import org.likeness.core.document.Document;
import org.likeness.core.member.Right;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoFilter;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.PhotoState;
import org.likeness.core.photo.Sha256;
import org.likeness.core.records.SignalsReading;
import org.likeness.core.signal.SignalKind;
import org.likeness.library.AuditLog;
import org.likeness.library.Likeness;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The log, the generated documents, and what waits in quarantine. Deciding about quarantine takes a
/// person, so it is done on the page.
@RestController
@RequestMapping("/api/v1/collections/{collection}")
class RecordApi extends CollectionController {
    RecordApi(Likeness likeness) {
        super(likeness);
    }

    /// An entry of the log.
    ///
    /// @param position in the log, 1 for the oldest
    /// @param actor who did it, by a pseudonym
    /// @param object the id of what was changed or used
    /// @param count how many things it concerned
    /// @param commitment SHA-256, in hexadecimal, of the statement made with it
    record EntryView(
            long position,
            UUID id,
            Instant at,
            String actor,
            AuditEntry.Action action,
            UUID object,
            long count,
            Optional<String> commitment) {
        static EntryView of(AuditLog.Line line) {
            AuditEntry entry = line.entry();
            return new EntryView(
                    line.position(),
                    entry.id(),
                    entry.at(),
                    entry.actor().pseudonym(),
                    entry.action(),
                    entry.object(),
                    entry.count(),
                    entry.commitment().map(Sha256::toString));
        }
    }

    /// Some entries, the newest first; `next` is the `before` to go on from, missing at the end.
    record EntryPage(List<EntryView> entries, Optional<Long> next) {}

    /// Something wrong with the log.
    record FindingView(LogFinding.Kind kind, long first, long last, String what) {}

    /// What a check of the whole log found.
    ///
    /// @param size how many entries the log has
    /// @param root the root of its Merkle tree, in hexadecimal
    /// @param checkpoints how many signed checkpoints were compared
    record LogView(boolean sound, long size, String root, long checkpoints, List<FindingView> findings) {
        static LogView of(LogReport report) {
            return new LogView(
                    report.isSound(),
                    report.state().size(),
                    report.state().root().toString(),
                    report.checkpoints(),
                    report.findings().stream()
                            .map(each -> new FindingView(each.kind(), each.first(), each.last(), each.what()))
                            .toList());
        }
    }

    /// A document that can be had.
    record DocumentLine(String name, int characters) {}

    /// A photo that something in its file keeps out, until a person decides.
    ///
    /// @param signals what keeps it out
    record QuarantinedPhoto(UUID id, UUID source, Instant importedAt, List<SignalKind> signals) {}

    /// Some photos in quarantine; `next` is the `after` to go on from, missing at the end.
    record QuarantinePage(long waiting, List<QuarantinedPhoto> photos, Optional<UUID> next) {}

    /// Lists what the log says of a collection.
    @GetMapping("/audit")
    @Allowed(Right.SEE_AUDIT)
    EntryPage audit(
            @PathVariable UUID collection,
            @RequestParam Optional<Long> before,
            @RequestParam(defaultValue = "100") int limit) {
        AuditLog.Page page = likeness().log().before(collection(collection).id(), before, Keyset.limit(limit));
        return new EntryPage(page.lines().stream().map(EntryView::of).toList(), page.next());
    }

    /// Hashes every entry of the log again and compares with all that was signed.
    @PostMapping("/audit/verification")
    @Allowed(Right.SEE_AUDIT)
    LogView verifyLog(@PathVariable UUID collection) {
        return LogView.of(likeness().log().verify(List.of()));
    }

    /// Signs the log's head: whoever keeps it can show later that nothing before it was changed.
    @GetMapping(path = "/audit/checkpoint", produces = "text/plain;charset=UTF-8")
    @Allowed(Right.SEE_AUDIT)
    String checkpoint(@PathVariable UUID collection) {
        return likeness().log().checkpoint().note();
    }

    /// Lists the documents that whoever runs the collection must be able to show.
    @GetMapping("/documents")
    @Allowed(Right.SEE_DOCUMENTS)
    List<DocumentLine> documents(@PathVariable UUID collection) {
        return likeness().documents().make(collection(collection)).stream()
                .map(each -> new DocumentLine(each.name(), each.text().length()))
                .toList();
    }

    /// Hands out a document, made from what is recorded at this moment.
    @GetMapping(path = "/documents/{name}", produces = "text/plain;charset=UTF-8")
    @Allowed(Right.SEE_DOCUMENTS)
    String document(@PathVariable UUID collection, @PathVariable String name) {
        return likeness().documents().make(collection(collection)).stream()
                .filter(each -> each.name().equals(name))
                .map(Document::text)
                .findFirst()
                .orElseThrow(() -> notHere("document").called("document.none"));
    }

    /// Lists the photos in quarantine.
    @GetMapping("/quarantine")
    @Allowed(Right.REVIEW_QUARANTINE)
    QuarantinePage quarantine(
            @PathVariable UUID collection,
            @RequestParam Optional<UUID> after,
            @RequestParam(defaultValue = "100") int limit) {
        PhotoFilter waiting = PhotoFilter.all(collection(collection).id()).inState(PhotoState.QUARANTINED);
        int size = Keyset.limit(limit);
        List<Photo> photos = likeness().photoDesk().list(waiting, after.map(PhotoId::new), size + 1);
        List<QuarantinedPhoto> some =
                photos.stream().limit(size).map(this::quarantined).toList();
        return new QuarantinePage(
                likeness().photoDesk().count(waiting),
                some,
                photos.size() > size ? Optional.of(some.getLast().id()) : Optional.empty());
    }

    private QuarantinedPhoto quarantined(Photo photo) {
        return new QuarantinedPhoto(
                photo.id().value(),
                photo.source().value(),
                photo.importedAt(),
                likeness().photoDesk().show(photo.id()).signals().stream()
                        .map(SignalsReading.Kept::signal)
                        .map(signal -> signal.kind())
                        .toList());
    }
}
