package org.likeness.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.likeness.core.LikenessException;
import org.likeness.core.LikenessException.Kind;
import org.likeness.core.audit.Actor;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.Profile;
import org.likeness.core.member.Access;
import org.likeness.core.member.Member;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Membership;
import org.likeness.core.member.Passkey;
import org.likeness.core.member.Right;
import org.likeness.core.member.Role;
import org.likeness.core.member.SecondFactor;
import org.likeness.core.member.Session;
import org.likeness.core.member.Way;
import org.likeness.core.rights.MemberDesk;
import org.likeness.core.rights.SignInDesk;

/// What the records do for members and how they prove who they are.
abstract class MembersContract extends ImportsContract {
    private static final String PASSWORD = "{argon2}as the server encoded it";
    static final List<Membership> OWNER = List.of(new Membership(Role.OWNER, Optional.empty()));
    private static final Set<Right> SEE = Set.of(Right.SEE_PHOTOS);

    private static Clock after(Duration since) {
        return Clock.fixed(Samples.NOW.plus(since), ZoneOffset.UTC);
    }

    private MemberDesk desk(Duration since) {
        return new MemberDesk(records, after(since), Actor.OWNER);
    }

    MemberDesk desk() {
        return desk(Duration.ZERO);
    }

    SignInDesk signIn(Duration since) {
        return signIn(since, SecondFactor.OPTIONAL);
    }

    SignInDesk signIn(Duration since, SecondFactor secondFactor) {
        return new SignInDesk(records, after(since), Actor.OWNER, secondFactor);
    }

    SignInDesk signIn() {
        return signIn(Duration.ZERO);
    }

    CollectionId collection(String name) {
        return samples.home(records, name, Profile.EVENT).id();
    }

    static List<Membership> in(CollectionId collection, Role role) {
        return List.of(new Membership(role, Optional.of(collection)));
    }

