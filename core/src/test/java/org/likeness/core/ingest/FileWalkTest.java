package org.likeness.core.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.ingest.FileOutcome.Reason;
import org.likeness.core.ingest.FileOutcome.Result;

class FileWalkTest {
    @TempDir
    private Path temp;

    private Path root;
    private final Set<String> files = new TreeSet<>();
    private final Map<String, Reason> problems = new HashMap<>();

    @BeforeEach
    void folder() throws IOException {
        root = Files.createDirectory(temp.toRealPath().resolve("root"));
    }

    private void walk(Path... paths) throws InterruptedException {
        FileWalk.Visitor visitor = new FileWalk.Visitor() {
            @Override
            public void file(Path file) {
                files.add(temp.relativize(file).toString());
            }

            @Override
            public void problem(Path at, Result result, Reason reason, String advice) {
                assertThat(advice).isNotBlank();
                problems.put(at.getFileName().toString(), reason);
            }
        };
        new FileWalk(visitor, () -> false).walk(List.of(paths));
    }

    private Path file(String name) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, "x");
    }

    @Test
    void finds_every_file_whatever_its_name() throws Exception {
        List<String> names = List.of(
                "a.jpg",
                "b/c.jpg",
                "b/d/e.JPG",
                "Ünïcödé/日本語/фото.jpg",
                "emoji 👪/x y.jpg",
                "-rf.jpg",
                "new\nline.jpg",
                ".hidden",
                "כתובת/صورة.jpg");
        for (String name : names) {
            file(name);
        }
        walk(root);
        assertThat(files)
                .containsExactlyInAnyOrderElementsOf(
                        names.stream().map(name -> "root/" + name).toList());
        assertThat(problems).isEmpty();
    }

    @Test
    void names_links_that_lead_in_a_circle_and_goes_on() throws Exception {
        file("a/b/photo.jpg");
        Files.createSymbolicLink(root.resolve("a/b/up"), root.resolve("a"));
        Files.createSymbolicLink(root.resolve("self"), root.resolve("self"));
        Files.createSymbolicLink(root.resolve("ping"), root.resolve("pong"));
        Files.createSymbolicLink(root.resolve("pong"), root.resolve("ping"));
        walk(root);
        assertThat(files).containsExactly("root/a/b/photo.jpg");
        assertThat(problems)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "up", Reason.LINK_LOOP,
                        "self", Reason.LINK_LOOP,
                        "ping", Reason.LINK_LOOP,
                        "pong", Reason.LINK_LOOP));
    }

    @Test
    void does_not_follow_links_out_of_the_folders_named() throws Exception {
        Path outside = Files.createDirectory(temp.resolve("outside"));
        Files.writeString(outside.resolve("private.jpg"), "x");
        Files.createSymbolicLink(root.resolve("folder"), outside);
        Files.createSymbolicLink(root.resolve("one.jpg"), outside.resolve("private.jpg"));
        file("inside.jpg");
        Files.createSymbolicLink(root.resolve("alias.jpg"), root.resolve("inside.jpg"));
        walk(root);
        assertThat(files).containsExactly("root/alias.jpg", "root/inside.jpg");
        assertThat(problems)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("folder", Reason.LINK_OUTSIDE, "one.jpg", Reason.LINK_OUTSIDE));
    }

    @Test
    void a_link_named_by_the_caller_is_followed() throws Exception {
        file("photo.jpg");
        Path link = Files.createSymbolicLink(temp.resolve("link"), root);
        walk(link);
        assertThat(files).containsExactly("root/photo.jpg");
    }

    @Test
    void says_what_is_not_there() throws Exception {
        Files.createSymbolicLink(root.resolve("broken.jpg"), root.resolve("nothing"));
        walk(root, temp.resolve("absent"));
        assertThat(problems)
                .containsExactlyInAnyOrderEntriesOf(Map.of("broken.jpg", Reason.GONE, "absent", Reason.GONE));
    }

    @Test
    void never_opens_a_pipe() throws Exception {
        Path pipe = root.resolve("pipe.jpg");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        file("photo.jpg");
        walk(root);
        assertThat(files).containsExactly("root/photo.jpg");
        assertThat(problems).containsExactlyEntriesOf(Map.of("pipe.jpg", Reason.UNSUPPORTED));
    }
}
