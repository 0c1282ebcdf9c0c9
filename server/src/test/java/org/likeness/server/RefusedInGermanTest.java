package org.likeness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.Storage;
import org.likeness.core.rights.SourceDesk;
import org.likeness.testkit.TestPhotos;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is refused is said in the reader's language, and speaks of pages, not of commands.
class RefusedInGermanTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path data;

    @Test
    void pages_say_in_german_why_something_is_refused() {
        try (Site site = Site.owned(data)) {
            Collection camp = site.likeness.createCollection("Camp", Profile.EVENT);
            Site.Visitor owner = site.owner();
            owner.submit("/language", Map.of("language", "de"));
            german(
                    owner.submit("/collections", Map.of("name", "Camp", "profile", "EVENT")),
                    422,
                    "Es gibt schon eine Sammlung namens Camp.");

            String sources = "/c/" + camp.id() + "/sources";
            Map<String, String> club =
                    Map.of("name", "Club", "grantedBy", "Iris", "capacity", "OWNER", "uses", "STORE");
            owner.submit(sources, club);
            german(owner.submit(sources, club), 422, "Es gibt schon eine Quelle mit diesem Namen.");
            SourceDesk.Held held = site.likeness.sources().list(camp.id()).getFirst();
            String source = sources + "/" + held.source().id();
            String end = source + "/grants/" + held.grants().getFirst().id() + "/end";
            owner.submit(end, Map.of());
            german(owner.submit(end, Map.of()), 409, "Die Erlaubnis gibt es nicht, sie ist beendet");
            owner.submit(source + "/stop", Map.of());
            german(
                    owner.submit(source + "/grants", club),
                    403,
                    "Diese Quelle hat Stopp gesagt",
                    "wer diesen Server betreibt, hält das fest");
            german(
                    owner.submit("/c/" + camp.id() + "/people/" + camp.id() + "/withdrawal", Map.of("method", "PAPER")),
                    404,
                    "Diese Person gibt es hier nicht.");
        }
    }

    @Test
    void programs_get_a_code_and_words_in_the_language_they_ask_for() throws IOException {
        try (Site site = Site.owned(data.resolve("data"))) {
            Program program = Program.of(site);
            String event = RightsApiTest.event(program);
            String basis = """
                    {"controller": "The club", "lawfulBasis": "CONSENT", "condition": "EXPLICIT_CONSENT",
                     "purposes": ["FIND_MYSELF"], "photosKept": "soon", "templatesKept": "1y",
                     "inactivity": "1y", "notice": 1, "alternative": "By hand, which took days.",
                     "dpia": "NOT_NEEDED", "dpiaReason": "small event"}""";
            problem(
                    program.send("POST", event + "/bases", basis, "Accept-Language", "de"),
                    "period.form",
                    "Ein Zeitraum muss wie 90d, 18m oder 2y geschrieben werden, nicht soon.");
            problem(
                    program.send("POST", event + "/bases", basis),
                    "period.form",
                    "A period must be like 90d, 18m or 2y, but is soon.");
            problem(
                    program.send(
                            "POST",
                            event + "/bases",
                            basis.replace("soon", "2y")
                                    .replace("\"templatesKept\": \"1y\"", "\"templatesKept\": \"9y\""),
                            "Accept-Language",
                            "de"),
                    "basis.templates-kept",
                    "Gesichtsabdrücke dürfen hier höchstens ");

            Collection family = site.likeness.createCollection("Family", Profile.HOUSEHOLD);
            site.likeness.importPhotos(
                    family,
                    TestPhotos.demo(data.resolve("own")).subList(0, 1),
                    Storage.COPY,
                    Optional.empty(),
                    Optional.empty(),
                    (_, _) -> {});
            PhotoId photo = site.likeness.photos(family, 1).getFirst().id();
            int faces = site.likeness.browse().photo(family.id(), photo).faces().size();
            problem(
                    program.send(
                            "POST",
                            "/collections/" + family.id() + "/demands/objections",
                            "{\"photo\": \"" + photo + "\"}",
                            "Accept-Language",
                            "de"),
                    "face.which",
                    "In diesem Foto sind " + faces + " Gesichter bekannt; sagen Sie, welches gemeint ist.");
        }
    }

    private static void german(HttpResponse<String> answer, int status, String... words) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        String said = answer.body().substring(answer.body().indexOf("<main"));
        assertThat(said).contains(words).doesNotContain("lang=\"en\"", "likeness source", "--granted-by");
    }

    private static void problem(HttpResponse<String> answer, String code, String title) {
        JsonNode problem = JSON.readTree(answer.body());
        assertThat(problem.get("code").asString()).as(answer.body()).isEqualTo(code);
        assertThat(problem.get("title").asString()).startsWith(title);
        assertThat(problem.get("detail").asString()).isNotEmpty().doesNotContain("--", "likeness ");
    }
}
