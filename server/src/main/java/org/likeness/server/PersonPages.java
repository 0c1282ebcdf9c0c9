package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.consent.Choice;
import org.likeness.core.consent.ConsentEvent;
import org.likeness.core.consent.Method;
import org.likeness.core.consent.Notice;
import org.likeness.core.member.Right;
import org.likeness.core.person.GuardianId;
import org.likeness.core.person.Person;
import org.likeness.core.person.PersonId;
import org.likeness.core.rights.ConsentDesk;
import org.likeness.core.search.Probe;
import org.likeness.library.Likeness;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/// One person: what they answered, on which notice, and how they take it back. Every page that shows the
/// name is recorded.
@Controller
class PersonPages extends CollectionController {
    private static final Duration CODE_SHOWN = Duration.ofMinutes(2);

    private final Pages pages;
    private final Searches searches;
    private final AccessAnswers answers;
    private final ServerOptions options;
    private final BrowserCookie codes;

    PersonPages(
            Likeness likeness,
            Pages pages,
            Searches searches,
            AccessAnswers answers,
            ServerOptions options,
            Cookies cookies) {
        super(likeness);
        this.pages = pages;
        this.searches = searches;
        this.answers = answers;
        this.options = options;
        this.codes = cookies.strict("code");
    }

    /// @param photo a photo of the person that shows several faces, to choose theirs
    @GetMapping("/c/{collection}/people/{person}")
    @Allowed(Right.SEE_PEOPLE)
    View person(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID collection,
            @PathVariable UUID person,
            @RequestParam Optional<UUID> photo) {
        Optional<String> code = codes.read(request)
                .filter(kept -> kept.startsWith(person + "."))
                .map(kept -> kept.substring(kept.indexOf('.') + 1));
        if (code.isPresent()) {
            codes.clear(response);
        }
        return page(request, response, new Shown(collection, person, Form.blank(), code.orElse(""), photo));
    }

    /// What of a person's page is not in the records.
    private record Shown(UUID collection, UUID person, Form form, String code, Optional<UUID> photo) {
        Shown(UUID collection, UUID person, Form form) {
            this(collection, person, form, "", Optional.empty());
        }
    }

    private View page(HttpServletRequest request, HttpServletResponse response, Shown shown) {
        Collection found = collection(shown.collection());
        Person known = known(shown.collection(), shown.person());
        if (known.state() == Person.State.FORGOTTEN) {
            response.setStatus(HttpStatus.GONE.value());
            return pages.page(request, found, "person-erased.jte", "people.erased", "people", Map.of());
        }
        if (shown.form().isWrong()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        }
        theirs().people().shown(found.id(), 1);
        List<ConsentEvent> events = likeness().consents().events(known.id());
        List<Notice> notices = likeness().notices().notices(found.id());
        Map<String, Object> model = new HashMap<>();
        model.put("person", PersonView.of(likeness(), known));
        model.put("references", likeness().find().references().references(known.id()));
        model.put(
                "receipts",
                PersonReceipt.of(likeness().demands().statementsAbout(known.id().value()), events));
        model.put("code", shown.code());
        model.put(
                "address",
                options.address(request.getLocalPort())
                        .resolve(WithdrawalPages.PATH)
                        .toString());
        model.put("notice", notices.stream().reduce((_, later) -> later));
        model.put(
                "shown",
                events.reversed().stream()
                        .filter(event -> event.shown().isPresent())
                        .findFirst());
        model.put("withdrawable", isWithdrawable(known.id()));
        Optional<Probe> photo = shown.photo().flatMap(id -> searches.kept(Callers.required(), found, id));
        model.put("faces", photo.map(ProbeFaces::of).orElse(List.of()));
        model.put("photo", photo.flatMap(_ -> shown.photo()).map(UUID::toString).orElse(""));
        model.put("theirs", likeness().find().decisions().confirmed(known.id()));
        model.put("form", shown.form());
        return pages.page(request, found, "person.jte", "people.one", "people", model);
    }

    private boolean isWithdrawable(PersonId id) {
        return !likeness().consents().ledger(id).revocable().isEmpty();
    }

