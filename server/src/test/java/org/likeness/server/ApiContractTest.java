package org.likeness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.demand.Scope;
import org.likeness.core.demand.Target;
import org.likeness.core.member.Right;
import org.likeness.library.ImportQueue;
import org.likeness.testkit.TestPhotos;
import tools.jackson.databind.JsonNode;

/// A running server answers as the document of its API says: every operation in its use, and every one
/// refused. [Program] holds each answer against the document; here it is only made to answer.
class ApiContractTest {
    private static final long PATIENCE_S = 120;

    @TempDir
    Path data;

    @Test
    void every_operation_can_be_used_as_the_document_says() throws Exception {
        List<Path> photos = TestPhotos.demo(data.resolve("own"));
        Path shared = Site.watching(data.resolve("data"), data.resolve("shared"));
        try (Site site = Site.owned(data.resolve("data"))) {
            Program program = Program.of(site);
            program.withoutToken().get("/openapi.json");
            household(site, program, photos);
            watch(program, shared);
            String camp = event(program);
            String person = people(program, camp);
            findPerson(site, program, camp, person, photos);
            demands(site, program, camp, person);
            books(program, camp);
            members(site, program, camp);
            assertThat(program.contract().unused())
                    .as("operations that this journey does not use with success; add them to it")
                    .isEmpty();
        }
    }

    @Test
    void every_operation_refuses_as_the_document_says() {
        try (Site site = Site.owned(data)) {
            Program program = Program.of(site);
            Program idle = program.with(Right.SEE_HEALTH);
            String here = program.made("/collections", "{\"name\": \"Camp\", \"profile\": \"EVENT\"}");
            for (Contract.Operation operation : program.contract().operations()) {
                for (String collection : List.of(here, new UUID(0, 1).toString(), "none")) {
                    String path = operation
                            .path()
                            .replaceFirst("^/api/v1", "")
                            .replace("{collection}", collection)
                            .replaceAll("\\{[^}]+}", new UUID(0, 1).toString());
                    assertThat(refused(program.withWrongToken(), operation, path))
                            .as(operation.id() + " with a wrong token")
                            .isEqualTo(operation.isOpen() ? 200 : 401);
                    refused(program.withoutToken(), operation, path);
                    refused(idle, operation, path);
                    refused(program, operation, path);
                }
            }
        }
    }

    /// Sends a body that says nothing, of the media type that is taken and of another.
    private static int refused(Program program, Contract.Operation operation, String path) {
        String type = operation.takes().orElse("application/json").replace("*", "jpeg");
        if (operation.takes().isPresent()) {
            program.send(operation.method(), path, "text/html", new byte[] {'{'});
        }
        if (type.equals("application/json")) {
            return program.send(operation.method(), path, "{}").statusCode();
        }
        return program.send(operation.method(), path, type, new byte[] {1}, "Upload-Offset", "0")
                .statusCode();
    }

    @Test
    void mistakes_are_answered_by_their_kind() {
        try (Site site = Site.owned(data)) {
            Program program = Program.of(site);
            String in = "/collections/"
                    + program.made("/collections", "{\"name\": \"Family\", \"profile\": \"HOUSEHOLD\"}");
            for (String path : List.of("/people?limit=0", "/timeline?limit=501", "/audit?limit=-1")) {
                assertThat(refusal(program, "GET", in + path, ""))
                        .contains("limit")
                        .contains("1 to 500");
            }
            status(400, program, "POST", in + "/searches", "{\"face\": \"" + new UUID(0, 1) + "\", \"limit\": 0}");
            assertThat(refusal(program, "GET", in + "/timeline?sinse=2020-01-01", ""))
                    .contains("sinse")
                    .contains("from, limit, region, since, source, until");
            assertThat(refusal(program, "POST", "/collections?page=2", "{}")).contains("page");
            status(422, program, "GET", in + "/timeline?from=nonsense", "");
            status(400, program, "GET", in + "/timeline?since=yesterday", "");
            status(400, program, "POST", "/collections", "{");
            status(400, program, "POST", "/collections", "{\"name\": \"A\", \"profile\": \"CLUB\"}");
            status(409, program, "POST", "/collections", "{\"name\": \"Family\", \"profile\": \"HOUSEHOLD\"}");
            program.made("/collections", "{\"name\": \"Friends\", \"profile\": \"HOUSEHOLD\"}");
            status(409, program, "PUT", in + "/name", "{\"name\": \"Friends\"}");
            status(422, program, "PUT", in + "/name", "{\"name\": \" \"}");
            status(422, program, "POST", in + "/uploads", "{\"name\": \"a.jpg\", \"size\": 0}");
            status(400, program, "POST", in + "/uploads", "{\"name\": \"a.jpg\", \"size\": 1, \"choosing\": \"all\"}");
            status(422, program, "POST", in + "/searches", "{}");
            status(405, program, "PUT", "/me", "{}");
            status(404, program, "GET", "/nothing", "");
            String none = new UUID(0, 1).toString();
            int status = 404;
            for (int i = 0; i < 60 && status == 404; i++) {
                status = program.send("POST", in + "/searches", "{\"probe\": \"" + none + "\"}")
                        .statusCode();
            }
            assertThat(status).as("after many searches").isEqualTo(429);
        }
    }

