package org.likeness.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.likeness.core.Ids;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.member.ApiToken;
import org.likeness.core.member.Member;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Membership;
import org.likeness.core.member.Passkey;
import org.likeness.core.member.Right;
import org.likeness.core.member.Role;
import org.likeness.core.member.Session;
import org.likeness.core.member.SessionId;
import org.likeness.core.member.SignIn;
import org.likeness.core.member.TokenId;
import org.likeness.core.member.Way;
import org.likeness.core.records.MembersWriting;

/// Members and how they sign in, in SQL both databases understand. One thread at a time, inside a transaction.
final class SqlMembers implements MembersWriting {
    private final Supplier<Sql> reading;
    private final Supplier<Sql> changing;

    /// @param changing refuses where nothing may be changed
    SqlMembers(Supplier<Sql> reading, Supplier<Sql> changing) {
        this.reading = reading;
        this.changing = changing;
    }

    private static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    private Member member(ResultSet row) throws SQLException {
        MemberId id = MemberId.parse(row.getString("id"));
        return new Member(
                id,
                row.getString("name"),
                Member.State.valueOf(row.getString("state")),
                Rows.instant(row, "added_at"),
                memberships(id));
    }

    private List<Membership> memberships(MemberId member) {
        return reading.get()
                .list(
                        "SELECT role, collection FROM membership WHERE member = ? ORDER BY role, collection",
                        row -> new Membership(
                                Role.valueOf(row.getString(1)),
                                Optional.ofNullable(row.getString(2)).map(CollectionId::parse)),
                        member);
    }

    private static Session session(ResultSet row) throws SQLException {
        return new Session(
                SessionId.parse(row.getString("id")),
                MemberId.parse(row.getString("member")),
                row.getString("device"),
                Way.valueOf(row.getString("way")),
                Rows.instant(row, "began_at"),
                Rows.instant(row, "seen_at"),
                Rows.instant(row, "ends_at"));
    }

