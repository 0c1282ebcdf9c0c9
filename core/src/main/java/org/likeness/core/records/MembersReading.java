package org.likeness.core.records;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.likeness.core.member.ApiToken;
import org.likeness.core.member.Member;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Passkey;
import org.likeness.core.member.Session;
import org.likeness.core.member.SignIn;

/// What can be asked about members and how they prove who they are. As [ReadTransaction] says. Digests are SHA-256 in
/// hex of a [org.likeness.core.member.Secret].
public interface MembersReading {
    boolean isEmpty();

    /// All, by name.
    List<Member> members();

    Optional<Member> member(MemberId id);

    /// Without regard to case.
    Optional<Member> member(String name);

    /// The password as the server encoded it.
    Optional<String> password(MemberId id);

    /// Whether a member is done with the first steps, or put them away.
    boolean isTourOver(MemberId id);

    /// Whom an invitation invites that has not ended.
    Optional<MemberId> invited(String digest, java.time.Instant now);

    /// Whether a member has an invitation that has not ended.
    boolean isInvited(MemberId member, java.time.Instant now);

    Optional<Session> session(String digest);

    /// A member's sessions, the one used last first.
    List<Session> sessions(MemberId member);

    /// How a member last signed in, or did not, newest first; at most [SignIn#EACH_MAX].
    List<SignIn> signIns(MemberId member);

    Optional<ApiToken> token(String digest);

    /// A member's tokens, newest first.
    List<ApiToken> tokens(MemberId member);

    Optional<Passkey> passkey(String credential);

    List<Passkey> passkeys(MemberId member);

    /// For whom a provider vouches.
    Set<MemberId> linked(String issuer);

    /// Who somebody is whom a provider of OpenID Connect vouches for.
    Optional<MemberId> external(String issuer, String subject);
}
