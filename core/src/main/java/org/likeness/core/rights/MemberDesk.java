package org.likeness.core.rights;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.member.Member;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Membership;
import org.likeness.core.member.Role;
import org.likeness.core.member.Secret;
import org.likeness.core.member.SessionId;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.Records;
import org.likeness.core.records.WriteTransaction;

/// Who may use the installation. There is an owner from the first account on, and never none again. Thread-safe.
public final class MemberDesk {
    /// How long somebody may take to follow an invitation.
    public static final Duration INVITATION = Duration.ofDays(7);

    private final Records records;
    private final Clock clock;
    private final Actor actor;

    /// A member who was invited, and the code that is told once.
    public record Invited(MemberId member, Secret code) {}

    /// What a given password is compared with.
    ///
    /// @param password as the server encoded it
    public record Credentials(MemberId member, String password) {
        @Override
        public String toString() {
            return "Credentials[" + member + "]";
        }
    }

    public MemberDesk(Records records, Clock clock, Actor actor) {
        this.records = records;
        this.clock = clock;
        this.actor = actor;
    }

    /// How a member is named in the log.
    public static Actor actor(MemberId member) {
        return new Actor(member.toString());
    }

    /// Whether nobody can sign in yet.
    public boolean isEmpty() {
        return records.read(tx -> tx.members().isEmpty());
    }

    /// All, by name.
    public List<Member> members() {
        return records.read(tx -> tx.members().members());
    }

    /// @throws LikenessException NOT_FOUND when there is none
    public Member member(MemberId id) {
        return records.read(tx -> tx.members().member(id)).orElseThrow(MemberDesk::unknown);
    }

    /// @throws LikenessException NOT_FOUND when there is none of this name
    public Member member(String name) {
        return records.read(tx -> tx.members().member(name)).orElseThrow(MemberDesk::unknown);
    }

    /// Makes the first owner; of two who try at once, one succeeds.
    ///
    /// @param password as the server encoded it
    /// @throws LikenessException CONFLICT when there is a member already
    public MemberId firstOwner(String name, String password) {
        String checked = Member.checkedName(name);
        Instant now = clock.instant();
        MemberId id = MemberId.next();
        return records.change(tx -> {
            if (!tx.members().isEmpty()) {
                throw new LikenessException(
                                LikenessException.Kind.CONFLICT,
                                "this installation has an owner already\nSign in, or ask the owner for an invitation.")
                        .called("member.owner-there");
            }
            tx.members()
                    .add(new Member(
                            id,
                            checked,
                            Member.State.ACTIVE,
                            now,
                            List.of(new Membership(Role.OWNER, Optional.empty()))));
            tx.members().setPassword(id, password);
            return changed(id, AuditEntry.of(now, actor(id), Action.MEMBER_ADDED, id.value()));
        });
    }

    /// Adds a member who then chooses a password by the code.
    ///
    /// @throws LikenessException CONFLICT when the name is taken, or when the first one would not be an owner
    public Invited invite(String name, List<Membership> memberships) {
        String checked = Member.checkedName(name);
        Instant now = clock.instant();
        MemberId id = MemberId.next();
        Secret code = Secret.next(Secret.INVITATION);
        return records.change(tx -> {
            if (tx.members().member(checked).isPresent()) {
                throw new LikenessException(
                                LikenessException.Kind.CONFLICT,
                                "there is a member of this name already\nChoose another name.")
                        .called("member.known");
            }
            Member invited = new Member(id, checked, Member.State.INVITED, now, memberships);
            if (tx.members().isEmpty() && !invited.isOwner()) {
                throw new LikenessException(
                                LikenessException.Kind.CONFLICT,
                                "the first member must be an owner\nMake the owner's account first.")
                        .called("member.first");
            }
            requireCollections(tx, memberships.stream().flatMap(each -> each.collection().stream()));
            tx.members().add(invited);
            tx.members().invite(id, code.digest(), now.plus(INVITATION));
            return changed(new Invited(id, code), AuditEntry.of(now, actor, Action.MEMBER_ADDED, id.value()));
        });
    }

    /// A new code for a member: for who lost the first, or their password. Their sessions end.
    public Invited inviteAgain(MemberId member) {
        Instant now = clock.instant();
        Secret code = Secret.next(Secret.INVITATION);
        return records.change(tx -> {
            Member found = found(tx, member);
            if (found.state() == Member.State.DISABLED) {
                throw new LikenessException(
                                LikenessException.Kind.CONFLICT, "this member is shut out\nLet them in again first.")
                        .called("member.shut-out");
            }
            tx.members().invite(member, code.digest(), now.plus(INVITATION));
            tx.members().removeSessions(member, Optional.empty());
            return changed(new Invited(member, code), entry(now, Action.MEMBER_CHANGED, member));
        });
    }

