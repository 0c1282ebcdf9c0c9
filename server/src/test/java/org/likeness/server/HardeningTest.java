package org.likeness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.HttpCookie;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every answer keeps to, whatever was asked; see `docs/reference/asvs.md`.
class HardeningTest {
    @TempDir
    Path data;

    /// One answer of each kind: a page, a form, the API, what is not there, malformed, not allowed.
    private static List<HttpResponse<String>> answers(Site site) {
        Site.Visitor owner = site.owner();
        Site.Visitor stranger = site.visitor();
        List<HttpResponse<String>> all = new ArrayList<>();
        for (String path : List.of("/", "/account", "/api/v1/collections", "/no-such-page", "/api/v1/no-such-thing")) {
            all.add(owner.get(path));
            all.add(stranger.sendWithoutFollowing(stranger.request(path)));
        }
        all.add(owner.get("/c/no-id-at-all/photos"));
        all.add(owner.get("/api/v1/collections/no-id-at-all/photos"));
        all.add(owner.get("/photos;session=1"));
        all.add(owner.send("POST", "/api/v1/collections", "{\"name\":"));
        all.add(owner.send("DELETE", "/sign-in", ""));
        all.add(owner.send("NONSENSE", "/", ""));
        all.add(stranger.send(form(stranger.request("/sign-in"), "name=a&password=b")));
        return all;
    }