    /// The person's page again, with what is wrong. Who may not see the page, as a program that only records what was
    /// answered, is told no more than that.
    private View again(
            HttpServletRequest request, HttpServletResponse response, Shown shown, String input, String problem) {
        if (!Callers.required().may(Right.SEE_PEOPLE, Optional.of(new CollectionId(shown.collection())))) {
            throw new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "these answers cannot be taken\nRecord them by the API, which says what is wrong.")
                    .called("answers.wrong");
        }
        return page(
                request,
                response,
                new Shown(shown.collection(), shown.person(), shown.form().with(Map.of(input, problem))));
    }

    private static boolean isSaidBesideTheForm(LikenessException.Kind kind) {
        return switch (kind) {
            case BAD_INPUT, REFUSED, CONFLICT -> true;
            case NOT_FOUND, UNAVAILABLE, CORRUPT -> false;
        };
    }

    static RedirectView to(UUID collection, UUID person) {
        return new RedirectView("/c/" + collection + "/people/" + person);
    }

    /// What somebody answered: each choice by itself.
    @PostMapping("/c/{collection}/people/{person}/answers")
    @Allowed(Right.RECORD_CONSENT)
    View answer(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID collection,
            @PathVariable UUID person,
            @RequestParam Method method,
            @RequestParam Optional<UUID> guardian,
            @RequestParam MultiValueMap<String, String> sent) {
        Shown shown = new Shown(collection, person, Form.sent(sent));
        Form form = shown.form();
        Texts texts = pages.texts(request);
        PersonId id = known(collection, person).id();
        if (!form.value("ofGroup").isEmpty() && form.value("group").isEmpty()) {
            return again(request, response, shown, "group", texts.of("people.problem.group"));
        }
        ConsentDesk.Recorded recorded;
        try {
            Map<Choice, Boolean> yes = choices(form);
            if (yes.isEmpty()) {
                return again(request, response, shown, "myself", texts.of("people.problem.none"));
            }
            Optional<Instant> until = endOf(Optional.of(form.value("until")));
            if (until.filter(end -> end.isBefore(Instant.now())).isPresent()) {
                return again(request, response, shown, "until", texts.of("people.problem.until"));
            }
            recorded = theirs().consents()
                    .record(new ConsentDesk.Answers(
                            id,
                            guardian.map(each -> guardianOf(id, each)),
                            yes,
                            method,
                            Optional.empty(),
                            filled(Optional.of(form.value("language"))),
                            until));
        } catch (LikenessException e) {
            if (!isSaidBesideTheForm(e.kind())) {
                throw e;
            }
            return again(request, response, shown, "answers", Failures.words(e, texts));
        }
        recorded.code().ifPresent(code -> codes.set(response, person + "." + code.text(), CODE_SHOWN));
        Notices.show(response, "notice.answered");
        return to(collection, person);
    }

    private static Map<Choice, Boolean> choices(Form form) {
        Map<Choice, Boolean> yes = new LinkedHashMap<>();
        for (Choice each : List.of(Choice.MYSELF, Choice.STAFF)) {
            String answer = form.value(each.word());
            if (!answer.isEmpty()) {
                yes.put(each, answer.equals("yes"));
            }
        }
        if (!form.value("group").isEmpty() && !form.value("ofGroup").isEmpty()) {
            yes.put(Choice.group(form.value("group")), form.value("ofGroup").equals("yes"));
        }
        return yes;
    }

    /// They take everything back, or a guardian does.
    @PostMapping("/c/{collection}/people/{person}/withdrawal")
    @Allowed(Right.RECORD_CONSENT)
    View withdraw(
            HttpServletResponse response,
            @PathVariable UUID collection,
            @PathVariable UUID person,
            @RequestParam Method method,
            @RequestParam Optional<UUID> guardian) {
        PersonId id = known(collection, person).id();
        Optional<GuardianId> by = guardian.map(each -> guardianOf(id, each));
        theirs().consents().withdraw(id, by, method);
        Notices.show(response, "notice.withdrawn");
        return to(collection, person);
    }

    /// A version of what people are told, to read and to print.
    @GetMapping("/c/{collection}/notices/{version}")
    @Allowed(Right.SEE_PEOPLE)
    View notice(HttpServletRequest request, @PathVariable UUID collection, @PathVariable int version) {
        Collection found = collection(collection);
        Notice notice = likeness().notices().notices(found.id()).stream()
                .filter(each -> each.version() == version)
                .findFirst()
                .orElseThrow(() -> notHere("notice").called("notice.none"));
        return pages.page(request, found, "notice.jte", "settings.notice", "people", Map.of("notice", notice));
    }

    /// Everything that is held on somebody who asked, to hand over.
    @PostMapping("/c/{collection}/people/{person}/access")
    @Allowed(Right.HANDLE_DEMANDS)
    void access(HttpServletResponse response, @PathVariable UUID collection, @PathVariable UUID person)
            throws IOException {
        answers.send(theirs(), known(collection, person).id(), response);
    }

    @GetMapping("/c/{collection}/people/{person}/receipts/{statement}")
    @Allowed(Right.SEE_PEOPLE)
    ResponseEntity<byte[]> receipt(
            @PathVariable UUID collection, @PathVariable UUID person, @PathVariable UUID statement) {
        return DemandPages.download(
                "receipt-" + statement + ".json",
                receipt(
                        likeness()
                                .demands()
                                .statementsAbout(known(collection, person).id().value()),
                        statement));
    }
}
