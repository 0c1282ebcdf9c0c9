package org.likeness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.member.Right;
import tools.jackson.databind.JsonNode;

/// What answers for a collection, by a program with a token: the same doors as the pages.
class RightsApiTest {
    @TempDir
    Path data;

    /// An event that people were told of and that rests on their consent; its path.
    static String event(Program program) {
        String in = "/collections/"
                + program.post("/collections", "{\"name\": \"Camp\", \"profile\": \"EVENT\"}")
                        .get("id")
                        .asString();
        program.post(in + "/notices", "{\"material\": true, \"texts\": {\"en\": \"Only who says yes is found.\"}}");
        program.post(in + "/bases", """
                {"controller": "The club", "lawfulBasis": "CONSENT", "condition": "EXPLICIT_CONSENT",
                 "purposes": ["FIND_MYSELF", "FIND_CONSENTING"], "photosKept": "2y", "templatesKept": "1y",
                 "inactivity": "1y", "notice": 1, "alternative": "By hand, which took days.",
                 "dpia": "NOT_NEEDED", "dpiaReason": "small event"}""");
        return in;
    }

    @Test
    void a_program_keeps_the_books_of_an_event() {
        try (Site site = Site.owned(data)) {
            Program program = Program.of(site);
            String in = event(program);
            assertThat(program.get(in + "/bases").get(0).get("photosKept").asString())
                    .isEqualTo("P2Y");
            assertThat(program.get(in + "/notices").get(0).get("texts").has("en"))
                    .isTrue();

            String source = program.post(in + "/sources", """
                    {"name": "Photographer", "owner": "Iris", "grant": {"grantedBy": "Iris", "capacity": "OWNER",
                     "uses": ["STORE", "FACE_SEARCH"]}}""").get("id").asString();
            String grant = program.post(
                            in + "/sources/" + source + "/grants",
                            "{\"grantedBy\": \"Iris\", \"capacity\": \"OWNER\", \"uses\": [\"SHARE\"]}")
                    .get("id")
                    .asString();
            assertThat(program.ok("DELETE", in + "/sources/" + source + "/grants/" + grant, "")
                            .has("endedAt"))
                    .isTrue();
            assertThat(program.get(in + "/sources/" + source).has("owner")).isTrue();
            assertThat(program.with(Right.SEE_SOURCES)
                            .get(in + "/sources/" + source)
                            .has("owner"))
                    .as("whose it is, is told to whoever manages sources")
                    .isFalse();
            assertThat(program.get(in + "/sources/" + source).get("grants")).hasSize(2);
            assertThat(program.post(in + "/sources/" + source + "/stop", "")
                            .get("state")
                            .asString())
                    .isEqualTo("PURGED");

            answersAndErasure(program, in);
            log(program, in);
        }
    }

    private static void answersAndErasure(Program program, String in) {
        String ada =
                program.post(in + "/people", "{\"name\": \"Ada\"}").get("id").asString();
        String person = in + "/people/" + ada;
        JsonNode recorded = program.post(
                person + "/answers", "{\"method\": \"PAPER\", \"choices\": {\"staff\": true, \"myself\": false}}");
        assertThat(recorded.has("code")).isTrue();
        assertThat(program.get(person).get("answers").toString()).contains("\"GIVEN\"", "\"REFUSED\"");
        assertThat(program.get(person + "/receipts/" + recorded.get("receipt").asString())
                        .has("proof"))
                .isTrue();
        String restriction = program.post(
                        in + "/demands", "{\"kind\": \"RESTRICT\", \"scope\": \"PERSON\", \"target\": \"" + ada + "\"}")
                .get("id")
                .asString();
        assertThat(program.get(person).get("answers").toString()).doesNotContain("GIVEN");
        program.post(in + "/demands/" + restriction + "/lift", "");
        assertThat(program.get(person).get("answers").toString()).contains("GIVEN");
        program.post(person + "/withdrawals", "{\"method\": \"SPOKEN\"}");
        assertThat(program.get(person).get("answers").toString()).contains("WITHDRAWN");

        assertThat(program.get(in + "/demands/plan?scope=PERSON&target=" + ada).get("lines"))
                .isNotEmpty();
        JsonNode erased = program.post(
                in + "/demands", "{\"kind\": \"ERASE\", \"scope\": \"PERSON\", \"target\": \"" + ada + "\"}");
        assertThat(erased.get("state").asString()).isEqualTo("DONE");
        assertThat(program.get(in + "/demands/" + erased.get("id").asString() + "/receipts")
                        .toString())
                .contains("ERASURE_ATTESTATION");
        assertThat(program.get(in + "/demands").get("demands").get(0).get("id"))
                .as("newest first")
                .isEqualTo(erased.get("id"));
        assertThat(program.get(in + "/people").get("people")).isEmpty();
    }