    /// What is said of a query that cannot be.
    private static String refusal(Program program, String method, String path, String body) {
        status(400, program, method, path, body);
        return program.send(method, path, body).body();
    }

    private static void status(int status, Program program, String method, String path, String body) {
        assertThat(program.send(method, path, body).statusCode())
                .as(method + " " + path + " " + body)
                .isEqualTo(status);
    }

    private static void household(Site site, Program program, List<Path> photos) throws Exception {
        String in =
                "/collections/" + program.made("/collections", "{\"name\": \"Family\", \"profile\": \"HOUSEHOLD\"}");
        program.get("/collections");
        program.get(in);
        program.ok("PUT", in + "/name", "{\"name\": \"Our family\"}");
        program.get(in + "/timeline");
        String given = program.made(in + "/uploads", "{\"name\": \"a.jpg\", \"size\": 10}");
        assertThat(program.get(in + "/uploads")
                        .get("uploads")
                        .get(0)
                        .get("name")
                        .asString())
                .isEqualTo("a.jpg");
        program.ok("DELETE", in + "/uploads/" + given, "");
        String together = ", \"choosing\": \"" + UUID.randomUUID() + "\"";
        add(site, program, in, photos.get(0), together);
        add(site, program, in, photos.get(1), together);
        JsonNode imports = program.get(in + "/imports").get("imports");
        assertThat(imports).as("chosen together").hasSize(1);
        assertThat(imports.get(0).get("choosing").asString()).isNotEmpty();
        String run = imports.get(0).get("id").asString();
        program.get(in + "/imports/" + run);
        files(program, in + "/imports/" + run);
        program.get(in + "/imports/running");
        program.post(in + "/imports/" + run + "/retry", "");

        JsonNode first = program.get(in + "/timeline?limit=1");
        program.get(in + "/timeline?since=2000-01-01&from=" + first.get("next").asString());
        program.get(in + "/timeline/layout");
        assertThat(program.get(in + "/areas")).as("the demo's photos say where").isNotEmpty();
        String photo = in + "/photos/" + first.get("photos").get(0).get("id").asString();
        JsonNode details = program.get(photo);
        assertThat(first.get("photos").get(0).has("taken"))
                .as("a day only where the file says one")
                .isEqualTo(details.has("takenAt"));
        program.get(photo + "/provenance");
        program.get(photo + "/notes");
        String face = details.get("faces").get(0).get("id").asString();
        for (String bytes : List.of(
                photo + "/thumbnail",
                photo + "/preview",
                photo + "/original",
                in + "/faces/" + face + "/crop",
                in + "/faces/" + face + "/portrait")) {
            assertThat(program.send("GET", bytes, "").statusCode()).as(bytes).isEqualTo(200);
        }
        archive(program, in);
        search(program, in, face, photos);
        program.ok("DELETE", photo, "");
        status(404, program, "DELETE", photo, "");
        assertThat(program.get(in + "/timeline").get("photos")).hasSize(1);
    }

    private static void files(Program program, String run) {
        int imported = program.get(run + "/files?result=IMPORTED").get("files").size();
        assertThat(program.get(run + "/files").get("files").size())
                .as("all files, however they ended")
                .isGreaterThanOrEqualTo(Math.max(1, imported));
    }

    private static void archive(Program program, String in) {
        String both = program.get(in + "/timeline")
                .get("photos")
                .valueStream()
                .map(each -> each.get("id").toString())
                .collect(Collectors.joining(", "));
        assertThat(program.send("POST", in + "/photos/archive", "{\"photos\": [" + both + "]}")
                        .statusCode())
                .isEqualTo(200);
        status(422, program, "POST", in + "/photos/archive", "{\"photos\": []}");
    }

