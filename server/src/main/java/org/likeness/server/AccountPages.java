package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Right;
import org.likeness.core.member.SessionId;
import org.likeness.core.member.TokenId;
import org.likeness.core.rights.MemberDesk;
import org.likeness.core.rights.SignInDesk;
import org.likeness.library.Likeness;
import org.springframework.http.HttpStatus;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/// A member's own account: password, passkeys, where they are signed in, and the tokens of their programs.
@Controller
class AccountPages {
    private static final Duration SECRET_SHOWN = Duration.ofMinutes(2);
    private static final Map<String, String> INPUTS = Map.of("token.term", "days", "token.rights", "rights");

    private final Likeness likeness;
    private final Pages pages;
    private final PasswordEncoder passwords;
    private final Confirmation confirmation;
    private final SecurityLog security;
    private final Passkeys passkeys;
    private final BrowserCookie secrets;
    private final Clock clock = Clock.systemUTC();

    AccountPages(
            Likeness likeness,
            Pages pages,
            PasswordEncoder passwords,
            Confirmation confirmation,
            Passkeys passkeys,
            SecurityLog security,
            Cookies cookies) {
        this.secrets = cookies.strict("token");
        this.likeness = likeness;
        this.pages = pages;
        this.passwords = passwords;
        this.confirmation = confirmation;
        this.security = security;
        this.passkeys = passkeys;
    }

    private SignInDesk desk(Caller caller) {
        return likeness.as(MemberDesk.actor(caller.member())).signIn();
    }

    @GetMapping("/account")
    @SignedIn
    View account(HttpServletRequest request, HttpServletResponse response) {
        Optional<String> secret = secrets.read(request).filter(kept -> !kept.isEmpty());
        if (secret.isPresent()) {
            secrets.clear(response);
        }
        return page(request, Form.blank(), Form.proposing("days", "90"), secret.orElse(""));
    }

    private View again(HttpServletRequest request, HttpServletResponse response, Form password, Form token) {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return page(request, password, token, "");
    }

    /// @param secret of a token that was just made; empty: none was
    private View page(HttpServletRequest request, Form password, Form token, String secret) {
        Caller caller = Callers.required();
        Map<String, Object> model = new HashMap<>();
        model.put("sessions", likeness.signIn().sessions(caller.member()));
        model.put("session", caller.session().map(SessionId::toString).orElse(""));
        model.put("signIns", likeness.signIn().signIns(caller.member()));
        model.put("passkeys", likeness.signIn().passkeys(caller.member()));
        model.put("host", passkeys.host(request));
        model.put("tokens", likeness.signIn().tokens(caller.member()));
        model.put(
                "rights",
                Arrays.stream(Right.values())
                        .filter(caller.access()::maySomewhere)
                        .toList());
        model.put("passwordForm", password);
        model.put("tokenForm", token);
        model.put("secret", secret);
        return pages.page(request, "account.jte", "account.title", "account", model);
    }

    @PostMapping("/account/password")
    @SignedIn
    View password(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") String present,
            @RequestParam(defaultValue = "") String assertion,
            @RequestParam String password) {
        Caller caller = Callers.required();
        Form form = Form.blank();
        if (!confirmation.holds(request, response, caller, present, assertion)) {
            form = form.saying("present", pages.texts(request).of("account.password.wrong"));
        }
        Optional<String> weakness = PasswordRules.weakness(password, caller.name());
        if (weakness.isPresent()) {
            form = form.saying("password", pages.texts(request).of(weakness.get()));
        }
        if (form.isWrong()) {
            return again(request, response, form, Form.proposing("days", "90"));
        }
        likeness.as(MemberDesk.actor(caller.member()))
                .members()
                .setPassword(caller.member(), passwords.encode(password), caller.session());
        security.factorChanged(caller.member(), "password", request);
        Notices.show(response, "notice.password");
        return new RedirectView("/account");
    }

    @PostMapping("/account/sessions/{session}/end")
    @SignedIn
    View end(HttpServletResponse response, @PathVariable UUID session) {
        Caller caller = Callers.required();
        desk(caller).end(caller.member(), new SessionId(session));
        Notices.show(response, "notice.signed-out");
        return new RedirectView("/account");
    }

    @PostMapping("/account/sessions/end-others")
    @SignedIn
    View endOthers(HttpServletResponse response) {
        Caller caller = Callers.required();
        caller.session().ifPresent(own -> desk(caller).endOthers(caller.member(), own));
        Notices.show(response, "notice.signed-out");
        return new RedirectView("/account");
    }

    @PostMapping("/account/tokens")
    @SignedIn
    View token(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(defaultValue = "") Set<Right> rights,
            @RequestParam(defaultValue = "") String where,
            @RequestParam MultiValueMap<String, String> sent) {
        requireSession();
        Caller caller = Callers.required();
        Texts texts = pages.texts(request);
        Form form = Form.sent(sent).requiring(texts, "name", "days", "rights");
        if (!form.value("days").isEmpty() && !form.value("days").matches("[1-9][0-9]{0,3}")) {
            form = form.saying("days", texts.of("form.number"));
        }
        if (!confirmation.holds(request, response, caller, form.value("present"), form.value("assertion"))) {
            form = form.saying("present", texts.of("account.password.wrong"));
        }
        Form given = form;
        Form tried = given.tried(texts, INPUTS, "name", () -> {
            SignInDesk.Made made = desk(caller)
                    .makeToken(
                            caller.member(),
                            given.value("name"),
                            rights,
                            where.isBlank() ? Optional.empty() : Optional.of(CollectionId.parse(where)),
                            clock.instant().plus(Duration.ofDays(Integer.parseInt(given.value("days")))));
            secrets.set(response, made.secret().text(), SECRET_SHOWN);
        });
        return tried.isWrong() ? again(request, response, Form.blank(), tried) : new RedirectView("/account");
    }

    /// A program must not make itself a token that outlives its own.
    private static void requireSession() {
        if (Callers.required().session().isEmpty()) {
            throw new LikenessException(
                            LikenessException.Kind.REFUSED,
                            "a token cannot make tokens\nSign in with a browser to make one.")
                    .called("token.browser");
        }
    }

    @PostMapping("/account/tokens/{token}/end")
    @SignedIn
    View endToken(HttpServletResponse response, @PathVariable UUID token) {
        Caller caller = Callers.required();
        MemberId member = caller.member();
        desk(caller).endToken(member, new TokenId(token));
        Notices.show(response, "notice.token-ended");
        return new RedirectView("/account");
    }
}