    private static HttpRequest.Builder form(HttpRequest.Builder request, String fields) {
        return request.header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(fields));
    }

    @Test
    void every_answer_carries_what_defends_a_browser() {
        try (Site site = Site.owned(data)) {
            for (HttpResponse<String> answer : answers(site)) {
                String asked = answer.request().method() + " " + answer.uri().getPath() + " " + answer.statusCode();
                Map<String, List<String>> headers = answer.headers().map();
                assertThat(answer.headers().firstValue("Content-Security-Policy"))
                        .as(asked)
                        .hasValue(SecurityConfiguration.CONTENT_POLICY);
                assertThat(answer.headers().firstValue("X-Content-Type-Options"))
                        .as(asked)
                        .hasValue("nosniff");
                assertThat(answer.headers().firstValue("Referrer-Policy"))
                        .as(asked)
                        .hasValue("same-origin");
                assertThat(answer.headers().firstValue("Cache-Control"))
                        .as(asked)
                        .hasValueSatisfying(value -> assertThat(value).as(asked).contains("no-store"));
                assertThat(headers.keySet())
                        .as(asked)
                        .doesNotContain("access-control-allow-origin", "server", "x-powered-by");
            }
        }
    }

    @Test
    void no_answer_says_anything_of_the_inside() {
        try (Site site = Site.owned(data)) {
            for (HttpResponse<String> answer : answers(site)) {
                assertThat(answer.body())
                        .as(answer.request().method() + " " + answer.uri().getPath())
                        .doesNotContain("Exception", "org.likeness", "org.spring", "java.", "Tomcat", "\tat ")
                        .doesNotContain(data.toString());
                assertThat(answer.statusCode()).isLessThan(500);
            }
        }
    }

    @Test
    void what_is_no_page_is_handed_to_nobody() {
        try (Site site = Site.owned(data)) {
            Site.Visitor owner = site.owner();
            for (String path : List.of(
                    "/static/",
                    "/.git/config",
                    "/application.properties",
                    "/actuator",
                    "/WEB-INF/",
                    "/static/../../etc/passwd")) {
                assertThat(owner.get(path).statusCode()).as(path).isBetween(400, 499);
            }
            assertThat(owner.sendWithoutFollowing(
                                    owner.request("/").method("TRACE", HttpRequest.BodyPublishers.noBody()))
                            .statusCode())
                    .isBetween(400, 499);
        }
    }

    @Test
    void a_form_without_the_token_of_a_page_changes_nothing() {
        try (Site site = Site.owned(data)) {
            Site.Visitor owner = site.owner();
            assertThat(owner.send(form(owner.request("/collections"), "name=forged&profile=HOUSEHOLD"))
                            .statusCode())
                    .isEqualTo(403);
            assertThat(owner.send(form(owner.request("/sign-out"), "")).statusCode())
                    .isEqualTo(403);
            assertThat(site.likeness.collections()).isEmpty();
            assertThat(owner.get("/account").uri().getPath()).isEqualTo("/account");
        }
    }

    @Test
    void signing_in_leads_to_pages_of_ours_only() {
        try (Site site = Site.owned(data)) {
            for (String next :
                    List.of("//evil.example/", "https://evil.example/", "/%5Cevil.example", "javascript:1")) {
                Site.Visitor visitor = site.visitor();
                HttpResponse<String> led = visitor.sendWithoutFollowing(form(
                        visitor.request("/sign-in").header("X-XSRF-TOKEN", visitor.token()),
                        "name=" + Site.OWNER + "&password=" + Site.PASSWORD.replace(' ', '+') + "&next=" + next));
                assertThat(led.headers().firstValue("Location")).as(next).hasValue("/");
            }
        }
    }

    private static String session(HttpResponse<String> answer) {
        return answer.headers().allValues("Set-Cookie").stream()
                .flatMap(line -> HttpCookie.parse(line).stream())
                .filter(cookie -> cookie.getName().matches("likeness-[0-9a-f]{8}"))
                .map(HttpCookie::getValue)
                .findFirst()
                .orElseThrow();
    }

    private static HttpResponse<String> signIn(Site.Visitor visitor) {
        return visitor.sendWithoutFollowing(form(
                visitor.request("/sign-in").header("X-XSRF-TOKEN", visitor.token()),
                "name=" + Site.OWNER + "&password=" + Site.PASSWORD.replace(' ', '+')));
    }

    /// Where somebody lands who has this session and nothing else.
    private static String lands(Site site, String session) {
        Site.Visitor thief = site.visitor();
        return thief.send(thief.request("/account")
                        .header("Cookie", "likeness-" + site.likeness.signIn().mark() + "=" + session))
                .uri()
                .getPath();
    }

    @Test
    void signing_in_makes_a_new_session_and_signing_out_ends_it() {
        try (Site site = Site.owned(data)) {
            Site.Visitor visitor = site.visitor();
            String first = session(signIn(visitor));
            String second = session(signIn(visitor));
            assertThat(second).isNotEqualTo(first);
            assertThat(lands(site, first)).as("an older session of the browser").isEqualTo("/sign-in");
            assertThat(lands(site, second)).isEqualTo("/account");
            visitor.submit("/sign-out", Map.of());
            assertThat(lands(site, second)).isEqualTo("/sign-in");
        }
    }

    /// Browsers send a cookie to every port of its host.
    @Test
    void two_servers_on_one_host_leave_each_others_sessions_alone() {
        try (Site here = Site.owned(data.resolve("here"));
                Site there = Site.owned(data.resolve("there"))) {
            Site.Visitor visitor = here.owner();
            assertThat(visitor.token()).isNotEmpty();
            HttpResponse<String> signIn = visitor.get(there.at("/sign-in").toString());
            assertThat(signIn.statusCode()).isEqualTo(200);
            visitor.send(form(
                    visitor.request(there.at("/sign-in").toString()).header("X-XSRF-TOKEN", Site.Visitor.token(signIn)),
                    "name=" + Site.OWNER + "&password=" + Site.PASSWORD.replace(' ', '+')));
            assertThat(visitor.get(there.at("/account").toString()).uri().getPath())
                    .isEqualTo("/account");
            assertThat(visitor.get("/account").uri().getPath()).isEqualTo("/account");
            assertThat(visitor.submit("/sign-out", Map.of()).statusCode())
                    .as("with the token of a page from before")
                    .isEqualTo(200);
            assertThat(visitor.get("/account").uri().getPath()).isEqualTo("/sign-in");
            assertThat(visitor.get(there.at("/account").toString()).uri().getPath())
                    .isEqualTo("/account");
        }
    }

    @Test
    void what_is_too_large_is_refused_before_it_is_kept() {
        try (Site site = Site.owned(data)) {
            Site.Visitor owner = site.owner();
            HttpResponse<String> answer = owner.send("GET", "/?q=" + "x".repeat(20_000), "");
            assertThat(answer.statusCode()).isBetween(400, 499);
            assertThat(answer.body()).doesNotContain("Exception", "Tomcat");
        }
    }

    @Test
    void passwords_are_long_and_made_of_anything() {
        assertThat(PasswordRules.weakness("elevenchars", "ines")).isPresent();
        assertThat(PasswordRules.weakness("password1234", "ines")).isPresent();
        assertThat(PasswordRules.weakness("aaaaaaaaaaaaaaaa", "ines")).isPresent();
        assertThat(PasswordRules.weakness("likeness-ines", "ines")).isPresent();
        assertThat(PasswordRules.weakness("nur kleine worte hier", "ines")).isEmpty();
        assertThat(PasswordRules.weakness("ein sehr langer satz, ".repeat(4), "ines"))
                .isEmpty();
    }

    private static HttpResponse<String> parts(Site.Visitor visitor, String path) {
        return visitor.sendWithoutFollowing(visitor.request(path)
                .header("Content-Type", "multipart/form-data; boundary=x")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n")));
    }

    @Test
    void forms_of_several_parts_are_read_of_members_only_and_only_where_photos_are_sent() {
        try (Site site = Site.owned(data)) {
            assertThat(parts(site.visitor(), "/sign-in").statusCode()).isEqualTo(401);
            Site.Visitor owner = site.owner();
            assertThat(parts(owner, "/collections").statusCode()).isEqualTo(413);
            assertThat(parts(owner, "/c/" + new UUID(0, 1) + "/search/probes").statusCode())
                    .as("no token of a page")
                    .isEqualTo(403);
        }
    }

    @Test
    void json_has_a_bound_whether_it_says_how_long_it_is_or_not() {
        try (Site site = Site.owned(data)) {
            Site.Visitor owner = site.owner();
            String name = "{\"profile\": \"EVENT\", \"name\": \"x\"" + " ".repeat(1_200_000) + "}";
            assertThat(owner.send("POST", "/api/v1/collections", name).statusCode())
                    .isEqualTo(413);
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            assertThat(owner.send(owner.request("/api/v1/collections")
                                    .header("Content-Type", "application/json")
                                    .header("X-XSRF-TOKEN", owner.token())
                                    .POST(HttpRequest.BodyPublishers.ofInputStream(
                                            () -> new ByteArrayInputStream(bytes))))
                            .statusCode())
                    .isEqualTo(400);
            assertThat(site.likeness.collections()).isEmpty();
        }
    }

    @Test
    void nothing_in_the_place_of_something_is_malformed_and_no_defect() {
        try (Site site = Site.owned(data)) {
            String person = "/api/v1/collections/" + new UUID(0, 1) + "/people/" + new UUID(0, 2);
            HttpResponse<String> answer = site.owner()
                    .send("POST", person + "/answers", "{\"method\": \"PAPER\", \"choices\": {\"myself\": null}}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        }
    }

    @Test
    void an_address_to_go_on_to_is_taken_as_it_is() {
        try (Site site = Site.owned(data)) {
            Site.Visitor owner = site.owner();
            assertThat(owner.sendWithoutFollowing(owner.request("/sign-in?next=/%7Bx%7D"))
                            .statusCode())
                    .isEqualTo(302);
        }
    }

    @Test
    void ones_own_account_wins_no_more_guesses_at_others() {
        try (Site site = Site.owned(data)) {
            Site.Visitor visitor = site.visitor();
            int status = 401;
            for (int times = 0; times < 30 && status == 401; times++) {
                status = visitor.sendWithoutFollowing(form(
                                visitor.request("/sign-in").header("X-XSRF-TOKEN", visitor.token()),
                                "name=guess" + times + "&password=wrong"))
                        .statusCode();
                if (times % 8 == 0) {
                    signIn(visitor);
                }
            }
            assertThat(status).isEqualTo(429);
        }
    }

    @Test
    void a_token_does_not_reach_its_members_account() {
        try (Site site = Site.owned(data)) {
            Program program = Program.of(site);
            for (String path : List.of("/me/sessions", "/me/sign-ins", "/me/tokens")) {
                assertThat(program.send("GET", path, "").statusCode()).as(path).isEqualTo(403);
            }
            assertThat(program.send("DELETE", "/me/sessions/" + new UUID(0, 1), "")
                            .statusCode())
                    .isEqualTo(403);
            for (String path : List.of("/account/sessions/end-others", "/account/password", "/account/tokens")) {
                assertThat(program.page("POST", path).statusCode()).as(path).isEqualTo(403);
            }
            assertThat(program.page("GET", "/account").statusCode()).isEqualTo(403);
        }
    }

    @Test
    void the_api_makes_no_owner_and_no_way_into_the_account_of_somebody_else() {
        try (Site site = Site.owned(data)) {
            Program program = Program.of(site);
            String owner =
                    "/members/" + site.likeness.members().member(Site.OWNER).id();
            String ben = "/members/" + program.made("/members", "{\"name\": \"ben\", \"role\": \"PRIVACY_OFFICER\"}");
            for (Program each : List.of(program, program.inBrowser())) {
                assertThat(each.send("POST", "/members", "{\"name\": \"eve\", \"role\": \"OWNER\"}")
                                .statusCode())
                        .isEqualTo(403);
                assertThat(each.send("PUT", ben + "/roles", "{\"role\": \"OWNER\"}")
                                .statusCode())
                        .isEqualTo(403);
                assertThat(each.send("POST", owner + "/invitation", "").statusCode())
                        .isEqualTo(403);
                each.post(ben + "/invitation", "");
            }
        }
    }

    @Test
    void a_photo_that_a_killed_server_was_reading_is_gone_at_the_next_start() throws IOException {
        Site.owned(data).close();
        Files.writeString(data.resolve("probes").resolve("probe17.tmp"), "a selfie");
        try (Site site = Site.fresh(data)) {
            assertThat(data.resolve("probes")).isEmptyDirectory();
            assertThat(site.server.context().getEnvironment().getProperty("spring.servlet.multipart.location"))
                    .as("where the web server puts what it receives")
                    .isEqualTo(site.likeness.settings().data().resolve("probes").toString());
        }
    }

    @Test
    void an_ipv6_address_is_written_as_browsers_do() {
        assertThat(List.of("::1", "0:0:0:0:0:0:0:1", "::", "127.0.0.1"))
                .allSatisfy(host -> assertThat(address(host)).isEqualTo("http://localhost:8080/"));
        assertThat(address("2001:db8::7")).isEqualTo("http://[2001:db8::7]:8080/");
        assertThat(address("[2001:db8::7]")).isEqualTo("http://[2001:db8::7]:8080/");
    }

    private static String address(String host) {
        return new ServerOptions(host, 8080, "", 64, Optional.empty(), false, Optional.empty())
                .address(8080)
                .toString();
    }
}
