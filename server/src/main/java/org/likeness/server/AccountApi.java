package org.likeness.server;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.member.ApiToken;
import org.likeness.core.member.Right;
import org.likeness.core.member.Session;
import org.likeness.core.member.SessionId;
import org.likeness.core.member.SignIn;
import org.likeness.core.member.TokenId;
import org.likeness.core.member.Way;
import org.likeness.core.rights.MemberDesk;
import org.likeness.core.rights.SignInDesk;
import org.likeness.library.Likeness;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Where the caller is signed in, and the tokens of their programs. Making a token, like changing a
/// password, takes the person: it is done on the account page.
@RestController
@RequestMapping("/api/v1/me")
class AccountApi {
    private final Likeness likeness;

    AccountApi(Likeness likeness) {
        this.likeness = likeness;
    }

    /// A browser that is signed in.
    ///
    /// @param device the browser as it named itself
    record SessionView(UUID id, String device, Way way, Instant beganAt, Instant seenAt, Instant endsAt) {
        static SessionView of(Session session) {
            return new SessionView(
                    session.id().value(),
                    session.device(),
                    session.way(),
                    session.beganAt(),
                    session.seenAt(),
                    session.endsAt());
        }
    }

    /// That somebody signed in as the caller, or tried to and did not show who they are.
    ///
    /// @param device the browser as it named itself
    record SignInView(Instant at, Way way, String device, boolean succeeded) {
        static SignInView of(SignIn signIn) {
            return new SignInView(signIn.at(), signIn.way(), signIn.device(), signIn.succeeded());
        }
    }

    /// A token, without its secret.
    ///
    /// @param collection the only one it reaches; missing: all of the member's
    record TokenView(
            UUID id,
            String name,
            List<Right> rights,
            Optional<UUID> collection,
            Instant madeAt,
            Instant endsAt,
            Optional<Instant> usedAt) {
        static TokenView of(ApiToken token) {
            return new TokenView(
                    token.id().value(),
                    token.name(),
                    token.rights().stream().sorted().toList(),
                    token.collection().map(CollectionId::value),
                    token.madeAt(),
                    token.endsAt(),
                    token.usedAt());
        }
    }

    private SignInDesk desk() {
        return likeness.as(MemberDesk.actor(Callers.required().member())).signIn();
    }

    /// Lists where the caller is signed in.
    @GetMapping("/sessions")
    @SignedIn
    List<SessionView> sessions() {
        return desk().sessions(Callers.required().member()).stream()
                .map(SessionView::of)
                .toList();
    }

    /// Lists how the caller last signed in, and who tried to and failed, newest first.
    @GetMapping("/sign-ins")
    @SignedIn
    List<SignInView> signIns() {
        return desk().signIns(Callers.required().member()).stream()
                .map(SignInView::of)
                .toList();
    }

    /// Signs a browser out.
    @DeleteMapping("/sessions/{session}")
    @SignedIn
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endSession(@PathVariable UUID session) {
        desk().end(Callers.required().member(), new SessionId(session));
    }

    /// Lists the caller's tokens.
    @GetMapping("/tokens")
    @SignedIn
    List<TokenView> tokens() {
        return desk().tokens(Callers.required().member()).stream()
                .map(TokenView::of)
                .toList();
    }

    /// Ends a token.
    @DeleteMapping("/tokens/{token}")
    @SignedIn
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endToken(@PathVariable UUID token) {
        desk().endToken(Callers.required().member(), new TokenId(token));
    }
}
