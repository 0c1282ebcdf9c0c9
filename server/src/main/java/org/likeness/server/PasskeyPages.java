package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.likeness.core.LikenessException;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Passkey;
import org.likeness.core.member.SessionId;
import org.likeness.core.member.Way;
import org.likeness.core.rights.MemberDesk;
import org.likeness.core.rights.SignInDesk;
import org.likeness.library.Likeness;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;
import tools.jackson.databind.JsonNode;

/// Adding and removing passkeys, and signing in with one. `passkey.js` speaks with it.
@Controller
class PasskeyPages {
    private static final int ANSWER_MAX_BYTES = 64 * 1024;

    private final Likeness likeness;
    private final Passkeys passkeys;
    private final Challenges challenges;
    private final Sessions sessions;
    private final Attempts attempts;
    private final Confirmation confirmation;
    private final SecurityLog security;
    private final Clock clock = Clock.systemUTC();

    PasskeyPages(
            Likeness likeness,
            Passkeys passkeys,
            Challenges challenges,
            Sessions sessions,
            Attempts attempts,
            Confirmation confirmation,
            SecurityLog security) {
        this.likeness = likeness;
        this.passkeys = passkeys;
        this.challenges = challenges;
        this.sessions = sessions;
        this.attempts = attempts;
        this.confirmation = confirmation;
        this.security = security;
    }

    /// Who wants a passkey shows that it is them.
    record Wish(Optional<String> password) {
        @Override
        public String toString() {
            return "Wish[]";
        }
    }

    /// A passkey that a browser made.
    record Made(Optional<String> label, Optional<JsonNode> credential) {}

    private SignInDesk desk(Caller caller) {
        return likeness.as(MemberDesk.actor(caller.member())).signIn();
    }

    /// Under which key a session's challenge is remembered; a program's token has no session and makes
    /// no passkey.
    private static String key(Caller caller) {
        SessionId session = caller.session()
                .orElseThrow(() -> new LikenessException(
                                LikenessException.Kind.REFUSED, "a token cannot add passkeys\nSign in with a browser.")
                        .called("token.browser"));
        return "add " + session;
    }

    @PostMapping("/account/passkeys/options")
    @SignedIn(half = true)
    @ResponseBody
    Map<String, Object> creation(HttpServletRequest request, @RequestBody Wish wish) {
        Caller caller = Callers.required();
        String key = key(caller);
        if (!confirmation.byPassword(request, caller, wish.password().orElse(""))) {
            throw new SignInRefused(HttpStatus.UNPROCESSABLE_CONTENT, "failure.present-password");
        }
        desk(caller).requireMayAdd(caller.member(), caller.half());
        return passkeys.creation(request, caller, challenges.next("member " + caller.member(), key));
    }

    @PostMapping("/account/passkeys")
    @SignedIn(half = true)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void add(HttpServletRequest request, HttpServletResponse response, @RequestBody Made made) {
        Caller caller = Callers.required();
        Passkey passkey = challenges
                .take(key(caller))
                .flatMap(challenge -> passkeys.made(
                        request,
                        caller.member(),
                        made.label().orElse(""),
                        challenge,
                        made.credential().map(JsonNode::toString).orElse("{}"),
                        clock.instant()))
                .orElseThrow(() -> new SignInRefused(HttpStatus.UNPROCESSABLE_CONTENT, "failure.passkey"));
        desk(caller).add(passkey, caller.half());
        security.factorChanged(caller.member(), "passkey-added", request);
        if (caller.half()) { // its device has just shown whose it is
            sessions.begin(caller.member(), Way.PASSKEY, request, response);
        }
        Notices.show(response, "notice.passkey-added");
    }

    @PostMapping("/account/passkeys/{passkey}/remove")
    @SignedIn
    View remove(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable String passkey,
            @RequestParam(defaultValue = "") String present,
            @RequestParam(defaultValue = "") String assertion) {
        Caller caller = Callers.required();
        confirmation.require(request, response, caller, present, assertion);
        desk(caller).removePasskey(caller.member(), passkey, caller.session());
        security.factorChanged(caller.member(), "passkey-removed", request);
        Notices.show(response, "notice.passkey-removed");
        return new RedirectView("/account");
    }

    @PostMapping("/sign-in/passkey/options")
    @Open(because = "the way in")
    @ResponseBody
    Map<String, Object> use(HttpServletRequest request, HttpServletResponse response) {
        requireTry(request);
        return passkeys.use(request, response);
    }

    /// Signs in, and says where to go on.
    @PostMapping("/sign-in/passkey")
    @Open(because = "the way in")
    @ResponseBody
    Map<String, String> signIn(
            HttpServletRequest request, HttpServletResponse response, @RequestParam(defaultValue = "/") String next)
            throws IOException {
        requireTry(request);
        Optional<MemberId> member = passkeys.used(request, response, body(request));
        if (member.isEmpty()) {
            attempts.failed(Attempts.Key.network(request));
            security.failed(Optional.empty(), Way.PASSKEY, request);
            throw new SignInRefused(HttpStatus.UNAUTHORIZED, "failure.passkey");
        }
        sessions.begin(member.get(), Way.PASSKEY, request, response);
        return Map.of("next", SignInPages.ours(next));
    }

    /// What a browser signed, which anybody may send: bounded, and read as text.
    private static String body(HttpServletRequest request) throws IOException {
        byte[] bytes = request.getInputStream().readNBytes(ANSWER_MAX_BYTES + 1);
        if (bytes.length > ANSWER_MAX_BYTES) {
            throw new SignInRefused(HttpStatus.CONTENT_TOO_LARGE, "failure.too-large");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void requireTry(HttpServletRequest request) {
        if (!attempts.mayTry(Attempts.Key.network(request))) {
            throw new SignInRefused(HttpStatus.TOO_MANY_REQUESTS, "failure.too-many");
        }
    }
}
