package org.likeness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Right;
import org.likeness.core.photo.Storage;
import org.likeness.library.Likeness;
import org.likeness.testkit.TestPhotos;
import tools.jackson.databind.JsonNode;

/// A real server process: killed in the middle of things, told to stop, and with commands beside it.
@Timeout(300)
class ServeJourneyTest {
    @TempDir
    Path temp;

    private final HttpClient http = HttpClient.newHttpClient();
    private Cli cli = new Cli(Path.of("unset"));
    private List<Path> photos = List.of();
    private String token = "";
    private String collection = "";

    @BeforeEach
    void an_owner_with_a_token() throws IOException {
        Path data = temp.resolve("data");
        cli = new Cli(data);
        photos = TestPhotos.demo(temp.resolve("photos"));
        try (Likeness likeness = Likeness.open(data)) {
            MemberId owner = likeness.members().firstOwner("ines", "as the server would have encoded it");
            Collection ours = likeness.createCollection("ours", Profile.HOUSEHOLD);
            collection = ours.id().toString();
            token = likeness.signIn()
                    .makeToken(
                            owner,
                            "a test",
                            Set.of(Right.ADD_PHOTOS, Right.SEE_PHOTOS, Right.SEE_IMPORTS),
                            Optional.of(ours.id()),
                            Instant.now().plus(Duration.ofDays(1)))
                    .secret()
                    .text();
        }
    }

    /// A server that answers.
    private record Serving(Process process, URI address) implements AutoCloseable {
        void kill() {
            process.destroyForcibly().onExit().join();
        }

        @Override
        public void close() {
            kill();
        }
    }

