package org.likeness.core.rights;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.member.Access;
import org.likeness.core.member.ApiToken;
import org.likeness.core.member.Member;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Passkey;
import org.likeness.core.member.Right;
import org.likeness.core.member.SecondFactor;
import org.likeness.core.member.Secret;
import org.likeness.core.member.Session;
import org.likeness.core.member.SessionId;
import org.likeness.core.member.SignIn;
import org.likeness.core.member.TokenId;
import org.likeness.core.member.Way;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.Records;

/// How members prove who they are: sessions, tokens, passkeys. What somebody may do is asked of the records for every
/// request, so that whoever was shut out a moment ago is out. Thread-safe.
public final class SignInDesk {
    /// That somebody was here is written down at most so often.
    private static final Duration SEEN = Duration.ofMinutes(1);

    private final Records records;
    private final Clock clock;
    private final Actor actor;
    private final SecondFactor secondFactor;

    /// A session that began, and the secret that is told once.
    public record Begun(Session session, Secret secret) {}

    /// A token that was made, and the secret that is told once.
    public record Made(ApiToken token, Secret secret) {}

    /// Who came, with what, and what they may do.
    ///
    /// @param half whether a second factor is demanded that the session lacks: until they show or add one, they
    ///     have no right at all
    public record Arrival(
            Member member, Access access, Optional<Session> session, Optional<ApiToken> token, boolean half) {}

    /// @param secondFactor of whom more than one factor is demanded; asked at every arrival, so that it holds
    ///     for sessions that began before
    public SignInDesk(Records records, Clock clock, Actor actor, SecondFactor secondFactor) {
        this.records = records;
        this.clock = clock;
        this.actor = actor;
        this.secondFactor = secondFactor;
    }

    /// By what one installation's cookies are told from another's on the same host: eight hexadecimal
    /// digits that say nothing of it.
    public String mark() {
        return Secret.digest(records.read(tx -> tx.log().installation()).toString())
                .substring(0, 8);
    }

    /// Begins a session of a member who proved who they are.
    ///
    /// @param device the browser's family and system; cut to what is kept
    /// @throws LikenessException REFUSED when the member is shut out
    public Begun begin(MemberId member, Way way, String device) {
        Instant now = clock.instant();
        Session session = new Session(SessionId.next(), member, kept(device), way, now, now, now.plus(Session.LONGEST));
        Secret secret = Secret.next(Secret.SESSION);
        return records.change(tx -> {
            requireActive(tx, member);
            tx.members().removeSessionsOver(now);
            tx.members().add(session, secret.digest());
            tx.members().add(new SignIn(member, now, way, kept(device), true));
            return new Records.Changed<>(
                    new Begun(session, secret),
                    AuditEntry.of(now, MemberDesk.actor(member), Action.SIGNED_IN, member.value()));
        });
    }

    private static String kept(String device) {
        return device.substring(0, Math.min(device.length(), Session.DEVICE_MAX));
    }

    /// Keeps for a member that somebody tried to sign in as them and did not show who they are. Changes nothing, so
    /// the log has no entry of it: who tries is a stranger, and must not be able to fill it.
    public void failed(MemberId member, Way way, String device) {
        SignIn tried = new SignIn(member, clock.instant(), way, kept(device), false);
        records.note(tx -> {
            if (tx.members().member(member).isPresent()) {
                tx.members().add(tried);
            }
        });
    }

    /// How a member last signed in, or somebody tried to, newest first.
    public List<SignIn> signIns(MemberId member) {
        return records.read(tx -> tx.members().signIns(member));
    }

    /// Who comes with this secret of a session, if it opens anything now.
    public Optional<Arrival> bySession(String secret) {
        Instant now = clock.instant();
        Optional<Arrival> found = records.read(tx -> tx.members()
                .session(Secret.digest(secret))
                .filter(session -> !session.isOver(now))
                .flatMap(session -> active(tx, session.member()).map(member -> arrival(member, session))));
        found.flatMap(Arrival::session)
                .filter(session -> session.seenAt().plus(SEEN).isBefore(now))
                .ifPresent(session -> records.note(tx -> tx.members().seen(session.id(), now)));
        return found;
    }

    private Arrival arrival(Member member, Session session) {
        boolean half = secondFactor.isMissing(member, session.way());
        Optional<Access.Limit> limit =
                half ? Optional.of(new Access.Limit(Set.of(), Optional.empty())) : Optional.empty();
        return new Arrival(
                member,
                new Access(member.id(), member.memberships(), limit),
                Optional.of(session),
                Optional.empty(),
                half);
    }

