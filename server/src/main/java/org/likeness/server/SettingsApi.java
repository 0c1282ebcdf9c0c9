package org.likeness.server;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.likeness.core.collection.Assessment;
import org.likeness.core.collection.Basis;
import org.likeness.core.collection.BasisDraft;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.LawfulBasis;
import org.likeness.core.collection.Purpose;
import org.likeness.core.collection.Retention;
import org.likeness.core.collection.SpecialCondition;
import org.likeness.core.consent.Notice;
import org.likeness.core.member.Right;
import org.likeness.library.Likeness;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// On what a collection rests, for how long, and what people are told.
@RestController
@RequestMapping("/api/v1/collections/{collection}")
class SettingsApi extends CollectionController {
    SettingsApi(Likeness likeness) {
        super(likeness);
    }

    /// A version of what people are told.
    ///
    /// @param material whether purpose, controller or audience changed: older consent rests until renewed
    /// @param texts by language
    record NoticeView(int version, boolean material, Instant publishedAt, Map<String, String> texts) {
        static NoticeView of(Notice notice) {
            Map<String, String> texts = new TreeMap<>();
            notice.texts().forEach(text -> texts.put(text.language(), text.text()));
            return new NoticeView(notice.version(), notice.material(), notice.publishedAt(), texts);
        }
    }

    /// The next version of what people are told.
    ///
    /// @param material whether purpose, controller or audience changed
    /// @param texts by language (BCP 47), at least one
    record NewNotice(boolean material, Map<String, String> texts) {}

    /// A version of what a collection rests on.
    ///
    /// @param photosKept a period of ISO 8601, such as `P2Y`; likewise the two that follow
    record BasisView(
            int version,
            boolean material,
            Instant recordedAt,
            String controller,
            LawfulBasis lawfulBasis,
            SpecialCondition condition,
            List<Purpose> purposes,
            String photosKept,
            String templatesKept,
            String inactivity,
            Optional<Instant> purposeEndsAt,
            int notice,
            String alternative,
            Assessment.Decision dpia,
            String dpiaReason) {
        static BasisView of(Basis basis) {
            Retention kept = basis.retention();
            return new BasisView(
                    basis.version(),
                    basis.material(),
                    basis.recordedAt(),
                    basis.controller(),
                    basis.lawfulBasis(),
                    basis.condition(),
                    basis.purposes().stream().sorted().toList(),
                    kept.photos().toString(),
                    kept.templates().toString(),
                    kept.inactivity().toString(),
                    kept.purposeEndsAt(),
                    basis.noticeVersion(),
                    basis.alternative(),
                    basis.assessment().decision(),
                    basis.assessment().reason());
        }
    }

    /// What a collection rests on from now on; what is missing stays as it was.
    ///
    /// @param photosKept `90d`, `18m`, `2y` or a period of ISO 8601; likewise the two that follow
    record NewBasis(
            Optional<String> controller,
            Optional<LawfulBasis> lawfulBasis,
            Optional<SpecialCondition> condition,
            Optional<List<Purpose>> purposes,
            Optional<String> photosKept,
            Optional<String> templatesKept,
            Optional<String> inactivity,
            Optional<Instant> purposeEndsAt,
            Optional<Integer> notice,
            Optional<String> alternative,
            Optional<Assessment.Decision> dpia,
            Optional<String> dpiaReason) {
        BasisDraft draft() {
            Set<Purpose> why = EnumSet.noneOf(Purpose.class);
            purposes.ifPresent(why::addAll);
            return new BasisDraft(
                    filled(controller),
                    lawfulBasis,
                    condition,
                    why,
                    filled(photosKept).map(Retention::period),
                    filled(templatesKept).map(Retention::period),
                    filled(inactivity).map(Retention::period),
                    purposeEndsAt,
                    notice,
                    filled(alternative),
                    filled(dpiaReason).flatMap(reason -> dpia.map(decision -> new Assessment(decision, reason))));
        }
    }

    /// Lists every version of what people are told, the newest first.
    @GetMapping("/notices")
    @Allowed(Right.MANAGE_COLLECTION)
    List<NoticeView> notices(@PathVariable UUID collection) {
        return likeness().notices().notices(collection(collection).id()).reversed().stream()
                .map(NoticeView::of)
                .toList();
    }

    /// Publishes the next version of what people are told.
    @PostMapping("/notices")
    @Allowed(Right.MANAGE_COLLECTION)
    @ResponseStatus(HttpStatus.CREATED)
    NoticeView publishNotice(@PathVariable UUID collection, @RequestBody NewNotice wanted) {
        List<Notice.Text> texts = wanted.texts().entrySet().stream()
                .map(text -> Notice.Text.of(text.getKey(), text.getValue()))
                .toList();
        return NoticeView.of(theirs().notices().publish(collection(collection).id(), texts, wanted.material()));
    }

    /// Lists every version of what the collection rests on, the newest first.
    @GetMapping("/bases")
    @Allowed(Right.MANAGE_COLLECTION)
    List<BasisView> bases(@PathVariable UUID collection) {
        return likeness().bases().versions(collection(collection)).reversed().stream()
                .map(BasisView::of)
                .toList();
    }

    /// Records what the collection rests on from now on, and compares the faces that waited for it.
    @PostMapping("/bases")
    @Allowed(Right.MANAGE_COLLECTION)
    @ResponseStatus(HttpStatus.CREATED)
    BasisView recordBasis(@PathVariable UUID collection, @RequestBody NewBasis wanted) {
        Collection found = collection(collection);
        Basis recorded = theirs().bases().record(found, wanted.draft());
        theirs().fillTemplates(found, _ -> {});
        return BasisView.of(recorded);
    }
}
