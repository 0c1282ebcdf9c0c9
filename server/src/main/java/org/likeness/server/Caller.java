package org.likeness.server;

import java.util.Optional;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.member.Access;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Right;
import org.likeness.core.member.SessionId;
import org.likeness.core.member.Way;

/// Who sent a request: a member by a session or by a token. Immutable.
///
/// @param access what they may do, as the records had it when the request came
/// @param name under which the member signs in; shown to them alone
/// @param session the session's id, or empty for a token
/// @param way how the session began
/// @param half whether a second factor is demanded that the session lacks
public record Caller(Access access, String name, Optional<SessionId> session, Optional<Way> way, boolean half) {
    public MemberId member() {
        return access.member();
    }

    public boolean may(Right right, Optional<CollectionId> collection) {
        return access.may(right, collection);
    }

    /// The name is personal.
    @Override
    public String toString() {
        return "Caller[" + member().value() + "]";
    }
}