    /// Whether a code invites somebody now.
    public Optional<Member> invited(String code) {
        Instant now = clock.instant();
        return records.read(tx -> tx.members().invited(Secret.digest(code), now).flatMap(tx.members()::member));
    }

    /// Takes the password of someone who was invited. The code ends with it, and so does whatever they signed in with
    /// before: sessions, and the tokens of their programs.
    ///
    /// @param password as the server encoded it
    /// @throws LikenessException REFUSED when the code is not, or no longer, one
    public MemberId accept(String code, String password) {
        Instant now = clock.instant();
        return records.change(tx -> {
            MemberId member = tx.members()
                    .invited(Secret.digest(code), now)
                    .filter(id -> found(tx, id).state() != Member.State.DISABLED)
                    .orElseThrow(() -> new LikenessException(
                                    LikenessException.Kind.REFUSED,
                                    "this invitation is not valid, or not any more\nAsk for a new one.")
                            .called("invitation.over"));
            tx.members().setPassword(member, password);
            tx.members().setState(member, Member.State.ACTIVE);
            tx.members().removeInvitation(member);
            tx.members().removeSessions(member, Optional.empty());
            tx.members().tokens(member).forEach(token -> tx.members().remove(token.id()));
            return changed(member, AuditEntry.of(now, actor(member), Action.MEMBER_CHANGED, member.value()));
        });
    }

    /// What a name's password is compared with; empty: nobody of this name can sign in with one.
    public Optional<Credentials> credentials(String name) {
        return records.read(tx -> tx.members()
                .member(name)
                .filter(member -> member.state() == Member.State.ACTIVE)
                .flatMap(member ->
                        tx.members().password(member.id()).map(password -> new Credentials(member.id(), password))));
    }

    /// Changes a password. All other sessions of the member end, and an invitation that waits.
    ///
    /// @param keep the session in which it is changed
    public void setPassword(MemberId member, String password, Optional<SessionId> keep) {
        Instant now = clock.instant();
        records.change(tx -> {
            found(tx, member);
            tx.members().setPassword(member, password);
            tx.members().removeInvitation(member);
            tx.members().removeSessions(member, keep);
            return changed(member, entry(now, Action.MEMBER_CHANGED, member));
        });
    }

    /// Gives a role in a collection, or with none named, in the installation; an empty one takes it away.
    ///
    /// @throws LikenessException CONFLICT when no owner would be left
    public void setRole(MemberId member, Optional<CollectionId> collection, Optional<Role> role) {
        Instant now = clock.instant();
        role.ifPresent(given -> new Membership(given, collection)); // says what does not fit
        records.change(tx -> {
            Member before = found(tx, member);
            requireCollections(tx, collection.stream());
            tx.members().setRole(member, collection, role);
            requireOwner(tx, before);
            return changed(member, entry(now, Action.MEMBER_CHANGED, member));
        });
    }

    /// Shuts a member out at once, or lets them in again. Sessions end; tokens stop while they are shut out.
    ///
    /// @throws LikenessException CONFLICT when no owner would be left
    public void setDisabled(MemberId member, boolean disabled) {
        Instant now = clock.instant();
        records.change(tx -> {
            Member before = found(tx, member);
            boolean chose = tx.members().password(member).isPresent();
            tx.members()
                    .setState(
                            member,
                            disabled ? Member.State.DISABLED : chose ? Member.State.ACTIVE : Member.State.INVITED);
            tx.members().removeSessions(member, Optional.empty());
            requireOwner(tx, before);
            return changed(member, entry(now, Action.MEMBER_CHANGED, member));
        });
    }

    /// Removes a member and all they sign in with. What they did stays in the log, under their id.
    ///
    /// @throws LikenessException CONFLICT when no owner would be left
    public void remove(MemberId member) {
        Instant now = clock.instant();
        records.change(tx -> {
            Member before = found(tx, member);
            tx.members().remove(member);
            requireOwner(tx, before);
            return changed(member, entry(now, Action.MEMBER_REMOVED, member));
        });
    }

    /// How far a member came with the first steps, as far as that is theirs alone to do.
    ///
    /// @param over they did all of it once, or put it away
    /// @param searched a search of theirs was answered
    public record Tour(boolean over, boolean searched) {}

    /// A member who is not there any more has no tour.
    public Tour tour(MemberId member) {
        return records.read(
                tx -> new Tour(tx.members().isTourOver(member), tx.searches().wereAnswered(actor(member))));
    }

    /// Shows a member the first steps no more.
    public void endTour(MemberId member) {
        records.note(tx -> tx.members().endTour(member));
    }

    /// Whom a provider of OpenID Connect vouches for; only somebody who was linked.
    public Optional<Member> external(String issuer, String subject) {
        return records.read(tx -> tx.members().external(issuer, subject).flatMap(tx.members()::member));
    }