    MemberId active(String name, List<Membership> memberships) {
        return desk().accept(desk().invite(name, memberships).code().text(), PASSWORD);
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        List<T> done = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(calls.size())) {
            for (var each : threads.invokeAll(calls)) {
                done.add(each.get());
            }
        }
        return done;
    }

    /// Whether it went well; false when it was refused for a conflict.
    private static Callable<Boolean> wins(Runnable call) {
        return () -> {
            try {
                call.run();
                return true;
            } catch (LikenessException failure) {
                assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
                return false;
            }
        };
    }

    @Test
    void the_first_steps_are_put_away_by_a_member_for_themselves() {
        MemberId ada = active("Ada", OWNER);
        MemberId ben = active("Ben", OWNER);
        assertThat(desk().tour(ada)).isEqualTo(new MemberDesk.Tour(false, false));
        desk().endTour(ada);
        assertThat(desk().tour(ada).over()).isTrue();
        assertThat(desk().tour(ben).over()).isFalse();
    }

    @Test
    void of_many_who_become_the_first_owner_at_once_one_does() throws Exception {
        assertThat(desk().isEmpty()).isTrue();
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String name = "owner " + i;
            calls.add(wins(() -> desk().firstOwner(name, PASSWORD)));
        }
        assertThat(atOnce(calls)).containsOnlyOnce(true);
        assertThat(desk().members()).singleElement().matches(Member::isOwner);
    }

    @Test
    void of_two_owners_who_remove_each_other_at_once_one_stays() throws Exception {
        MemberId anna = desk().firstOwner("anna", PASSWORD);
        MemberId ben = active("ben", OWNER);
        assertThat(atOnce(List.of(wins(() -> desk().remove(anna)), wins(() -> desk().setDisabled(ben, true)))))
                .containsOnlyOnce(true);
        assertThat(desk().members())
                .filteredOn(member -> member.isOwner() && member.state() == Member.State.ACTIVE)
                .hasSize(1);
    }

    @Test
    void the_last_owner_stays_one() {
        MemberId anna = desk().firstOwner("anna", PASSWORD);
        MemberId ben = desk().invite("ben", OWNER).member(); // has not accepted, so cannot sign in
        fails(Kind.CONFLICT, () -> desk().remove(anna));
        fails(Kind.CONFLICT, () -> desk().setDisabled(anna, true));
        fails(Kind.CONFLICT, () -> desk().setRole(anna, Optional.empty(), Optional.empty()));
        fails(Kind.CONFLICT, () -> desk().setRole(anna, Optional.empty(), Optional.of(Role.PRIVACY_OFFICER)));
        assertThat(desk().member(anna)).matches(Member::isOwner).matches(each -> each.state() == Member.State.ACTIVE);
        desk().remove(ben);
        assertThat(desk().members()).hasSize(1);
    }

    @Test
    void the_first_member_is_an_owner_also_by_invitation() {
        CollectionId ours = collection("ours");
        fails(Kind.CONFLICT, () -> desk().invite("ben", in(ours, Role.VIEWER)));
        MemberDesk.Invited anna = desk().invite("anna", OWNER);
        fails(Kind.CONFLICT, () -> desk().remove(anna.member()));
        desk().setRole(anna.member(), Optional.of(ours), Optional.of(Role.CURATOR)); // takes nothing away
        fails(Kind.CONFLICT, () -> desk().firstOwner("mallory", PASSWORD));
        assertThat(desk().accept(anna.code().text(), PASSWORD)).isEqualTo(anna.member());
    }

    @Test
    void an_invitation_works_once_and_for_seven_days() {
        MemberDesk.Invited anna = desk().invite("anna", OWNER);
        String code = anna.code().text();
        assertThat(desk(MemberDesk.INVITATION.minusMillis(1)).invited(code)).isPresent();
        assertThat(desk(MemberDesk.INVITATION).invited(code)).isEmpty();
        fails(Kind.REFUSED, () -> desk(MemberDesk.INVITATION).accept(code, PASSWORD));
        assertThat(desk().credentials("anna")).isEmpty();
        desk().accept(code, PASSWORD);
        assertThat(desk().credentials("ANNA"))
                .hasValueSatisfying(found -> assertThat(found.password()).isEqualTo(PASSWORD));
        fails(Kind.REFUSED, () -> desk().accept(code, PASSWORD));
        String second = desk().inviteAgain(anna.member()).code().text();
        String third = desk().inviteAgain(anna.member()).code().text();
        fails(Kind.REFUSED, () -> desk().accept(second, PASSWORD));
        desk().accept(third, PASSWORD);
    }

    @Test
    void who_was_invited_and_never_came_leaves_the_list_and_nobody_else() {
        desk().firstOwner("anna", PASSWORD);
        CollectionId ours = collection("ours");
        MemberId ben = desk().invite("ben", in(ours, Role.VIEWER)).member();
        MemberId cleo = desk().invite("cleo", in(ours, Role.VIEWER)).member();
        desk().invite("dora", OWNER);
        active("emil", in(ours, Role.VIEWER));
        desk(MemberDesk.INVITED_KEPT).inviteAgain(cleo);
        assertThat(desk(MemberDesk.INVITED_KEPT).sweep()).isZero();
        assertThat(desk(MemberDesk.INVITED_KEPT.plusMillis(1)).sweep()).isOne();
        fails(Kind.NOT_FOUND, () -> desk().member(ben));
        assertThat(desk().members()).extracting(Member::name).containsExactly("anna", "cleo", "dora", "emil");
    }

    @Test
    void a_role_in_a_collection_that_is_not_there_is_refused_by_name() {
        MemberId anna = desk().firstOwner("anna", PASSWORD);
        CollectionId nowhere = CollectionId.next();
        fails(Kind.NOT_FOUND, () -> desk().setRole(anna, Optional.of(nowhere), Optional.of(Role.VIEWER)));
        fails(Kind.NOT_FOUND, () -> desk().invite("ben", in(nowhere, Role.VIEWER)));
        assertThat(desk().members()).hasSize(1);
    }

    @Test
    void who_was_shut_out_before_accepting_cannot_accept() {
        desk().firstOwner("anna", PASSWORD);
        MemberDesk.Invited ben = desk().invite("ben", OWNER);
        desk().setDisabled(ben.member(), true);
        fails(Kind.REFUSED, () -> desk().accept(ben.code().text(), PASSWORD));
        fails(Kind.CONFLICT, () -> desk().inviteAgain(ben.member()));
        desk().setDisabled(ben.member(), false);
        assertThat(desk().member("ben").state()).isEqualTo(Member.State.INVITED);
        desk().accept(ben.code().text(), PASSWORD);
    }

    @Test
    void a_name_is_one_member_whatever_its_case() {
        desk().firstOwner("Anna", PASSWORD);
        fails(Kind.CONFLICT, () -> desk().invite("ANNA", OWNER));
        assertThat(desk().member("aNNa").name()).isEqualTo("Anna");
        fails(Kind.NOT_FOUND, () -> desk().member("ben"));
    }

    @Test
    void a_role_replaces_the_one_in_the_same_place_only() {
        CollectionId ours = collection("ours");
        CollectionId theirs = collection("theirs");
        desk().firstOwner("anna", PASSWORD);
        MemberId ben = active("ben", in(ours, Role.VIEWER));
        desk().setRole(ben, Optional.of(theirs), Optional.of(Role.CONTRIBUTOR));
        desk().setRole(ben, Optional.of(ours), Optional.of(Role.CURATOR));
        desk().setRole(ben, Optional.empty(), Optional.of(Role.PRIVACY_OFFICER));
        assertThat(desk().member(ben).memberships())
                .containsExactlyInAnyOrder(
                        new Membership(Role.CURATOR, Optional.of(ours)),
                        new Membership(Role.CONTRIBUTOR, Optional.of(theirs)),
                        new Membership(Role.PRIVACY_OFFICER, Optional.empty()));
        desk().setRole(ben, Optional.of(ours), Optional.empty());
        assertThat(desk().member(ben).memberships()).hasSize(2);
        fails(Kind.BAD_INPUT, () -> desk().setRole(ben, Optional.of(ours), Optional.of(Role.OWNER)));
    }

    @Test
    void a_session_ends_idle_and_lasts_while_it_is_used_but_not_for_ever() {
        MemberId anna = desk().firstOwner("anna", PASSWORD);
        SignInDesk.Begun begun = signIn().begin(anna, Way.PASSWORD, "x".repeat(300));
        String secret = begun.secret().text();
        assertThat(begun.session().device()).hasSize(Session.DEVICE_MAX);
        assertThat(signIn(Session.IDLE).bySession(secret)).isEmpty();
        Duration at = Duration.ZERO;
        Duration step = Session.IDLE.minusSeconds(1);
        for (; at.compareTo(Session.LONGEST) < 0; at = at.plus(step)) {
            assertThat(signIn(at).bySession(secret)).as(at.toString()).isPresent();
        }
        assertThat(signIn(Session.LONGEST.minusMillis(1)).bySession(secret)).isPresent();
        assertThat(signIn(Session.LONGEST).bySession(secret)).isEmpty();
        assertThat(signIn(Session.LONGEST).sessions(anna)).isEmpty();
        assertThat(signIn().bySession("lks_" + "A".repeat(51))).isEmpty();
    }

    @Test
    void that_a_session_or_token_is_used_is_written_once_a_minute_and_not_in_the_log() {
        MemberId anna = desk().firstOwner("anna", PASSWORD);
        SignInDesk.Begun begun = signIn().begin(anna, Way.PASSWORD, "browser");
        SignInDesk.Made made = signIn().makeToken(anna, "t", SEE, Optional.empty(), in(Duration.ofDays(9)));
        long log = records.read(tx -> tx.auditSize());
        Duration minute = Duration.ofSeconds(60);
        signIn(minute).bySession(begun.secret().text());
        assertThat(signIn().sessions(anna).getFirst().seenAt()).isEqualTo(in(Duration.ZERO));
        signIn(minute.plusSeconds(1)).bySession(begun.secret().text());
        assertThat(signIn().sessions(anna).getFirst().seenAt()).isEqualTo(in(minute.plusSeconds(1)));
        signIn().byToken(made.secret().text());
        signIn(minute).byToken(made.secret().text());
        assertThat(signIn().tokens(anna).getFirst().usedAt()).contains(in(Duration.ZERO));
        assertThat(records.<Long>read(tx -> tx.auditSize())).isEqualTo(log);
    }

    private static Instant in(Duration since) {
        return Samples.NOW.plus(since);
    }

    @Test
    void a_member_who_is_shut_out_is_out_with_everything_and_back_with_tokens_only() {
        desk().firstOwner("anna", PASSWORD);
        MemberId ben = active("ben", OWNER);
        String session = signIn().begin(ben, Way.PASSWORD, "browser").secret().text();
        String token = signIn().makeToken(ben, "t", SEE, Optional.empty(), in(Duration.ofDays(9)))
                .secret()
                .text();
        assertThat(signIn().bySession(session)).isPresent();
        assertThat(signIn().byToken(token)).isPresent();
        desk().setDisabled(ben, true);
        assertThat(signIn().bySession(session)).isEmpty();
        assertThat(signIn().byToken(token)).isEmpty();
        assertThat(desk().credentials("ben")).isEmpty();
        fails(Kind.REFUSED, () -> signIn().begin(ben, Way.PASSWORD, "browser"));
        fails(Kind.REFUSED, () -> signIn().makeToken(ben, "u", SEE, Optional.empty(), in(Duration.ofDays(9))));
        desk().setDisabled(ben, false);
        assertThat(signIn().bySession(session)).isEmpty();
        assertThat(signIn().byToken(token)).isPresent();
    }

    @Test
    void a_new_password_ends_all_sessions_but_the_one_it_was_set_in() {
        MemberId anna = desk().firstOwner("anna", PASSWORD);
        SignInDesk.Begun here = signIn().begin(anna, Way.PASSWORD, "here");
        String there = signIn().begin(anna, Way.PASSWORD, "there").secret().text();
        String code = desk().inviteAgain(anna).code().text();
        SignInDesk.Begun again = signIn().begin(anna, Way.PASSWORD, "again"); // the invitation ended those before
        assertThat(signIn().bySession(there)).isEmpty();
        String other = signIn().begin(anna, Way.PASSWORD, "other").secret().text();
        desk().setPassword(anna, PASSWORD + "2", Optional.of(again.session().id()));
        assertThat(signIn().bySession(here.secret().text())).isEmpty();
        assertThat(signIn().bySession(other)).isEmpty();
        assertThat(signIn().bySession(again.secret().text())).isPresent();
        assertThat(desk().invited(code)).isEmpty();
    }

    @Test
    void a_token_never_has_more_than_its_member_and_loses_what_they_lose() {
        CollectionId ours = collection("ours");
        CollectionId theirs = collection("theirs");
        desk().firstOwner("anna", PASSWORD);
        MemberId ben = active("ben", in(ours, Role.CURATOR));
        Instant end = in(Duration.ofDays(9));
        fails(Kind.REFUSED, () -> signIn().makeToken(ben, "t", Set.of(Right.MANAGE_MEMBERS), Optional.empty(), end));
        fails(Kind.REFUSED, () -> signIn().makeToken(ben, "t", SEE, Optional.of(theirs), end));
        SignInDesk.Made made =
                signIn().makeToken(ben, "t", Set.of(Right.SEARCH, Right.SEE_PHOTOS), Optional.of(ours), end);
        String secret = made.secret().text();
        assertThat(arrival(secret).may(Right.SEARCH, Optional.of(ours))).isTrue();
        assertThat(arrival(secret).may(Right.ADD_PHOTOS, Optional.of(ours))).isFalse();
        desk().setRole(ben, Optional.of(ours), Optional.of(Role.VIEWER));
        assertThat(arrival(secret).may(Right.SEARCH, Optional.of(ours))).isFalse();
        assertThat(arrival(secret).may(Right.SEE_PHOTOS, Optional.of(ours))).isTrue();
        desk().setRole(ben, Optional.of(theirs), Optional.of(Role.CURATOR));
        assertThat(arrival(secret).may(Right.SEE_PHOTOS, Optional.of(theirs))).isFalse();
        assertThat(signIn(Duration.ofDays(9)).byToken(secret)).isEmpty();
        signIn().endToken(ben, made.token().id());
        assertThat(signIn().byToken(secret)).isEmpty();
    }

    private Access arrival(String secret) {
        return signIn().byToken(secret).orElseThrow().access();
    }

    @Test
    void nobody_ends_the_sessions_or_tokens_of_somebody_else() {
        MemberId anna = desk().firstOwner("anna", PASSWORD);
        MemberId ben = active("ben", OWNER);
        SignInDesk.Begun session = signIn().begin(anna, Way.PASSWORD, "browser");
        SignInDesk.Made token = signIn().makeToken(anna, "t", SEE, Optional.empty(), in(Duration.ofDays(9)));
        fails(Kind.NOT_FOUND, () -> signIn().end(ben, session.session().id()));
        fails(Kind.NOT_FOUND, () -> signIn().endToken(ben, token.token().id()));
        assertThat(signIn().bySession(session.secret().text())).isPresent();
        assertThat(signIn().byToken(token.secret().text())).isPresent();
    }

    @Test
    void a_member_who_was_removed_leaves_an_id_in_the_log_and_nothing_else() throws Exception {
        desk().firstOwner("anna", PASSWORD);
        MemberId ben = active("ben@example.org", in(collection("ours"), Role.CURATOR));
        signIn().begin(ben, Way.PASSWORD, "Firefox on Linux");
        signIn().makeToken(ben, "ben's script", SEE, Optional.empty(), in(Duration.ofDays(9)));
        Passkey.Credential key = new Passkey.Credential("a2V5", 7, true, true, false, "internal", "YXR0", "Y2xp");
        Passkey passkey = new Passkey(ben, "Y3JlZA", "Ben's phone", key, Samples.NOW, Optional.empty());
        signIn().add(passkey, false);
        assertThat(signIn().passkey("Y3JlZA")).contains(passkey);
        desk().link(ben, "https://id.example.org", Optional.of("subject-7"));
        desk().inviteAgain(ben);
        assertThat(desk().external("https://id.example.org", "subject-7").map(Member::id))
                .contains(ben);
        List<String> tables =
                List.of("membership", "invitation", "session", "sign_in", "api_token", "passkey", "external_identity");
        desk().remove(ben);
        for (String table : tables) {
            assertThat(rows("SELECT COUNT(*) FROM " + table + " WHERE member = '" + ben + "'"))
                    .as(table)
                    .isZero();
        }
        assertThat(rows("SELECT COUNT(*) FROM member")).isEqualTo(1);
        assertThat(rows("SELECT COUNT(*) FROM audit_entry WHERE entry LIKE '%" + ben + "%'"))
                .isPositive();
        assertThat(rows("SELECT COUNT(*) FROM audit_entry WHERE entry LIKE '%example.org%'"
                        + " OR entry LIKE '%Firefox%' OR entry LIKE '%script%' OR entry LIKE '%phone%'"))
                .isZero();
    }

    @Test
    void a_passkey_is_known_once_and_a_copy_of_it_opens_nothing() throws Exception {
        MemberId anna = active("anna", OWNER);
        Passkey.Credential key = new Passkey.Credential("a2V5", 7, true, true, false, "internal", "YXR0", "Y2xp");
        Passkey passkey = new Passkey(anna, "Y3JlZA", "phone", key, Samples.NOW, Optional.empty());
        signIn().add(passkey, false);
        fails(Kind.CONFLICT, () -> signIn().add(passkey, false));
        assertThat(signIn().usePasskey("Y3JlZA", 8, true)).contains(anna);
        assertThat(signIn().passkey("Y3JlZA")).contains(passkey.used(Samples.NOW, 8, true));
        assertThat(signIn().usePasskey("Y3JlZA", 8, true)).isEmpty();
        assertThat(signIn().usePasskey("Y3JlZA", 0, true)).isEmpty();
        assertThat(signIn().usePasskey("bm9uZQ", 9, true)).isEmpty();
        assertThat(rows("SELECT COUNT(*) FROM audit_entry WHERE entry LIKE '%PASSKEY_REFUSED%'"))
                .isEqualTo(2);
        for (int i = 1; i < Passkey.EACH_MAX; i++) {
            signIn().add(new Passkey(anna, "bW9yZQ" + i, "key " + i, key, Samples.NOW, Optional.empty()), false);
        }
        fails(
                Kind.REFUSED,
                () -> signIn().add(
                                new Passkey(anna, "bGFzdA", "one too many", key, Samples.NOW, Optional.empty()),
                                false));
        fails(Kind.BAD_INPUT, () -> new Passkey(anna, "bGFzdA", " ", key, Samples.NOW, Optional.empty()));
        SignInDesk.Begun here = signIn().begin(anna, Way.PASSKEY, "here");
        signIn().begin(anna, Way.PASSKEY, "lost");
        SignInDesk.Begun typed = signIn().begin(anna, Way.PASSWORD, "elsewhere");
        signIn().removePasskey(anna, "Y3JlZA", Optional.of(here.session().id()));
        assertThat(signIn().usePasskey("Y3JlZA", 10, true)).isEmpty();
        assertThat(signIn().sessions(anna).stream().map(Session::id))
                .as("what began by the lost device is over")
                .containsExactlyInAnyOrder(here.session().id(), typed.session().id());
    }

    @Test
    void a_password_chosen_by_a_link_ends_the_tokens_that_were_made_before() {
        MemberId anna = active("anna", OWNER);
        signIn().makeToken(anna, "script", SEE, Optional.empty(), Samples.NOW.plus(Duration.ofDays(1)));
        MemberDesk.Invited again = desk().inviteAgain(anna);
        assertThat(signIn().tokens(anna)).hasSize(1);
        desk().accept(again.code().text(), PASSWORD);
        assertThat(signIn().tokens(anna)).isEmpty();
    }

    @Test
    void no_secret_is_stored_as_it_is_told() throws Exception {
        MemberDesk.Invited anna = desk().invite("anna", OWNER);
        assertThat(rows("SELECT COUNT(*) FROM invitation WHERE sha256 = '"
                        + anna.code().digest() + "'"))
                .isEqualTo(1);
        desk().accept(anna.code().text(), PASSWORD);
        String session =
                signIn().begin(anna.member(), Way.PASSWORD, "browser").secret().text();
        assertThat(rows("SELECT COUNT(*) FROM session WHERE sha256 = '" + session + "'"))
                .isZero();
        assertThat(rows("SELECT COUNT(*) FROM session")).isEqualTo(1);
    }

    @Test
    void each_change_of_a_member_is_one_entry_of_the_log() {
        CollectionId ours = collection("ours");
        MemberId anna = desk().firstOwner("anna", PASSWORD);
        MemberId ben = desk().invite("ben", in(ours, Role.VIEWER)).member();
        List<Runnable> changes = List.of(
                () -> desk().setRole(ben, Optional.of(ours), Optional.of(Role.CURATOR)),
                () -> desk().inviteAgain(ben),
                () -> desk().setPassword(anna, PASSWORD, Optional.empty()),
                () -> desk().setDisabled(ben, true),
                () -> desk().setDisabled(ben, false),
                () -> signIn().begin(anna, Way.PASSWORD, "browser"),
                () -> signIn().makeToken(anna, "t", SEE, Optional.empty(), in(Duration.ofDays(1))),
                () -> desk().remove(ben));
        for (Runnable change : changes) {
            long before = records.read(tx -> tx.auditSize());
            change.run();
            assertThat(records.<Long>read(tx -> tx.auditSize())).isEqualTo(before + 1);
        }
    }

    private long rows(String question) throws Exception {
        try (var connection = raw();
                var statement = connection.createStatement();
                var answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getLong(1);
        }
    }
}