    private static void watch(Program program, Path shared) {
        String in = "/collections/" + program.made("/collections", "{\"name\": \"Trips\", \"profile\": \"HOUSEHOLD\"}");
        String folders = in + "/watched-folders";
        String added = program.made(folders, "{\"folder\": \"" + shared + "\", \"storage\": \"LINK\"}");
        assertThat(program.get(folders).get(0).get("folder").asString()).isEqualTo(shared.toString());
        status(409, program, "POST", folders, "{\"folder\": \"" + shared + "\"}");
        program.ok("DELETE", folders + "/" + added, "");
        status(404, program, "DELETE", folders + "/" + added, "");
        status(422, program, "POST", folders, "{\"folder\": \"" + shared + "/none\"}");
        for (String outside :
                List.of("/", "/none", shared.resolveSibling("own").toString(), shared + "/..", "shared")) {
            status(403, program, "POST", folders, "{\"folder\": \"" + outside + "\"}");
        }
        assertThat(program.get(folders)).isEmpty();
    }

    private static void search(Program program, String in, String face, List<Path> photos) throws IOException {
        program.post(in + "/searches", "{\"face\": \"" + face + "\", \"limit\": 5}");
        String probe = probe(program, in, photos.getFirst());
        JsonNode answer = program.post(
                in + "/searches", "{\"probe\": \"" + probe + "\", \"number\": 1, \"maxFalse\": \"1/100\"}");
        assertThat(answer.get("candidates"))
                .as("the same photo is in the collection")
                .isNotEmpty();
        program.post(
                in + "/verifications",
                "{\"first\": \"" + probe + "\", \"second\": \"" + probe + "\", \"secondNumber\": 2}");
        JsonNode same =
                program.post(in + "/verifications", "{\"first\": \"" + probe + "\", \"second\": \"" + probe + "\"}");
        assertThat(same.get("falseMatchRate").asDouble())
                .as("no rate is claimed that nobody measured")
                .isGreaterThan(1e-5);
        assertThat(same.get("measured").asBoolean()).isFalse();
        String person = program.made(in + "/people", "{\"name\": \"Ada\"}");
        program.post(
                in + "/searches/" + answer.get("id").asString() + "/decisions",
                "{\"rank\": 1, \"verdict\": \"IS\", \"person\": \"" + person + "\"}");
    }

    private static String probe(Program program, String in, Path photo) throws IOException {
        return Program.ok("probe", program.send("POST", in + "/probes", "image/jpeg", Files.readAllBytes(photo)))
                .get("id")
                .asString();
    }

    /// Uploads a photo in two pieces, and waits until it is imported.
    private static void add(Site site, Program program, String in, Path photo, String more) throws Exception {
        byte[] bytes = Files.readAllBytes(photo);
        String begin = "{\"name\": \"" + photo.getFileName() + "\", \"size\": " + bytes.length + more + "}";
        String key = UUID.randomUUID().toString();
        String id = Program.ok("begin", program.send("POST", in + "/uploads", begin, "Idempotency-Key", key))
                .get("id")
                .asString();
        assertThat(program.send("POST", in + "/uploads", begin, "Idempotency-Key", key)
                        .body())
                .contains(id);
        String upload = in + "/uploads/" + id;
        byte[] sidecar = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"/>".getBytes(StandardCharsets.UTF_8);
        Program.ok("sidecar", program.send("PUT", upload + "/sidecars/1", "application/rdf+xml", sidecar));
        int half = bytes.length / 2;
        Program.ok("first piece", piece(program, upload, 0, Arrays.copyOf(bytes, half)));
        assertThat(program.get(upload).get("offset").asInt()).isEqualTo(half);
        assertThat(piece(program, upload, 0, bytes).statusCode())
                .as("the same piece again")
                .isEqualTo(409);
        CountDownLatch imported = new CountDownLatch(1);
        try (AutoCloseable _ = site.server.context().getBean(ImportQueue.class).listen(progress -> {
            if (progress.ended() && in.endsWith(progress.collection().toString())) {
                imported.countDown();
            }
        })) {
            Program.ok("second piece", piece(program, upload, half, Arrays.copyOfRange(bytes, half, bytes.length)));
            assertThat(imported.await(PATIENCE_S, TimeUnit.SECONDS))
                    .as("the photo was imported")
                    .isTrue();
        }
    }

