package org.likeness.core.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;

/// Who may do what where.
class MemberAccessTest {
    private static final MemberId ANNA = MemberId.next();
    private static final List<CollectionId> COLLECTIONS =
            Stream.generate(CollectionId::next).limit(4).toList();
    private static final List<Role> ROLES = List.of(Role.values());
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

    static LongStream seeds() {
        Long only = Long.getLong("seed");
        return only == null ? new SplittableRandom(20261126).longs(100) : LongStream.of(only);
    }

    private static Access access(Optional<Access.Limit> limit, Membership... memberships) {
        return new Access(ANNA, List.of(memberships), limit);
    }

    private static Membership in(CollectionId collection, Role role) {
        return new Membership(role, Optional.of(collection));
    }

    private static List<Optional<CollectionId>> everywhere() {
        List<Optional<CollectionId>> all = new ArrayList<>(List.of(Optional.empty()));
        COLLECTIONS.forEach(each -> all.add(Optional.of(each)));
        return all;
    }

    /// At most one role in each collection, and perhaps one in the installation.
    private static List<Membership> some(SplittableRandom random) {
        List<Membership> all = new ArrayList<>();
        for (Optional<CollectionId> where : everywhere()) {
            Role role = ROLES.get(random.nextInt(ROLES.size()));
            if (random.nextInt(2) == 0 && (where.isPresent() ? role.isForCollection() : role.isForInstallation())) {
                all.add(new Membership(role, where));
            }
        }
        return all;
    }