    /// Who comes with this secret of a token, and what the token leaves them.
    public Optional<Arrival> byToken(String secret) {
        Instant now = clock.instant();
        Optional<Arrival> found = records.read(tx -> tx.members()
                .token(Secret.digest(secret))
                .filter(token -> token.endsAt().isAfter(now))
                .flatMap(token -> active(tx, token.member())
                        .map(member -> new Arrival(
                                member,
                                new Access(
                                        member.id(),
                                        member.memberships(),
                                        Optional.of(new Access.Limit(token.rights(), token.collection()))),
                                Optional.empty(),
                                Optional.of(token),
                                false))));
        found.flatMap(Arrival::token)
                .filter(token ->
                        token.usedAt().map(at -> at.plus(SEEN).isBefore(now)).orElse(true))
                .ifPresent(token -> records.note(tx -> tx.members().used(token.id(), now)));
        return found;
    }

    private static Optional<Member> active(ReadTransaction tx, MemberId id) {
        return tx.members().member(id).filter(member -> member.state() == Member.State.ACTIVE);
    }

    private static void requireActive(ReadTransaction tx, MemberId id) {
        if (active(tx, id).isEmpty()) {
            throw new LikenessException(
                            LikenessException.Kind.REFUSED,
                            "this member cannot sign in\nAsk an owner of the installation.")
                    .called("member.no-sign-in");
        }
    }

    /// A member's sessions that are not over, the one used last first.
    public List<Session> sessions(MemberId member) {
        Instant now = clock.instant();
        return records.read(tx -> tx.members().sessions(member)).stream()
                .filter(session -> !session.isOver(now))
                .toList();
    }

    /// Ends one session of a member.
    ///
    /// @throws LikenessException NOT_FOUND when the member has no such session
    public void end(MemberId member, SessionId session) {
        Instant now = clock.instant();
        records.change(tx -> {
            boolean theirs = tx.members().sessions(member).stream()
                    .anyMatch(each -> each.id().equals(session));
            if (!theirs || !tx.members().remove(session)) {
                throw notFound("session").called("session.none");
            }
            return new Records.Changed<>(session, AuditEntry.of(now, actor, Action.SIGNED_OUT, member.value()));
        });
    }

    /// Ends all sessions of a member but one.
    public int endOthers(MemberId member, SessionId but) {
        Instant now = clock.instant();
        return records.change(tx -> {
            int ended = tx.members().removeSessions(member, Optional.of(but));
            return new Records.Changed<>(
                    ended,
                    AuditEntry.of(now, actor, Action.SIGNED_OUT, member.value()).withCount(ended));
        });
    }

    /// Makes a token, with no right that its member lacks.
    ///
    /// @throws LikenessException REFUSED when a right is asked for that the member does not have there
    public Made makeToken(
            MemberId member, String name, Set<Right> rights, Optional<CollectionId> collection, Instant endsAt) {
        Instant now = clock.instant();
        ApiToken token =
                new ApiToken(TokenId.next(), member, name.strip(), rights, collection, now, endsAt, Optional.empty());
        Secret secret = Secret.next(Secret.TOKEN);
        return records.change(tx -> {
            requireActive(tx, member);
            Member found = tx.members()
                    .member(member)
                    .orElseThrow(() -> notFound("member").called("member.none"));
            Access access = new Access(member, found.memberships(), Optional.empty());
            boolean all = rights.stream()
                    .allMatch(right ->
                            collection.isPresent() ? access.may(right, collection) : access.maySomewhere(right));
            if (!all) {
                throw new LikenessException(
                                LikenessException.Kind.REFUSED,
                                "a token cannot do more than its member\nLeave out what you may not do yourself.")
                        .called("token.rights");
            }
            tx.members().add(token, secret.digest());
            return new Records.Changed<>(
                    new Made(token, secret),
                    AuditEntry.of(now, actor, Action.TOKEN_MADE, token.id().value()));
        });
    }

    /// A member's tokens, newest first, those that ended too.
    public List<ApiToken> tokens(MemberId member) {
        return records.read(tx -> tx.members().tokens(member));
    }

    /// @throws LikenessException NOT_FOUND when the member has no such token
    public void endToken(MemberId member, TokenId token) {
        Instant now = clock.instant();
        records.change(tx -> {
            boolean theirs = tx.members().tokens(member).stream()
                    .anyMatch(each -> each.id().equals(token));
            if (!theirs || !tx.members().remove(token)) {
                throw notFound("token").called("token.none");
            }
            return new Records.Changed<>(token, AuditEntry.of(now, actor, Action.TOKEN_ENDED, token.value()));
        });
    }

    public Optional<Passkey> passkey(String credential) {
        return records.read(tx -> tx.members().passkey(credential));
    }