    private static java.net.http.HttpResponse<String> piece(Program program, String upload, int offset, byte[] bytes) {
        return program.send(
                "PATCH", upload, "application/offset+octet-stream", bytes, "Upload-Offset", Integer.toString(offset));
    }

    /// An event that people were told of, which rests on their consent and has a photographer; its path.
    private static String event(Program program) {
        String in = "/collections/" + program.made("/collections", "{\"name\": \"Camp\", \"profile\": \"EVENT\"}");
        program.post(in + "/notices", "{\"material\": true, \"texts\": {\"en\": \"Only who says yes is found.\"}}");
        program.get(in + "/notices");
        program.post(in + "/bases", """
                {"controller": "The club", "lawfulBasis": "CONSENT", "condition": "EXPLICIT_CONSENT",
                 "purposes": ["FIND_MYSELF", "FIND_CONSENTING"], "photosKept": "2y", "templatesKept": "1y",
                 "inactivity": "1y", "notice": 1, "alternative": "By hand, which took days.",
                 "dpia": "NOT_NEEDED", "dpiaReason": "small event"}""");
        program.get(in + "/bases");
        String source = in + "/sources/" + program.made(in + "/sources", """
                        {"name": "Photographer", "owner": "Iris", "grant": {"grantedBy": "Iris", "capacity": "OWNER",
                         "uses": ["STORE", "FACE_SEARCH"]}}""");
        program.get(in + "/sources");
        program.get(source);
        String grant = program.made(
                source + "/grants", "{\"grantedBy\": \"Iris\", \"capacity\": \"OWNER\", \"uses\": [\"SHARE\"]}");
        program.ok("DELETE", source + "/grants/" + grant, "");
        return in;
    }

    /// A grown-up who said yes to being found by those who run the event; their path.
    private static String people(Program program, String in) {
        String kid =
                in + "/people/" + program.made(in + "/people", "{\"name\": \"Kim\", \"majorityOn\": \"2999-01-01\"}");
        JsonNode changed = program.post(kid + "/guardians", "{\"name\": \"Kim's mother\", \"contact\": \"by hand\"}");
        assertThat(changed.has("name") || changed.has("guardians"))
                .as("names are told only where that is recorded")
                .isFalse();
        String guardian = program.get(kid).get("guardians").get(0).get("id").asString();
        program.post(kid + "/guardians/" + guardian + "/notification", "");
        program.ok("PUT", kid + "/guardians/" + guardian, "{\"name\": \"Kim's aunt\"}");
        program.post(kid + "/guardians", "{\"name\": \"Somebody else\"}");
        String another = program.get(kid).get("guardians").get(1).get("id").asString();
        program.ok("DELETE", kid + "/guardians/" + another, "");
        program.post(
                kid + "/answers",
                "{\"method\": \"PAPER\", \"choices\": {\"staff\": true}, \"guardian\": \"" + guardian + "\"}");
        program.post(kid + "/withdrawals", "{\"method\": \"SPOKEN\", \"guardian\": \"" + guardian + "\"}");

        String person = in + "/people/" + program.made(in + "/people", "{\"name\": \"Ada\", \"language\": \"en\"}");
        program.get(in + "/people?limit=1");
        program.ok("PUT", person, "{\"name\": \"Ada Example\"}");
        program.ok("PUT", person + "/suspension", "{\"suspended\": true}");
        program.ok("PUT", person + "/suspension", "{\"suspended\": false}");
        program.post(person + "/answers", "{\"method\": \"PAPER\", \"choices\": {\"staff\": true, \"myself\": false}}");
        program.get(person);
        String receipt = program.get(person + "/receipts").get(0).get("id").asString();
        program.get(person + "/receipts/" + receipt);
        assertThat(program.send("POST", person + "/access", "").statusCode()).isEqualTo(200);
        return person;
    }

    private static void findPerson(Site site, Program program, String in, String person, List<Path> photos)
            throws Exception {
        // the household holds it too: what is demanded here is recorded here
        add(site, program, in, photos.get(0), ", \"source\": \"Photographer\"");
        String probe = probe(program, in, photos.get(0));
        String reference = program.made(person + "/references", "{\"probe\": \"" + probe + "\", \"number\": 1}");
        program.get(person + "/references");
        JsonNode answer = program.post(
                in + "/person-searches",
                "{\"person\": \"" + person.replaceFirst(".*/", "")
                        + "\", \"audience\": \"staff\", \"maxFalse\": \"1/100\"}");
        assertThat(answer.get("candidates")).as("they are in the photo").isNotEmpty();
        program.post(
                in + "/searches/" + answer.get("id").asString() + "/decisions", "{\"rank\": 1, \"verdict\": \"IS\"}");
        program.ok("DELETE", person + "/references/" + reference, "");
    }

