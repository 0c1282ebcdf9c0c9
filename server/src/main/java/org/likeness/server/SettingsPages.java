package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.likeness.core.collection.Collection;
import org.likeness.core.consent.Notice;
import org.likeness.core.member.Right;
import org.likeness.library.Likeness;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/// On what a collection rests, for how long, and what people are told.
@Controller
class SettingsPages extends CollectionController {
    private final Pages pages;

    SettingsPages(Likeness likeness, Pages pages) {
        super(likeness);
        this.pages = pages;
    }

    @GetMapping("/c/{collection}/settings")
    @Allowed(Right.MANAGE_COLLECTION)
    View settings(HttpServletRequest request, @PathVariable UUID collection) {
        Collection found = collection(collection);
        return page(request, found, new Forms(named(found), Form.blank(), inForce(found)));
    }

    private static Form named(Collection found) {
        return Form.proposing("name", found.name());
    }

    private Form inForce(Collection found) {
        List<Notice> notices = likeness().notices().notices(found.id());
        int newest = notices.isEmpty() ? 0 : notices.getLast().version();
        return BasisForm.of(likeness().bases().inForce(found), newest);
    }

    /// What stands in the forms of the page.
    private record Forms(Form name, Form notice, Form basis) {}

    private View page(HttpServletRequest request, Collection found, Forms forms) {
        Map<String, Object> model = new HashMap<>();
        model.put("collection", found);
        model.put("summary", likeness().summary(found));
        model.put("bases", likeness().bases().versions(found).reversed());
        model.put("notices", likeness().notices().notices(found.id()).reversed());
        model.put("nameForm", forms.name());
        model.put("noticeForm", forms.notice());
        model.put("basisForm", forms.basis());
        return pages.page(request, found, "settings.jte", "settings.title", "settings", model);
    }

    /// Gives the collection another name.
    @PostMapping("/c/{collection}/settings/name")
    @Allowed(Right.MANAGE_COLLECTION)
    View rename(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID collection,
            @RequestParam MultiValueMap<String, String> sent) {
        Collection found = collection(collection);
        Texts texts = pages.texts(request);
        Form form = Form.sent(sent).requiring(texts, "name");
        Form tried =
                form.tried(texts, Map.of(), "name", () -> theirs().renameCollection(found.id(), form.value("name")));
        if (tried.isWrong()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return page(request, found, new Forms(tried, Form.blank(), inForce(found)));
        }
        Notices.show(response, "notice.saved");
        return new RedirectView("/c/" + collection + "/settings");
    }

    /// Publishes the next version of what people are told.
    @PostMapping("/c/{collection}/settings/notices")
    @Allowed(Right.MANAGE_COLLECTION)
    View publish(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID collection,
            @RequestParam MultiValueMap<String, String> sent) {
        Collection found = collection(collection);
        Form form = Form.sent(sent);
        List<Notice.Text> texts = new ArrayList<>();
        Map<String, String> problems = new LinkedHashMap<>();
        for (Map.Entry<String, String> each :
                Map.of("english", "en", "german", "de").entrySet()) {
            String text = form.value(each.getKey());
            if (text.length() > Notice.Text.LENGTH_MAX) {
                problems.put(each.getKey(), pages.texts(request).of("form.too-many-words", Notice.Text.LENGTH_MAX));
            } else if (!text.isEmpty()) {
                texts.add(Notice.Text.of(each.getValue(), text));
            }
        }
        if (texts.isEmpty() && problems.isEmpty()) {
            problems.put("english", pages.texts(request).of("settings.notice.missing"));
        }
        if (!problems.isEmpty()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return page(request, found, new Forms(named(found), form.with(problems), inForce(found)));
        }
        theirs().notices().publish(found.id(), texts, form.has("material", "true"));
        Notices.show(response, "notice.published");
        return new RedirectView("/c/" + collection + "/settings");
    }

    /// Records on what the collection rests from now on.
    @PostMapping("/c/{collection}/settings/basis")
    @Allowed(Right.MANAGE_COLLECTION)
    View basis(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID collection,
            @RequestParam MultiValueMap<String, String> sent) {
        Collection found = collection(collection);
        BasisForm form = new BasisForm(Form.sent(sent), pages.texts(request));
        Form checked = form.checked(found.profile(), likeness().bases().inForce(found));
        if (checked.isWrong()) {
            response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
            return page(request, found, new Forms(named(found), Form.blank(), checked));
        }
        theirs().bases().record(found, form.draft());
        theirs().fillTemplates(found, _ -> {});
        Notices.show(response, "notice.saved");
        return new RedirectView("/c/" + collection + "/settings");
    }
}
