package org.likeness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.member.Access;
import org.likeness.core.member.Member;
import org.likeness.core.member.Right;
import org.likeness.library.Likeness;
import org.likeness.library.Settings;
import tools.jackson.databind.JsonNode;

/// Members and tokens as somebody meets them who has only the command line.
class MembersJourneyTest {
    private static final String PASSWORD = "{argon2}as the server encoded it";

    @TempDir
    private Path temp;

    private Cli cli;

    @BeforeEach
    void dataDirectory() {
        cli = new Cli(temp.resolve("data"));
    }

    private JsonNode ok(String... args) throws Exception {
        Cli.Ended ended = cli.run(args);
        assertThat(ended.code()).as(ended.err()).isZero();
        return ended.json();
    }

    private void accept(String code) {
        try (Likeness likeness = Likeness.open(Settings.of(temp.resolve("data")))) {
            likeness.members().accept(code, PASSWORD);
        }
    }

    private Optional<Access> access(String token) {
        try (Likeness likeness = Likeness.open(Settings.of(temp.resolve("data")))) {
            return likeness.signIn().byToken(token).map(arrival -> arrival.access());
        }
    }

    @Test
    void members_are_invited_given_roles_shut_out_and_removed() throws Exception {
        cli.run("collection", "create", "party", "--profile", "event");
        Cli.Ended first = cli.run("member", "add", "ben", "--role", "viewer", "--collection", "party");
        assertThat(first.code()).isEqualTo(ExitCode.CONFLICT.number());
        assertThat(first.err()).contains("must be an owner");
        JsonNode anna = ok("member", "add", "anna", "--role", "owner", "--json");
        String code = anna.get("code").asString();
        assertThat(anna.get("path").asString()).isEqualTo("/invitation/" + code);
        accept(code);
        Cli.Ended ben = cli.run("member", "add", "ben", "--role", "viewer", "--collection", "party");
        assertThat(ben.out()).containsPattern("/invitation/lki_\\S+");

        assertThat(cli.run("member", "list").out())
                .contains("anna  active  owner")
                .contains("ben  invited  viewer in party");
        assertThat(ok("member", "role", "ben", "curator", "--collection", "party", "--json")
                        .at("/roles/0/role")
                        .asString())
                .isEqualTo("curator");
        assertThat(ok("member", "role", "ben", "--none", "--collection", "party", "--json")
                        .get("roles"))
                .isEmpty();
        assertThat(ok("member", "remove-passkeys", "ben", "--json")
                        .get("removed")
                        .asInt())
                .isZero();
        assertThat(ok("member", "disable", "ben", "--json").get("state").asString())
                .isEqualTo("disabled");
        assertThat(ok("member", "enable", "ben", "--json").get("state").asString())
                .isEqualTo("invited");
        ok("member", "remove", "ben", "--json");
        assertThat(ok("member", "list", "--json").get("members")).hasSize(1);

        Cli.Ended last = cli.run("member", "remove", "anna");
        assertThat(last.code()).isEqualTo(ExitCode.CONFLICT.number());
        assertThat(last.err()).contains("last owner");
        assertThat(cli.run("audit", "show", "--json").out())
                .contains("MEMBER_REMOVED")
                .doesNotContain("anna", "ben\"", code);
    }

    @Test
    void a_new_invitation_ends_the_one_before() throws Exception {
        String lost = ok("member", "add", "anna", "--role", "owner", "--json")
                .get("code")
                .asString();
        String code = ok("member", "invite", "anna", "--json").get("code").asString();
        try (Likeness likeness = Likeness.open(Settings.of(temp.resolve("data")))) {
            assertThat(likeness.members().invited(lost)).isEmpty();
            assertThat(likeness.members().invited(code)).map(Member::name).contains("anna");
        }
    }

    @Test
    void a_role_that_is_none_and_a_place_it_does_not_fit_are_refused() throws Exception {
        cli.run("collection", "create", "party", "--profile", "event");
        Cli.Ended unknown = cli.run("member", "add", "anna", "--role", "king");
        assertThat(unknown.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(unknown.err()).contains("privacy-officer");
        assertThat(cli.run("member", "add", "anna", "--role", "owner", "--collection", "party")
                        .code())
                .isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(cli.run("member", "add", "anna", "--role", "curator").code()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(cli.run("member", "role", "anna").code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(ok("member", "list", "--json").get("members")).isEmpty();
    }

    @Test
    void a_token_does_what_was_said_until_it_is_ended() throws Exception {
        accept(ok("member", "add", "anna", "--role", "owner", "--json")
                .get("code")
                .asString());
        String until =
                java.time.LocalDate.now(java.time.ZoneOffset.UTC).plusDays(30).toString();
        JsonNode made = ok(
                "token",
                "make",
                "anna",
                "--name",
                "nightly check",
                "--right",
                "see-photos,see-health",
                "--until",
                until,
                "--json");
        String secret = made.get("secret").asString();
        assertThat(secret).startsWith("lkt_");
        Optional<CollectionId> anywhere = Optional.empty();
        assertThat(access(secret))
                .hasValueSatisfying(access -> assertThat(Set.of(Right.values()))
                        .filteredOn(right -> access.may(right, anywhere))
                        .containsExactlyInAnyOrder(Right.SEE_PHOTOS, Right.SEE_HEALTH));
        assertThat(cli.run("token", "list", "anna").out())
                .contains("nightly check")
                .doesNotContain(secret);
        ok("token", "end", "anna", made.get("token").asString(), "--json");
        assertThat(access(secret)).isEmpty();
        assertThat(cli.run("token", "end", "anna", made.get("token").asString()).code())
                .isEqualTo(ExitCode.NOT_FOUND.number());
        assertThat(cli.run("audit", "show", "--json").out())
                .contains("TOKEN_MADE", "TOKEN_ENDED")
                .doesNotContain("nightly", secret);
    }
}