    /// Lets a member sign in through a provider of OpenID Connect, which knows them by one subject at
    /// a time.
    ///
    /// @param subject empty ends it, and the sessions that began by it; another one does too
    /// @throws LikenessException CONFLICT when the subject is another member
    public void link(MemberId member, String issuer, Optional<String> subject) {
        Instant now = clock.instant();
        records.change(tx -> {
            found(tx, member);
            tx.members().unlink(member, issuer);
            tx.members().removeSessionsByProvider(member);
            if (subject.flatMap(each -> tx.members().external(issuer, each)).isPresent()) {
                throw new LikenessException(
                                LikenessException.Kind.CONFLICT,
                                "another member signs in as this account of the provider\nEnd that first.")
                        .called("member.identity");
            }
            subject.ifPresent(each -> tx.members().link(member, issuer, each));
            return changed(member, entry(now, Action.MEMBER_CHANGED, member));
        });
    }

    /// For whom a provider of OpenID Connect vouches.
    public Set<MemberId> linked(String issuer) {
        return records.read(tx -> tx.members().linked(issuer));
    }

    /// Removes all passkeys of a member: for who lost theirs. Their sessions end. Says how many there were.
    public int removePasskeys(MemberId member) {
        Instant now = clock.instant();
        return records.change(tx -> {
            found(tx, member);
            int removed = tx.members().removePasskeys(member);
            tx.members().removeSessions(member, Optional.empty());
            return changed(removed, entry(now, Action.PASSKEY_REMOVED, member).withCount(removed));
        });
    }

    private static void requireCollections(WriteTransaction tx, Stream<CollectionId> named) {
        if (named.anyMatch(each -> tx.collection(each).isEmpty())) {
            throw new LikenessException(
                            LikenessException.Kind.NOT_FOUND,
                            "there is no such collection to have a role in"
                                    + "\nSee the collections, or give the role everywhere.")
                    .called("collection.none");
        }
    }

    /// How long somebody who was invited and never came stays on the list.
    public static final Duration INVITED_KEPT = Duration.ofDays(30);

    /// Removes who was invited, never came, and cannot come any more; owners stay. Says how many.
    public int sweep() {
        Instant now = clock.instant();
        int swept = 0;
        for (Member member : members()) {
            if (records.read(tx -> neverCame(tx, member.id(), now)) && removeIfNeverCame(member.id(), now)) {
                swept++;
            }
        }
        return swept;
    }

    private static boolean neverCame(ReadTransaction tx, MemberId id, Instant now) {
        return tx.members()
                .member(id)
                .filter(member -> member.state() == Member.State.INVITED && !member.isOwner())
                .filter(member -> member.addedAt().isBefore(now.minus(INVITED_KEPT)))
                .filter(_ -> !tx.members().isInvited(id, now))
                .isPresent();
    }

    private boolean removeIfNeverCame(MemberId id, Instant now) {
        try {
            records.change(tx -> {
                if (!neverCame(tx, id, now)) {
                    throw new LikenessException(
                                    LikenessException.Kind.CONFLICT,
                                    "this member came meanwhile\nNothing needs to be done.")
                            .called("member.came");
                }
                tx.members().remove(id);
                return changed(id, entry(now, Action.MEMBER_REMOVED, id));
            });
            return true;
        } catch (LikenessException e) {
            if (e.kind() != LikenessException.Kind.CONFLICT) {
                throw e;
            }
            return false;
        }
    }

    /// Refuses a change by which the last owner stops being one. Somebody who was invited counts as long as nobody
    /// else can sign in as an owner.
    private static void requireOwner(WriteTransaction tx, Member before) {
        boolean stops = isOwner(before)
                && tx.members().member(before.id()).filter(MemberDesk::isOwner).isEmpty();
        boolean left =
                tx.members().members().stream().anyMatch(each -> each.isOwner() && each.state() == Member.State.ACTIVE);
        if (stops && !left) {
            throw new LikenessException(
                            LikenessException.Kind.CONFLICT,
                            "this is the last owner\nMake somebody else an owner first, who can sign in.")
                    .called("member.last-owner");
        }
    }

    private static boolean isOwner(Member member) {
        return member.isOwner() && member.state() != Member.State.DISABLED;
    }

    private static Member found(WriteTransaction tx, MemberId id) {
        return tx.members().member(id).orElseThrow(MemberDesk::unknown);
    }

    private static LikenessException unknown() {
        return new LikenessException(
                        LikenessException.Kind.NOT_FOUND, "there is no such member\nSee: likeness member list.")
                .called("member.none");
    }

    private AuditEntry entry(Instant now, Action action, MemberId member) {
        return AuditEntry.of(now, actor, action, member.value());
    }

    private static <T> Records.Changed<T> changed(T value, AuditEntry entry) {
        return new Records.Changed<>(value, entry);
    }
}
