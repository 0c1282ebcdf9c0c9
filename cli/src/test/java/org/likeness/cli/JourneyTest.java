package org.likeness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.testkit.TestPhotos;
import tools.jackson.databind.JsonNode;

class JourneyTest {
    private static final int TERMINATED = 128 + 15;

    @TempDir
    private Path temp;

    private Cli cli;

    @BeforeEach
    void dataDirectory() {
        cli = new Cli(temp.resolve("data"));
    }

    @Test
    void the_demo_imports_finds_and_shows() throws Exception {
        Cli.Ended demo = cli.run("demo", "--no-serve");
        assertThat(demo.err() + demo.out()).doesNotContain("Exception").doesNotContain("WARN");
        assertThat(demo.code()).isZero();
        assertThat(demo.out())
                .contains("6 imported, 0 duplicates, 0 refused, 0 failed")
                .contains("strangers would look this alike")
                .contains("See the result:");
        String page = Files.readString(temp.resolve("data/pages/demo.html"));
        assertThat(page).contains("data:image/jpeg;base64,").contains("<rect ").doesNotContain("http:", "https:");
        assertThat(cli.run("demo", "--no-serve").out())
                .contains("0 imported, 6 duplicates")
                .doesNotContain("photos a second");
        for (String ours : List.of("data", "data/pages")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve(ours))))
                    .as(ours)
                    .isEqualTo("rwx------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(temp.resolve("data/pages/demo.html"))))
                .isEqualTo("rw-------");
        assertThat(temp.resolve("data/demo-photos")).doesNotExist(); // an erasure would not reach them there
        Cli.Ended empty = cli.run(
                "demo",
                "--no-serve",
                Files.createDirectory(temp.resolve("empty")).toString());
        assertThat(empty.code()).isEqualTo(ExitCode.NOT_FOUND.number());
        assertThat(empty.err()).contains("no photos in ");
        assertThat(cli.run("collection", "list", "--json").json().get("collections"))
                .hasSize(1);
    }

    @Test
    void what_is_written_never_takes_the_place_of_a_photo() throws Exception {
        Path photo = TestPhotos.demo(temp.resolve("photos")).getFirst();
        byte[] before = Files.readAllBytes(photo);
        cli.run("collection", "create", "ours", "--profile", "household");
        Cli.Ended overPhoto = cli.run("import", photo.toString(), "--report", photo.toString());
        assertThat(overPhoto.code()).isEqualTo(ExitCode.CONFLICT.number());
        Cli.Ended nowhere = cli.run(
                "import",
                photo.toString(),
                "--report",
                temp.resolve("no/where.jsonl").toString());
        assertThat(nowhere.code()).isEqualTo(ExitCode.UNAVAILABLE.number());
        assertThat(nowhere.err()).contains("cannot be written").doesNotContain("defect");
        String report = temp.resolve("report.jsonl").toString();
        for (int again = 0; again < 2; again++) {
            assertThat(cli.run("import", photo.toString(), "--report", report).code())
                    .isZero();
        }
        String name = photo.toString();
        assertThat(cli.run("search", name, "--face", "1", "--page", name).code())
                .isEqualTo(ExitCode.CONFLICT.number());
        assertThat(cli.run("search", name, "--face", "1", "--page", report).code())
                .isEqualTo(ExitCode.CONFLICT.number());
        String page = temp.resolve("page.html").toString();
        for (int again = 0; again < 2; again++) {
            assertThat(cli.run("search", name, "--face", "1", "--page", page).code())
                    .isZero();
        }
        assertThat(Files.readAllBytes(photo)).isEqualTo(before);
    }

    @Test
    void a_wrong_command_line_says_what_is_wrong_in_a_few_lines() throws Exception {
        for (List<String> wrong : List.of(
                List.of("photo"),
                List.of("review"),
                List.of("search"),
                List.of("import"),
                List.of("search", "--limit=x"))) {
            Cli.Ended ended = cli.run(wrong.toArray(String[]::new));
            assertThat(ended.code()).as("%s", wrong).isEqualTo(ExitCode.USAGE.number());
            assertThat(ended.err().lines()).as(ended.err()).hasSizeLessThan(5);
            assertThat(ended.err()).contains("See: likeness " + wrong.getFirst() + " --help");
        }
        Cli.Ended folder = cli.run("search", temp.toString());
        assertThat(folder.code()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(folder.err()).contains("is a folder");
        assertThat(cli.run("search", temp.toString(), "--face", "0").code()).isEqualTo(ExitCode.BAD_INPUT.number());
    }

    @Test
    void a_household_imports_searches_verifies_and_is_told_what_is_held() throws Exception {
        List<Path> photos = TestPhotos.demo(temp.resolve("photos"));
        assertThat(cli.run("collection", "create", "Ünsere Fotos", "--profile", "household")
                        .code())
                .isZero();
        assertThat(cli.run("import", temp.resolve("photos").toString(), "--link")
                        .code())
                .isZero();
        Cli.Ended several = cli.run("search", photos.get(1).toString());
        assertThat(several.code()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(several.err()).contains("faces:").contains("Choose one: --face N.");
        JsonNode answer = cli.run("search", photos.get(1).toString(), "--face", "1", "--json")
                .json();
        assertThat(answer.at("/photos/0/file").asString()).endsWith("sample2.jpg");
        assertThat(answer.at("/photos/0/candidates/0/score").asDouble()).isGreaterThan(0.99);
        assertThat(answer.at("/compared").asInt()).isGreaterThanOrEqualTo(15);
        String a = photos.get(0).toString();
        JsonNode same = cli.run("verify", a, a, "--face-a", "1", "--face-b", "1", "--json")
                .json();
        assertThat(same.get("alike").asBoolean()).isTrue();
        JsonNode other = cli.run("verify", a, a, "--face-a", "1", "--face-b", "2", "--json")
                .json();
        assertThat(other.get("alike").asBoolean()).isFalse();
        JsonNode status = cli.run("status", "--json").json();
        assertThat(status.at("/collections/0/name").asString()).isEqualTo("Ünsere Fotos");
        assertThat(status.at("/collections/0/photos").asInt()).isEqualTo(6);
        Cli.Ended doctor = cli.run("doctor");
        assertThat(doctor.code()).as(doctor.out()).isZero();
        assertThat(doctor.out()).contains("the database is sound").contains("decoder and model work");
    }

    @Test
    void every_bad_file_is_a_line_with_its_reason_and_the_rest_is_imported() throws Exception {
        Path folder = temp.resolve("mixed");
        byte[] jpeg = Files.readAllBytes(TestPhotos.demo(folder).getFirst());
        Map<String, String> expected = new HashMap<>();
        put(expected, folder, "cut.jpg", Arrays.copyOf(jpeg, jpeg.length / 2), "failed truncated");
        put(expected, folder, "empty.jpg", new byte[0], "failed empty");
        put(
                expected,
                folder,
                "text.jpg",
                "I am a text, really.".getBytes(StandardCharsets.UTF_8),
                "failed not_a_photo");
        put(expected, folder, "notes.txt", "Notes.".getBytes(StandardCharsets.UTF_8), "refused not_a_photo");
        put(expected, folder, "копия 写真.png", jpeg, "duplicate ");
        byte[] bomb = jpeg.clone();
        for (int i = 0; i + 9 < bomb.length; i++) { // the frame header says how large the picture is
            if ((bomb[i] & 0xFF) == 0xFF && ((bomb[i + 1] & 0xFF) == 0xC0 || (bomb[i + 1] & 0xFF) == 0xC2)) {
                Arrays.fill(bomb, i + 5, i + 9, (byte) 0xFE);
                break;
            }
        }
        put(expected, folder, "bomb.jpg", bomb, "refused too_many_pixels");
        put(expected, folder, "عائلة 👨‍👩‍👧 \n.jpg", withNumber(jpeg), "imported ");
        put(expected, folder, "nobody.png", blank(), "imported ");
        Files.createSymbolicLink(folder.resolve("loop"), folder);
        expected.put("loop", "refused link_loop");
        Files.createSymbolicLink(folder.resolve("there"), folder.resolve("back"));
        Files.createSymbolicLink(folder.resolve("back"), folder.resolve("there"));
        expected.put("there", "refused link_loop");
        expected.put("back", "refused link_loop");
        put(expected, folder, "closed.jpg", withNumber(jpeg), "failed unreadable");
        Path closed = Files.createDirectory(folder.resolve("closed"));
        put(new HashMap<>(), closed, "inside.jpg", jpeg, "never seen");
        expected.put("closed", "failed unreadable");
        close(folder.resolve("closed.jpg"));
        close(closed);
        cli.run("collection", "create", "ours", "--profile", "household");
        Cli.Ended done = cli.withoutOverridingPermissions().run("import", folder.toString(), "--json");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------")); // or nobody can clean up
        assertThat(done.code()).isEqualTo(ExitCode.FILES_FAILED.number());
        Map<String, String> ended = new HashMap<>();
        for (JsonNode line : done.jsonLines()) {
            if (line.has("file")) {
                String name = Path.of(line.get("file").asString()).getFileName().toString();
                ended.put(
                        name,
                        line.get("result").asString() + " "
                                + line.path("reason").asString(""));
            }
        }
        assertThat(ended).hasSize(6 + expected.size()).containsAllEntriesOf(imported(expected, ended));
        assertThat(done.jsonLines().getLast().at("/summary/imported").asInt()).isEqualTo(8);
    }

    /// A photo of another content, the same for every decoder.
    private static byte[] withNumber(byte[] jpeg) {
        byte[] longer = Arrays.copyOf(jpeg, jpeg.length + 1);
        longer[jpeg.length] = 1;
        return longer;
    }

    private static byte[] blank() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "png", png);
        return png.toByteArray();
    }

    private static void close(Path path) throws IOException {
        Files.setPosixFilePermissions(path, Set.of());
    }

    /// Which of two files of one content is the duplicate depends on which is read first.
    private static Map<String, String> imported(Map<String, String> expected, Map<String, String> ended) {
        Map<String, String> either = new HashMap<>(expected);
        if ("imported ".equals(ended.get("копия 写真.png"))) {
            either.put("копия 写真.png", "imported ");
            either.put("sample1.jpg", "duplicate ");
        }
        return either;
    }

    private static void put(Map<String, String> expected, Path folder, String name, byte[] content, String end)
            throws IOException {
        Files.write(folder.resolve(name), content);
        expected.put(name, end);
    }

    @Test
    void a_killed_import_loses_nothing_it_acknowledged_and_doubles_nothing() throws Exception {
        int count = 24;
        Path folder = temp.resolve("many");
        TestPhotos.many(folder, count);
        cli.run("collection", "create", "ours", "--profile", "household");
        long seed = Long.getLong("seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, String> acknowledged = new HashMap<>();
        for (int round = 0; round < 3; round++) {
            Process process = cli.start("import", folder.toString(), "--json");
            int until = acknowledged.size() + random.nextInt(1, 6);
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    note(acknowledged, line);
                    if (acknowledged.size() >= until) {
                        break;
                    }
                }
                if (round == 0) { // whoever asks it to end must not see native code crash
                    process.destroy();
                    assertThat(process.waitFor()).as("seed %d", seed).isIn(TERMINATED, ExitCode.OK.number());
                }
                process.destroyForcibly(); // what it wrote beyond what was read here counts for nothing
                process.waitFor();
            }
        }
        Cli.Ended last = cli.run("import", folder.toString(), "--json");
        assertThat(last.code()).as("seed %d: %s", seed, last.err()).isZero();
        for (JsonNode line : last.jsonLines()) {
            if (line.has("photo") && acknowledged.containsKey(line.get("file").asString())) {
                assertThat(line.get("result").asString()).isEqualTo("duplicate");
                assertThat(line.get("photo").asString())
                        .as("seed %d", seed)
                        .isEqualTo(acknowledged.get(line.get("file").asString()));
            }
        }
        JsonNode held = cli.run("collection", "show", "ours", "--json").json();
        assertThat(held.get("photos").asInt()).as("seed %d", seed).isEqualTo(count);
        assertThat(held.get("templates").asInt()).isEqualTo(held.get("faces").asInt());
    }

    private static void note(Map<String, String> acknowledged, String line) {
        JsonNode file = Cli.parse(line);
        if (file.has("photo")) {
            acknowledged.put(file.get("file").asString(), file.get("photo").asString());
        }
    }

    @Test
    void a_collection_is_renamed_and_keeps_everything_else() throws Exception {
        String id = cli.run("collection", "create", "club", "--json")
                .json()
                .get("id")
                .asString();
        cli.run("collection", "create", "choir");
        assertThat(cli.run("collection", "rename", "club", "choir").code()).isEqualTo(ExitCode.CONFLICT.number());
        assertThat(cli.run("collection", "rename", "club", " ").code()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(cli.run("collection", "rename", "band", "club").code()).isEqualTo(ExitCode.NOT_FOUND.number());
        Cli.Ended renamed = cli.run("collection", "rename", "club", "The club", "--json");
        assertThat(renamed.json().get("id").asString()).isEqualTo(id);
        assertThat(cli.run("collection", "show", "The club").out()).contains("The club", "event");
        assertThat(cli.run("audit", "show", "--json").out())
                .contains("COLLECTION_RENAMED")
                .doesNotContain("club", "choir");
    }

    @Test
    void messages_say_what_to_do_and_codes_what_kind_of_failure() throws Exception {
        assertThat(cli.run("nonsense").code()).isEqualTo(ExitCode.USAGE.number());
        Cli.Ended absent = cli.run("collection", "show", "nothing");
        assertThat(absent.code()).isEqualTo(ExitCode.NOT_FOUND.number());
        assertThat(absent.err()).contains("there is no collection nothing").contains("likeness collection list");
        cli.run("collection", "create", "club");
        assertThat(cli.run("collection", "create", "club").code()).isEqualTo(ExitCode.CONFLICT.number());
        Cli.Ended refused = cli.run("import", temp.toString());
        assertThat(refused.code()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(refused.err()).contains("--source NAME --granted-by WHO");
        assertThat(cli.run("models", "card").out()).contains("#");
        assertThat(cli.run("models", "list", "--json")
                        .json()
                        .at("/models/0/name")
                        .asString())
                .isEqualTo("face-api");
        Cli.Ended wrong = cli.run("models", "install", "yunet-sface", "--from", temp.toString());
        assertThat(wrong.code()).isEqualTo(ExitCode.NOT_FOUND.number());
        assertThat(wrong.err()).contains("Licence: MIT AND Apache-2.0").contains("SHA-256");
        Cli.Ended unasked = cli.run("models", "install", "yunet-sface"); // nobody sits there to say yes
        assertThat(unasked.code()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(unasked.err()).containsSubsequence("# ", "Licence: MIT AND", "https://", "nothing was fetched");
        Cli.Ended mistyped = cli.run("search", temp.resolve("nothing.jpg").toString());
        assertThat(mistyped.code()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(mistyped.err()).contains("there is nothing at").contains("Check the path.");
        assertThat(cli.run("config").out()).contains("search.max-false=1/1000");
        assertThat(cli.run("generate-completion").out()).contains("complete -F");
    }
}