    private static void demands(Site site, Program program, String in, String person) {
        String target = person.replaceFirst(".*/", "");
        program.get(in + "/demands/plan?scope=PERSON&target=" + target);
        String restriction = program.made(
                in + "/demands", "{\"kind\": \"RESTRICT\", \"scope\": \"PERSON\", \"target\": \"" + target + "\"}");
        program.get(in + "/demands/" + restriction);
        program.post(in + "/demands/" + restriction + "/lift", "");
        String photo =
                program.get(in + "/timeline").get("photos").get(0).get("id").asString();
        String objection = program.made(in + "/demands/objections", "{\"photo\": \"" + photo + "\", \"number\": 1}");
        String face = program.get(in + "/photos/" + photo)
                .get("faces")
                .get(0)
                .get("id")
                .asString();
        program.made(in + "/demands/objections", "{\"photo\": \"" + photo + "\", \"face\": \"" + face + "\"}");
        String corner = "{\"photo\": \"" + photo + "\", \"at\": {\"x\": 0.99, \"y\": 0.99}}";
        program.made(in + "/demands/objections", corner);
        status(409, program, "POST", in + "/demands/objections", corner);
        status(422, program, "POST", in + "/demands/objections", corner.replace("\"at\"", "\"number\": 1, \"at\""));
        String receipts = in + "/demands/" + objection + "/receipts";
        program.get(receipts + "/" + program.get(receipts).get(0).get("id").asString());
        String waiting = site.likeness
                .demands()
                .erase(new Target(Scope.PHOTO, UUID.fromString(photo)))
                .demand()
                .id()
                .toString();
        program.post(in + "/demands/" + waiting + "/resume", "");
        status(409, program, "POST", in + "/demands/" + waiting + "/resume", "");
        program.get(in + "/demands?limit=1");
    }

    private static void books(Program program, String in) {
        long next = program.get(in + "/audit?limit=3").get("next").asLong();
        program.get(in + "/audit?before=" + next);
        program.post(in + "/audit/verification", "");
        assertThat(program.send("GET", in + "/audit/checkpoint", "").body()).isNotBlank();
        String name = program.get(in + "/documents").get(0).get("name").asString();
        assertThat(program.send("GET", in + "/documents/" + name, "").body()).isNotBlank();
        program.get(in + "/quarantine");
        String source = program.get(in + "/sources").get(0).get("id").asString();
        program.post(in + "/sources/" + source + "/stop", "");
    }

    private static void members(Site site, Program program, String in) {
        String collection = in.replaceFirst(".*/", "");
        String viewer = "{\"role\": \"VIEWER\", \"collection\": \"" + collection + "\"}";
        String member = "/members/" + program.made("/members", "{\"name\": \"otto\", " + viewer.substring(1));
        program.get("/members");
        program.ok("PUT", member + "/roles", viewer.replace("VIEWER", "CURATOR"));
        program.ok("DELETE", member + "/roles/" + collection, "");
        program.post(member + "/invitation", "");
        assertThat(program.ok("PUT", member + "/disabled", "{\"disabled\": true}")
                        .get("state")
                        .asString())
                .isEqualTo("DISABLED");
        program.ok("DELETE", member, "");
        assertThat(program.get("/installation").get("packs")).isNotEmpty();
        program.get("/me");
        site.owner();
        Program browser = program.inBrowser();
        browser.get("/me/sign-ins");
        String session = browser.get("/me/sessions").get(1).get("id").asString();
        browser.ok("DELETE", "/me/sessions/" + session, "");
        Program other = program.with(Right.SEE_HEALTH);
        String newest =
                "/me/tokens/" + browser.get("/me/tokens").get(0).get("id").asString();
        assertThat(program.send("DELETE", newest, "").statusCode()).isEqualTo(403);
        browser.ok("DELETE", newest, "");
        assertThat(new TreeSet<>(List.of(
                        program.send("GET", "/me", "").statusCode(),
                        other.send("GET", "/me", "").statusCode())))
                .as("the one of two tokens that was ended")
                .containsExactly(200, 401);
    }
}