    private static Access.Limit limit(SplittableRandom random) {
        Set<Right> rights = EnumSet.noneOf(Right.class);
        for (Right right : Right.values()) {
            if (random.nextInt(2) == 0) {
                rights.add(right);
            }
        }
        return new Access.Limit(
                rights, everywhere().get(random.nextInt(everywhere().size())));
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void a_right_comes_from_a_role_there_or_in_the_installation_and_from_nothing_else(long seed) {
        List<Membership> memberships = some(new SplittableRandom(seed));
        Access access = new Access(ANNA, memberships, Optional.empty());
        for (Right right : Right.values()) {
            for (Optional<CollectionId> where : everywhere()) {
                boolean given = memberships.stream()
                        .filter(each ->
                                each.collection().isEmpty() || each.collection().equals(where))
                        .anyMatch(each -> each.role().rights().contains(right));
                assertThat(access.may(right, where)).as(right + " " + where).isEqualTo(given);
            }
        }
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void a_token_leaves_exactly_what_both_it_and_its_member_may(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Membership> memberships = some(random);
        Access.Limit limit = limit(random);
        Access member = new Access(ANNA, memberships, Optional.empty());
        Access token = new Access(ANNA, memberships, Optional.of(limit));
        for (Right right : Right.values()) {
            for (Optional<CollectionId> where : everywhere()) {
                boolean left = limit.rights().contains(right)
                        && (limit.collection().isEmpty() || limit.collection().equals(where));
                assertThat(token.may(right, where)).isEqualTo(left && member.may(right, where));
            }
        }
    }

    @ParameterizedTest(name = "seed={0}")
    @MethodSource("seeds")
    void somewhere_is_where_it_is_for_one_place_at_least(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Membership> memberships = some(random);
        for (Optional<Access.Limit> limit : List.of(Optional.<Access.Limit>empty(), Optional.of(limit(random)))) {
            Access access = new Access(ANNA, memberships, limit);
            for (Right right : Right.values()) {
                assertThat(access.maySomewhere(right))
                        .as(right + " " + memberships + " " + limit)
                        .isEqualTo(everywhere().stream().anyMatch(where -> access.may(right, where)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Right.class)
    void who_is_nothing_anywhere_may_nothing(Right right) {
        assertThat(everywhere()).noneMatch(where -> access(Optional.empty()).may(right, where));
    }

    @ParameterizedTest
    @EnumSource(Right.class)
    void an_owner_may_everything(Right right) {
        Access owner = access(Optional.empty(), new Membership(Role.OWNER, Optional.empty()));
        assertThat(everywhere()).allMatch(where -> owner.may(right, where));
    }

    @Test
    void who_checks_the_searches_makes_none_and_who_makes_them_does_not_check() {
        assertThat(Role.PRIVACY_OFFICER.rights())
                .contains(Right.SEE_AUDIT, Right.HANDLE_DEMANDS)
                .doesNotContain(Right.SEARCH, Right.DECIDE, Right.ADD_PHOTOS);
        assertThat(Role.CURATOR.rights())
                .contains(Right.SEARCH)
                .doesNotContain(Right.SEE_AUDIT, Right.HANDLE_DEMANDS, Right.MANAGE_COLLECTION);
    }

    @Test
    void only_who_keeps_a_collection_searches_it() {
        CollectionId first = COLLECTIONS.getFirst();
        for (Role role : List.of(Role.CONTRIBUTOR, Role.VIEWER, Role.PRIVACY_OFFICER)) {
            assertThat(access(Optional.empty(), in(first, role)).maySomewhere(Right.SEARCH))
                    .as(role.name())
                    .isFalse();
        }
        Access curator = access(Optional.empty(), in(first, Role.CURATOR));
        assertThat(curator.may(Right.SEARCH, Optional.of(first))).isTrue();
        assertThat(curator.may(Right.SEARCH, Optional.of(COLLECTIONS.getLast())))
                .isFalse();
        assertThat(curator.may(Right.SEARCH, Optional.empty())).isFalse();
    }

    @Test
    void members_and_the_installation_are_managed_by_owners_only() {
        for (Role role : Role.values()) {
            assertThat(role.rights().contains(Right.MANAGE_MEMBERS))
                    .as(role.name())
                    .isEqualTo(role == Role.OWNER);
            assertThat(role.rights().contains(Right.MANAGE_INSTALLATION))
                    .as(role.name())
                    .isEqualTo(role == Role.OWNER);
        }
    }

    @Test
    void an_owner_of_one_collection_and_a_viewer_of_all_cannot_be() {
        assertThatThrownBy(() -> in(COLLECTIONS.getFirst(), Role.OWNER)).isInstanceOf(LikenessException.class);
        for (Role role : List.of(Role.CURATOR, Role.CONTRIBUTOR, Role.VIEWER)) {
            assertThatThrownBy(() -> new Membership(role, Optional.empty())).isInstanceOf(LikenessException.class);
        }
    }

    @Test
    void a_session_ends_when_it_was_idle_and_at_its_end_whatever_happens() {
        Instant end = NOW.plus(Session.LONGEST);
        Session fresh = new Session(SessionId.next(), ANNA, "Firefox on Linux", Way.PASSWORD, NOW, NOW, end);
        assertThat(fresh.isOver(NOW.plus(Session.IDLE).minusMillis(1))).isFalse();
        assertThat(fresh.isOver(NOW.plus(Session.IDLE))).isTrue();
        Session used =
                new Session(SessionId.next(), ANNA, "Firefox on Linux", Way.PASSWORD, NOW, end.minusSeconds(1), end);
        assertThat(used.isOver(end.minusMillis(1))).isFalse();
        assertThat(used.isOver(end)).isTrue();
    }

    @Test
    void a_token_needs_a_name_a_right_and_an_end_within_a_year() {
        Duration year = ApiToken.LONGEST;
        assertThat(token("backup", Set.of(Right.SEE_PHOTOS), NOW.plus(year))).isNotNull();
        assertThatThrownBy(() ->
                        token("backup", Set.of(Right.SEE_PHOTOS), NOW.plus(year).plusMillis(1)))
                .isInstanceOf(LikenessException.class);
        assertThatThrownBy(() -> token("backup", Set.of(Right.SEE_PHOTOS), NOW)).isInstanceOf(LikenessException.class);
        assertThatThrownBy(() -> token("backup", Set.of(), NOW.plus(year))).isInstanceOf(LikenessException.class);
        assertThatThrownBy(() -> token(" ", Set.of(Right.SEE_PHOTOS), NOW.plus(year)))
                .isInstanceOf(LikenessException.class);
    }

    private static ApiToken token(String name, Set<Right> rights, Instant endsAt) {
        return new ApiToken(TokenId.next(), ANNA, name, rights, Optional.empty(), NOW, endsAt, Optional.empty());
    }

    @Test
    void a_secret_says_what_it_is_for_and_shows_itself_nowhere_else() {
        Secret secret = Secret.next(Secret.TOKEN);
        assertThat(secret.text()).matches("lkt_[A-Za-z0-9_-]{43}[0-9a-f]{8}");
        assertThat(secret.digest()).isEqualTo(Secret.digest(secret.text())).hasSize(64);
        assertThat(secret).hasToString("Secret");
        assertThat(Secret.next(Secret.TOKEN).text()).isNotEqualTo(secret.text());
    }

    @Test
    void a_name_is_personal_and_not_shown_by_accident() {
        Member member = new Member(ANNA, "anna@example.org", Member.State.ACTIVE, NOW, List.of());
        assertThat(member.toString()).doesNotContain("anna");
        assertThat(Member.checkedName("  anna@example.org ")).isEqualTo("anna@example.org");
        for (String wrong : List.of("", "a", "a\nb", "<b>bold</b>", " ", "x".repeat(101), "a\u202eb")) {
            assertThatThrownBy(() -> Member.checkedName(wrong)).isInstanceOf(LikenessException.class);
        }
    }
}