    private Serving serve() throws IOException {
        Process process = cli.start("serve", "--port", "0");
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith("Likeness is at ")) {
                return new Serving(process, URI.create(line.substring("Likeness is at ".length())));
            }
        }
        throw new AssertionError("the server ended: "
                + new String(process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
    }

    private HttpRequest.Builder request(Serving serving, String path) {
        return HttpRequest.newBuilder(serving.address().resolve("/api/v1/collections/" + collection + path))
                .header("Authorization", "Bearer " + token);
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
        return Cli.parse(answer.body());
    }

    private String begin(Serving serving, Path photo, String key) throws IOException, InterruptedException {
        String about = "{\"name\":\"" + photo.getFileName() + "\",\"size\":" + Files.size(photo) + "}";
        return send(request(serving, "/uploads")
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(BodyPublishers.ofString(about)))
                .path("id")
                .stringValue();
    }

    private long append(Serving serving, String upload, long offset, byte[] bytes)
            throws IOException, InterruptedException {
        return send(request(serving, "/uploads/" + upload)
                        .header("Content-Type", "application/offset+octet-stream")
                        .header("Upload-Offset", String.valueOf(offset))
                        .method("PATCH", BodyPublishers.ofByteArray(bytes)))
                .path("offset")
                .longValue();
    }

    private int photosIn(Serving serving) throws IOException, InterruptedException {
        return send(request(serving, "/timeline/layout")).path("count").intValue();
    }

    /// What the server says of imports, as it says it.
    private Iterator<JsonNode> events(Serving serving) throws IOException, InterruptedException {
        HttpRequest listen = HttpRequest.newBuilder(serving.address().resolve("/c/" + collection + "/events"))
                .header("Authorization", "Bearer " + token)
                .build();
        Stream<String> lines = http.send(listen, BodyHandlers.ofLines()).body();
        return lines.filter(line -> line.startsWith("data:"))
                .map(line -> Cli.parse(line.substring("data:".length())))
                .iterator();
    }

    private void awaitPhotos(Serving serving, Iterator<JsonNode> events, int count)
            throws IOException, InterruptedException {
        while (photosIn(serving) < count) {
            JsonNode event = events.next();
            while (!event.path("state").stringValue().equals("ended")) {
                event = events.next();
            }
        }
    }

    @Test
    void an_upload_goes_on_after_the_server_was_killed() throws IOException, InterruptedException {
        byte[] bytes = Files.readAllBytes(photos.getFirst());
        int half = bytes.length / 2;
        String upload;
        try (Serving serving = serve()) {
            upload = begin(serving, photos.getFirst(), "one");
            assertThat(append(serving, upload, 0, Arrays.copyOf(bytes, half))).isEqualTo(half);
        }
        try (Serving serving = serve()) {
            assertThat(begin(serving, photos.getFirst(), "one")).isEqualTo(upload);
            long offset =
                    send(request(serving, "/uploads/" + upload)).path("offset").longValue();
            assertThat(offset).isEqualTo(half);
            Iterator<JsonNode> events = events(serving);
            append(serving, upload, offset, Arrays.copyOfRange(bytes, half, bytes.length));
            awaitPhotos(serving, events, 1);
            assertThat(photosIn(serving)).isOne();
        }
    }

    @Test
    void what_was_uploaded_is_imported_once_though_the_server_was_killed_while_importing()
            throws IOException, InterruptedException {
        try (Serving serving = serve()) {
            Iterator<JsonNode> events = events(serving);
            for (Path photo : photos) {
                append(serving, begin(serving, photo, photo.toString()), 0, Files.readAllBytes(photo));
            }
            JsonNode event = events.next();
            while (event.path("done").longValue() == 0) {
                event = events.next();
            }
        }
        try (Serving serving = serve()) {
            Iterator<JsonNode> events = events(serving);
            // One that is there already: when it has ended, so have those that waited before it.
            append(serving, begin(serving, photos.getFirst(), "again"), 0, Files.readAllBytes(photos.getFirst()));
            awaitPhotos(serving, events, photos.size());
            assertThat(photosIn(serving)).isEqualTo(photos.size());
        }
        assertThat(cli.run("audit", "verify").code()).isZero();
        assertThat(cli.run("doctor").code()).isZero();
    }

    @Test
    void a_retry_that_waits_is_made_though_the_server_was_killed() throws IOException, InterruptedException {
        Path cut = Files.writeString(temp.resolve("cut.jpg"), "no photo");
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        try (Likeness beside = Likeness.open(temp.resolve("data"))) {
            Collection ours = beside.collection("ours");
            String run = beside.importPhotos(
                            ours, List.of(cut), Storage.COPY, Optional.empty(), Optional.empty(), (_, _) -> {})
                    .run()
                    .toString();
            Files.copy(photos.get(1), cut, StandardCopyOption.REPLACE_EXISTING);
            Thread other = Thread.ofPlatform()
                    .start(() -> beside.importPhotos(
                            ours, photos.subList(0, 1), Storage.COPY, Optional.empty(), Optional.empty(), (_, _) -> {
                                held.countDown();
                                await(over);
                            }));
            await(held);
            try (Serving serving = serve()) {
                Iterator<JsonNode> events = events(serving);
                JsonNode asked =
                        send(request(serving, "/imports/" + run + "/retry").POST(BodyPublishers.noBody()));
                assertThat(asked.path("paths").intValue()).isOne();
                while (!events.next().path("state").stringValue().equals("waiting")) {}
                serving.kill(); // while the other import holds the collection
            }
            over.countDown();
            other.join();
        }
        try (Serving serving = serve()) {
            awaitPhotos(serving, events(serving), 2);
            assertThat(photosIn(serving)).isEqualTo(2);
        }
        try (Serving serving = serve()) {
            JsonNode imports = send(request(serving, "/imports")).path("imports");
            assertThat(imports.size()).isEqualTo(3); // made once
        }
    }

    @Test
    void photos_put_into_a_watched_folder_come_in_by_themselves() throws IOException, InterruptedException {
        Path inbox = Files.createDirectory(temp.resolve("inbox"));
        Files.writeString(temp.resolve("data/likeness.properties"), "imports.watch-seconds=1\n");
        Files.copy(photos.get(0), inbox.resolve("a.jpg"));
        JsonNode watched = cli.run("folder", "add", inbox.toString(), "--json").json();
        assertThat(watched.path("state").stringValue()).isEqualTo("new");
        try (Serving serving = serve()) {
            Iterator<JsonNode> events = events(serving);
            awaitPhotos(serving, events, 1);
            Files.copy(photos.get(1), inbox.resolve("b.jpg"));
            awaitPhotos(serving, events, 2);
            Files.copy(photos.get(2), inbox.resolve("c.jpg"));
        } // killed, perhaps while that is imported
        try (Serving serving = serve()) {
            Iterator<JsonNode> events = events(serving);
            awaitPhotos(serving, events, 3);
            Files.move(inbox, temp.resolve("away"));
            String state = "watched";
            while (!state.equals("gone")) { // a look is made each second
                state = cli.run("folder", "list", "--json")
                        .json()
                        .path("folders")
                        .path(0)
                        .path("state")
                        .stringValue();
            }
            assertThat(photosIn(serving)).isEqualTo(3);
        }
        String id = watched.path("folder").stringValue();
        assertThat(cli.run("folder", "end", id).code()).isZero();
        assertThat(cli.run("folder", "end", id).code()).isEqualTo(4);
        assertThat(cli.run("audit", "verify").code()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void commands_work_beside_it_and_it_stops_when_told() throws IOException, InterruptedException {
        try (Serving serving = serve()) {
            assertThat(cli.run(
                                    "import",
                                    photos.getFirst().toString(),
                                    photos.get(1).toString(),
                                    "--collection",
                                    "ours")
                            .code())
                    .isZero();
            assertThat(photosIn(serving)).isEqualTo(2);
            String photo = send(request(serving, "/timeline"))
                    .path("photos")
                    .path(0)
                    .path("id")
                    .stringValue();
            assertThat(cli.run("erase", "--photo", photo, "--yes").code()).isZero();
            assertThat(http.send(request(serving, "/photos/" + photo).build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(404);
            assertThat(photosIn(serving)).isOne();
            serving.process().destroy(); // SIGTERM
            assertThat(serving.process().waitFor()).isEqualTo(143);
        }
        assertThat(cli.run("audit", "verify").code()).isZero();
    }
}