    private static void log(Program program, String in) {
        Set<Long> seen = new HashSet<>();
        String before = "";
        do {
            JsonNode page = program.get(in + "/audit?limit=3" + before);
            page.get("entries")
                    .forEach(entry ->
                            assertThat(seen.add(entry.get("position").asLong())).isTrue());
            before = page.has("next") ? "&before=" + page.get("next").asLong() : "";
        } while (!before.isEmpty());
        assertThat(seen).hasSizeGreaterThan(10);
        assertThat(program.post(in + "/audit/verification", "").get("sound").asBoolean())
                .isTrue();
        String name = program.get(in + "/documents").get(0).get("name").asString();
        assertThat(program.send("GET", in + "/documents/" + name, "").body()).isNotBlank();
        assertThat(program.get(in + "/quarantine").get("waiting").asInt()).isZero();
        assertThat(program.get(in + "/imports").get("imports")).isEmpty();
        assertThat(program.send("GET", in + "/imports/running", "").statusCode())
                .isEqualTo(204);
    }

    @Test
    void people_are_read_page_by_page_and_of_one_collection_only() {
        try (Site site = Site.owned(data)) {
            Program program = Program.of(site);
            String in = event(program);
            for (int i = 0; i < 5; i++) {
                program.post(in + "/people", "{}");
            }
            JsonNode first = program.get(in + "/people?limit=3");
            assertThat(first.get("people")).hasSize(3);
            JsonNode second = program.get(
                    in + "/people?limit=3&after=" + first.get("next").asString());
            assertThat(second.get("people")).hasSize(2);
            assertThat(second.has("next")).isFalse();
            assertThat(program.send("GET", in + "/people?limit=0", "").statusCode())
                    .isEqualTo(400);

            String other = "/collections/"
                    + program.post("/collections", "{\"name\": \"Other\", \"profile\": \"EVENT\"}")
                            .get("id")
                            .asString();
            String person = first.get("people").get(0).get("id").asString();
            assertThat(program.send("GET", other + "/people/" + person, "").statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void what_is_sent_wrong_is_named_and_what_stands_still_is_not_sent_twice() {
        try (Site site = Site.owned(data)) {
            Program program = Program.of(site);
            HttpResponse<String> missing = program.send("POST", "/collections", "{\"name\": \"Camp\"}");
            assertThat(missing.statusCode()).isEqualTo(400);
            assertThat(missing.body()).contains("profile");
            HttpResponse<String> unknown =
                    program.send("POST", "/collections", "{\"name\": \"A\", \"profile\": \"EVENT\", \"colour\": 1}");
            assertThat(unknown.statusCode()).isEqualTo(400);
            assertThat(unknown.body()).contains("colour");
            String in = event(program);
            HttpResponse<String> deep = program.send(
                    "POST", in + "/sources", "{\"name\": \"A\", \"grant\": {\"grantedBy\": \"B\", \"uses\": []}}");
            assertThat(deep.statusCode()).isEqualTo(400);
            assertThat(deep.body()).contains("grant.capacity");

            HttpResponse<String> first = program.send("GET", in, "");
            String tag = first.headers().firstValue("ETag").orElseThrow();
            assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-store");
            HttpResponse<String> again = program.send("GET", in, "", "If-None-Match", tag);
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
            program.post("/collections", "{\"name\": \"Second\", \"profile\": \"EVENT\"}");
            assertThat(program.send("GET", "/collections", "", "If-None-Match", tag)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_token_is_ended_in_a_browser_shows_no_secret_and_makes_no_other() {
        try (Site site = Site.owned(data)) {
            Program program = Program.of(site);
            Program browser = program.inBrowser();
            JsonNode token = browser.get("/me/tokens").get(0);
            assertThat(token.has("secret")).isFalse();
            assertThat(program.send("POST", "/me/tokens", "{}").statusCode()).isEqualTo(405);
            browser.ok("DELETE", "/me/tokens/" + token.get("id").asString(), "");
            assertThat(program.send("GET", "/me", "").statusCode()).isEqualTo(401);
        }
    }
}
