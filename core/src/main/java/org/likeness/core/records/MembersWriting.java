package org.likeness.core.records;

import java.time.Instant;
import java.util.Optional;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.member.ApiToken;
import org.likeness.core.member.Member;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Passkey;
import org.likeness.core.member.Role;
import org.likeness.core.member.Session;
import org.likeness.core.member.SessionId;
import org.likeness.core.member.SignIn;
import org.likeness.core.member.TokenId;

/// What can be changed about members. As [WriteTransaction] says.
public interface MembersWriting extends MembersReading {
    /// With its memberships.
    void add(Member member);

    void setState(MemberId member, Member.State state);

    /// @param encoded as the server encoded it
    void setPassword(MemberId member, String encoded);

    /// The first steps are shown to a member no more. Bookkeeping: may be called in [Records#note].
    void endTour(MemberId member);

    /// Empty: takes the role away.
    void setRole(MemberId member, Optional<CollectionId> collection, Optional<Role> role);

    /// And everything they sign in with.
    void remove(MemberId member);

    /// Replaces the one they may have.
    void invite(MemberId member, String digest, Instant endsAt);

    void removeInvitation(MemberId member);

    void add(Session session, String digest);

    /// Bookkeeping: may be called in [Records#note].
    void seen(SessionId session, Instant at);

    /// Keeps a sign-in, and no more of the member than [SignIn] says. Bookkeeping: may be called in
    /// [Records#note].
    void add(SignIn signIn);

    boolean remove(SessionId session);

    /// All of a member but one, or all.
    int removeSessions(MemberId member, Optional<SessionId> but);

    /// All that began by a provider.
    int removeSessionsByProvider(MemberId member);

    /// Those that are over.
    int removeSessionsOver(Instant now);

    void add(ApiToken token, String digest);

    /// Bookkeeping: may be called in [Records#note].
    void used(TokenId token, Instant at);

    boolean remove(TokenId token);

    void add(Passkey passkey);

    /// After it was used: how often, and when.
    void used(Passkey passkey);

    boolean removePasskey(MemberId member, String credential);

    /// All of a member; says how many.
    int removePasskeys(MemberId member);

    void link(MemberId member, String issuer, String subject);

    void unlink(MemberId member, String issuer);
}
