package org.likeness.server;

import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.likeness.core.collection.Collection;
import org.likeness.core.member.Right;
import org.likeness.library.Likeness;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;

/// Makes pages of templates. Every page gets its [Frame] as parameter `frame`. Thread-safe.
@Component
final class Pages {
    static final String LANGUAGE_COOKIE = "likeness-language";

    private final TemplateEngine templates;
    private final Likeness likeness;
    private final StaticFiles staticFiles;

    Pages(TemplateEngine templates, Likeness likeness, StaticFiles staticFiles) {
        this.templates = templates;
        this.likeness = likeness;
        this.staticFiles = staticFiles;
    }

    /// A page about no collection in particular.
    View page(HttpServletRequest request, String template, String title, String section, Map<String, Object> model) {
        return view(template, frame(request, title, section, Optional.empty()), model);
    }

    /// A page about a collection.
    View page(
            HttpServletRequest request,
            Collection collection,
            String template,
            String title,
            String section,
            Map<String, Object> model) {
        return view(template, frame(request, title, section, Optional.of(collection)), model);
    }

    Texts texts(HttpServletRequest request) {
        Optional<String> chosen = cookie(request, LANGUAGE_COOKIE).filter(language -> language.matches("[a-z]{2}"));
        if (chosen.isPresent()) {
            return Texts.in(Locale.LanguageRange.parse(chosen.get()));
        }
        String wanted = request.getHeader("Accept-Language");
        try {
            return Texts.in(wanted == null ? List.of() : Locale.LanguageRange.parse(wanted));
        } catch (IllegalArgumentException _) {
            return Texts.in(List.of()); // a header that says nothing we understand
        }
    }

    private static Optional<String> cookie(HttpServletRequest request, String name) {
        return Stream.ofNullable(request.getCookies())
                .flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(name))
                .map(Cookie::getValue)
                .findFirst();
    }

    private Frame frame(HttpServletRequest request, String title, String section, Optional<Collection> collection) {
        Texts texts = texts(request);
        Optional<Caller> caller = Callers.current();
        return new Frame(
                texts,
                texts.of(title),
                section,
                caller,
                caller.map(this::visible).orElse(List.of()),
                collection,
                csrf(request),
                staticFiles.base(),
                cookie(request, "theme")
                        .filter(theme -> theme.matches("light|dark"))
                        .orElse(""),
                cookie(request, "shortcuts").filter("off"::equals).isEmpty(),
                Notices.take(request).map(texts::of));
    }

    /// A request that is malformed is answered before it gets a token; its page has nothing to send.
    private static Frame.Csrf csrf(HttpServletRequest request) {
        return request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token
                ? new Frame.Csrf(token.getParameterName(), token.getHeaderName(), token.getToken())
                : new Frame.Csrf("_csrf", "X-CSRF-TOKEN", "");
    }

    private List<Collection> visible(Caller caller) {
        return likeness.collections().stream()
                .filter(each -> caller.may(Right.SEE_COLLECTION, Optional.of(each.id())))
                .toList();
    }

    private View view(String template, Frame frame, Map<String, Object> model) {
        Map<String, Object> parameters = new HashMap<>(model);
        parameters.put("frame", frame);
        return new HtmlView(template, parameters);
    }

    private final class HtmlView implements View {
        private final String template;
        private final Map<String, Object> parameters;

        HtmlView(String template, Map<String, Object> parameters) {
            this.template = template;
            this.parameters = parameters;
        }

        @Override
        public String getContentType() {
            return "text/html;charset=UTF-8";
        }

        /// Rendered whole before the first byte is sent, so that a failure becomes an error page.
        @Override
        public void render(
                @Nullable Map<String, ?> ignored,
                HttpServletRequest request,
                jakarta.servlet.http.HttpServletResponse response)
                throws java.io.IOException {
            Utf8ByteOutput output = new Utf8ByteOutput();
            templates.render(template, parameters, output);
            if (Notices.take(request).isPresent()) {
                Notices.clear(response);
            }
            response.setContentType(MediaType.TEXT_HTML_VALUE + ";charset=UTF-8");
            response.setContentLength(output.getContentLength());
            output.writeTo(response.getOutputStream());
        }
    }
}