    private static ApiToken token(ResultSet row) throws SQLException {
        Set<Right> rights = Arrays.stream(row.getString("rights").split(","))
                .map(Right::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Right.class)));
        return new ApiToken(
                TokenId.parse(row.getString("id")),
                MemberId.parse(row.getString("member")),
                row.getString("name"),
                rights,
                Optional.ofNullable(row.getString("collection")).map(CollectionId::parse),
                Rows.instant(row, "made_at"),
                Rows.instant(row, "ends_at"),
                Rows.optionalInstant(row, "used_at"));
    }

    private static Passkey passkey(ResultSet row) throws SQLException {
        return new Passkey(
                MemberId.parse(row.getString("member")),
                row.getString("credential"),
                row.getString("label"),
                new Passkey.Credential(
                        row.getString("public_key"),
                        row.getLong("sign_count"),
                        row.getLong("verified") == 1,
                        row.getLong("backup_eligible") == 1,
                        row.getLong("backed_up") == 1,
                        row.getString("transports"),
                        row.getString("attestation"),
                        row.getString("attestation_client_data")),
                Rows.instant(row, "added_at"),
                Rows.optionalInstant(row, "used_at"));
    }

    @Override
    public boolean isEmpty() {
        return reading.get().count("SELECT COUNT(*) FROM member") == 0;
    }

    @Override
    public List<Member> members() {
        return reading.get().list("SELECT * FROM member ORDER BY name_key", this::member);
    }

    @Override
    public Optional<Member> member(MemberId id) {
        return reading.get().first("SELECT * FROM member WHERE id = ?", this::member, id);
    }

    @Override
    public Optional<Member> member(String name) {
        return reading.get().first("SELECT * FROM member WHERE name_key = ?", this::member, key(name));
    }

    @Override
    public Optional<String> password(MemberId id) {
        return reading.get()
                .first(
                        "SELECT password FROM member WHERE id = ? AND password IS NOT NULL",
                        row -> row.getString(1),
                        id);
    }

    @Override
    public boolean isTourOver(MemberId id) {
        return reading.get().count("SELECT COUNT(*) FROM member WHERE id = ? AND tour_over = 1", id) > 0;
    }

    @Override
    public Optional<MemberId> invited(String digest, Instant now) {
        return reading.get()
                .first(
                        "SELECT member FROM invitation WHERE sha256 = ? AND ends_at > ?",
                        row -> MemberId.parse(row.getString(1)),
                        digest,
                        now);
    }

    @Override
    public boolean isInvited(MemberId member, Instant now) {
        return reading.get()
                .first(
                        "SELECT member FROM invitation WHERE member = ? AND ends_at > ?",
                        row -> row.getString(1),
                        member,
                        now)
                .isPresent();
    }

    @Override
    public Optional<Session> session(String digest) {
        return reading.get().first("SELECT * FROM session WHERE sha256 = ?", SqlMembers::session, digest);
    }

    @Override
    public List<Session> sessions(MemberId member) {
        return reading.get()
                .list("SELECT * FROM session WHERE member = ? ORDER BY seen_at DESC, id", SqlMembers::session, member);
    }

    @Override
    public List<SignIn> signIns(MemberId member) {
        return reading.get()
                .list(
                        "SELECT * FROM sign_in WHERE member = ? ORDER BY at DESC, id DESC LIMIT " + SignIn.EACH_MAX,
                        row -> new SignIn(
                                member,
                                Rows.instant(row, "at"),
                                Way.valueOf(row.getString("way")),
                                row.getString("device"),
                                row.getLong("succeeded") == 1),
                        member);
    }

    @Override
    public Optional<ApiToken> token(String digest) {
        return reading.get().first("SELECT * FROM api_token WHERE sha256 = ?", SqlMembers::token, digest);
    }

    @Override
    public List<ApiToken> tokens(MemberId member) {
        return reading.get()
                .list("SELECT * FROM api_token WHERE member = ? ORDER BY made_at DESC, id", SqlMembers::token, member);
    }

    @Override
    public Optional<Passkey> passkey(String credential) {
        return reading.get().first("SELECT * FROM passkey WHERE credential = ?", SqlMembers::passkey, credential);
    }

    @Override
    public List<Passkey> passkeys(MemberId member) {
        return reading.get()
                .list(
                        "SELECT * FROM passkey WHERE member = ? ORDER BY added_at, credential",
                        SqlMembers::passkey,
                        member);
    }

    @Override
    public Set<MemberId> linked(String issuer) {
        return Set.copyOf(reading.get()
                .list(
                        "SELECT member FROM external_identity WHERE issuer = ?",
                        row -> MemberId.parse(row.getString(1)),
                        issuer));
    }

    @Override
    public Optional<MemberId> external(String issuer, String subject) {
        return reading.get()
                .first(
                        "SELECT member FROM external_identity WHERE issuer = ? AND subject = ?",
                        row -> MemberId.parse(row.getString(1)),
                        issuer,
                        subject);
    }

    @Override
    public void add(Member member) {
        changing.get()
                .insert("member")
                .with("id", member.id())
                .with("name", member.name())
                .with("name_key", key(member.name()))
                .with("state", member.state())
                .with("added_at", member.addedAt())
                .run();
        for (Membership each : member.memberships()) {
            setRole(member.id(), each.collection(), Optional.of(each.role()));
        }
    }

    @Override
    public void setState(MemberId member, Member.State state) {
        changing.get().update("UPDATE member SET state = ? WHERE id = ?", state, member);
    }

    @Override
    public void setPassword(MemberId member, String encoded) {
        changing.get().update("UPDATE member SET password = ? WHERE id = ?", encoded, member);
    }

    @Override
    public void endTour(MemberId member) {
        reading.get().update("UPDATE member SET tour_over = 1 WHERE id = ?", member);
    }

    @Override
    public void setRole(MemberId member, Optional<CollectionId> collection, Optional<Role> role) {
        if (collection.isPresent()) {
            changing.get()
                    .update("DELETE FROM membership WHERE member = ? AND collection = ?", member, collection.get());
        } else {
            changing.get().update("DELETE FROM membership WHERE member = ? AND collection IS NULL", member);
        }
        if (role.isPresent()) {
            changing.get()
                    .insert("membership")
                    .with("member", member)
                    .with("role", role.get())
                    .with("collection", collection)
                    .run();
        }
    }

    @Override
    public void remove(MemberId member) {
        for (String table : List.of(
                "external_identity", "passkey", "api_token", "session", "sign_in", "invitation", "membership")) {
            changing.get().update("DELETE FROM " + table + " WHERE member = ?", member);
        }
        changing.get().update("DELETE FROM member WHERE id = ?", member);
    }

    @Override
    public void invite(MemberId member, String digest, Instant endsAt) {
        removeInvitation(member);
        changing.get()
                .insert("invitation")
                .with("sha256", digest)
                .with("member", member)
                .with("ends_at", endsAt)
                .run();
    }

    @Override
    public void removeInvitation(MemberId member) {
        changing.get().update("DELETE FROM invitation WHERE member = ?", member);
    }

    @Override
    public void add(Session session, String digest) {
        changing.get()
                .insert("session")
                .with("id", session.id())
                .with("sha256", digest)
                .with("member", session.member())
                .with("device", session.device())
                .with("way", session.way())
                .with("began_at", session.beganAt())
                .with("seen_at", session.seenAt())
                .with("ends_at", session.endsAt())
                .run();
    }

    @Override
    public void seen(SessionId session, Instant at) {
        reading.get().update("UPDATE session SET seen_at = ? WHERE id = ?", at, session);
    }

    @Override
    public void add(SignIn signIn) {
        reading.get()
                .insert("sign_in")
                .with("id", Ids.next())
                .with("member", signIn.member())
                .with("at", signIn.at())
                .with("way", signIn.way())
                .with("device", signIn.device())
                .with("succeeded", signIn.succeeded() ? 1 : 0)
                .run();
        reading.get()
                .update(
                        "DELETE FROM sign_in WHERE member = ? AND (at <= ? OR id NOT IN (SELECT id FROM sign_in"
                                + " WHERE member = ? ORDER BY at DESC, id DESC LIMIT " + SignIn.EACH_MAX + "))",
                        signIn.member(),
                        signIn.at().minus(SignIn.KEPT),
                        signIn.member());
    }

    @Override
    public boolean remove(SessionId session) {
        return changing.get().update("DELETE FROM session WHERE id = ?", session) > 0;
    }

    @Override
    public int removeSessions(MemberId member, Optional<SessionId> but) {
        return but.isPresent()
                ? changing.get().update("DELETE FROM session WHERE member = ? AND id <> ?", member, but.get())
                : changing.get().update("DELETE FROM session WHERE member = ?", member);
    }

    @Override
    public int removeSessionsByProvider(MemberId member) {
        return changing.get()
                .update("DELETE FROM session WHERE member = ? AND way IN ('PROVIDER', 'PROVIDER_FACTORS')", member);
    }

    @Override
    public int removeSessionsOver(Instant now) {
        return reading.get()
                .update("DELETE FROM session WHERE ends_at <= ? OR seen_at <= ?", now, now.minus(Session.IDLE));
    }

    @Override
    public void add(ApiToken token, String digest) {
        changing.get()
                .insert("api_token")
                .with("id", token.id())
                .with("sha256", digest)
                .with("member", token.member())
                .with("name", token.name())
                .with(
                        "rights",
                        token.rights().stream().map(Right::name).sorted().collect(Collectors.joining(",")))
                .with("collection", token.collection())
                .with("made_at", token.madeAt())
                .with("ends_at", token.endsAt())
                .run();
    }

    @Override
    public void used(TokenId token, Instant at) {
        reading.get().update("UPDATE api_token SET used_at = ? WHERE id = ?", at, token);
    }

    @Override
    public boolean remove(TokenId token) {
        return changing.get().update("DELETE FROM api_token WHERE id = ?", token) > 0;
    }

    @Override
    public void add(Passkey passkey) {
        changing.get()
                .insert("passkey")
                .with("credential", passkey.credential())
                .with("member", passkey.member())
                .with("label", passkey.label())
                .with("public_key", passkey.key().publicKey())
                .with("sign_count", passkey.key().signCount())
                .with("verified", passkey.key().verified() ? 1 : 0)
                .with("backup_eligible", passkey.key().backupEligible() ? 1 : 0)
                .with("backed_up", passkey.key().backedUp() ? 1 : 0)
                .with("transports", passkey.key().transports())
                .with("attestation", passkey.key().attestation())
                .with("attestation_client_data", passkey.key().attestationClientData())
                .with("added_at", passkey.addedAt())
                .run();
    }

    @Override
    public void used(Passkey passkey) {
        reading.get()
                .update(
                        "UPDATE passkey SET sign_count = ?, backed_up = ?, used_at = ? WHERE credential = ?",
                        passkey.key().signCount(),
                        passkey.key().backedUp() ? 1 : 0,
                        passkey.usedAt().orElse(passkey.addedAt()),
                        passkey.credential());
    }

    @Override
    public boolean removePasskey(MemberId member, String credential) {
        return changing.get().update("DELETE FROM passkey WHERE member = ? AND credential = ?", member, credential) > 0;
    }

    @Override
    public int removePasskeys(MemberId member) {
        return changing.get().update("DELETE FROM passkey WHERE member = ?", member);
    }

    @Override
    public void unlink(MemberId member, String issuer) {
        changing.get().update("DELETE FROM external_identity WHERE member = ? AND issuer = ?", member, issuer);
    }

    @Override
    public void link(MemberId member, String issuer, String subject) {
        changing.get()
                .insert("external_identity")
                .with("issuer", issuer)
                .with("subject", subject)
                .with("member", member)
                .run();
    }
}