    /// A member's passkeys, oldest first.
    public List<Passkey> passkeys(MemberId member) {
        return records.read(tx -> tx.members().passkeys(member));
    }

    /// Refuses what [#add] would refuse, before a browser is asked to make a passkey.
    public void requireMayAdd(MemberId member, boolean half) {
        records.<Optional<Member>>read(tx -> {
            requireMayAdd(tx, member, half);
            return Optional.empty();
        });
    }

    private static void requireMayAdd(ReadTransaction tx, MemberId member, boolean half) {
        int others = tx.members().passkeys(member).size();
        if (half && others > 0) {
            throw new LikenessException(
                            LikenessException.Kind.REFUSED,
                            "this member has a passkey already"
                                    + "\nSign in with it; if it is lost, ask an owner to remove it.")
                    .called("passkey.there");
        }
        if (others >= Passkey.EACH_MAX) {
            throw new LikenessException(
                            LikenessException.Kind.REFUSED,
                            "a member has at most " + Passkey.EACH_MAX
                                    + " passkeys\nRemove one you do not use any more.")
                    .called("passkey.enough", Passkey.EACH_MAX);
        }
    }

    /// Keeps a passkey whose making was verified.
    ///
    /// @param half whether it is added from a session that lacks the second factor: then it must be the first
    ///     one, or whoever knows a password could put a passkey of their own beside it
    /// @throws LikenessException REFUSED when the member is shut out or has too many, CONFLICT when it
    ///     is known already
    public void add(Passkey passkey, boolean half) {
        Instant now = clock.instant();
        records.change(tx -> {
            requireActive(tx, passkey.member());
            if (tx.members().passkey(passkey.credential()).isPresent()) {
                throw new LikenessException(
                                LikenessException.Kind.CONFLICT,
                                "this passkey was added already\nSign in with it, or add another one.")
                        .called("passkey.known");
            }
            requireMayAdd(tx, passkey.member(), half);
            tx.members().add(passkey);
            return new Records.Changed<>(
                    passkey,
                    AuditEntry.of(
                            now, actor, Action.PASSKEY_ADDED, passkey.member().value()));
        });
    }

    /// Whose passkey was used, after its signature was verified. Of two who come with the same count
    /// one gets in; the other one may have a copy (WebAuthn level 3, section 7.2, step 22), which the
    /// log keeps.
    ///
    /// @param signCount how often the device says it was used; 0 from devices that do not count
    /// @return empty when there is no such passkey any more, when it may be a copy, or when its member
    ///     is shut out
    public Optional<MemberId> usePasskey(String credential, long signCount, boolean backedUp) {
        Instant now = clock.instant();
        AtomicReference<Optional<Passkey>> used = new AtomicReference<>(Optional.empty());
        records.note(tx -> {
            Optional<Passkey> known = tx.members()
                    .passkey(credential)
                    .filter(passkey -> passkey.key().isFollowedBy(signCount))
                    .filter(passkey -> active(tx, passkey.member()).isPresent())
                    .map(passkey -> passkey.used(now, signCount, backedUp));
            known.ifPresent(tx.members()::used);
            used.set(known);
        });
        if (used.get().isEmpty()) {
            passkey(credential)
                    .filter(passkey -> !passkey.key().isFollowedBy(signCount))
                    .ifPresent(this::refuse);
        }
        return used.get().map(Passkey::member);
    }

    private void refuse(Passkey passkey) {
        AuditEntry entry = AuditEntry.of(
                clock.instant(), actor, Action.PASSKEY_REFUSED, passkey.member().value());
        records.change(_ -> new Records.Changed<>(passkey, entry));
    }

    /// Removes a passkey, perhaps of a device that was lost: the sessions that began by a passkey end with it.
    ///
    /// @param keep the session in which it is removed
    /// @throws LikenessException NOT_FOUND when the member has no such passkey
    public void removePasskey(MemberId member, String credential, Optional<SessionId> keep) {
        Instant now = clock.instant();
        records.change(tx -> {
            if (!tx.members().removePasskey(member, credential)) {
                throw notFound("passkey").called("passkey.none");
            }
            tx.members().sessions(member).stream()
                    .filter(session -> session.way() == Way.PASSKEY)
                    .map(Session::id)
                    .filter(session -> !keep.equals(Optional.of(session)))
                    .forEach(tx.members()::remove);
            return new Records.Changed<>(member, AuditEntry.of(now, actor, Action.PASSKEY_REMOVED, member.value()));
        });
    }

    private static LikenessException notFound(String what) {
        return new LikenessException(
                LikenessException.Kind.NOT_FOUND, "there is no such " + what + "\nLoad the page again.");
    }
}
