package org.likeness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/reference/asvs.md` names tests that exist, and says of each item how it stands.
class AsvsTest {
    private static final Path ROOT = Path.of("..");
    private static final Path LIST = ROOT.resolve(Path.of("docs", "reference", "asvs.md"));
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|Contract))#(\\w+)`");
    private static final Pattern ROW = Pattern.compile("\\| (\\d+)\\.\\d+\\.\\d+[^|]*\\|[^|]*\\| ([^|]*) \\|.*");
    private static final Set<String> STANDS = Set.of("met", "partly", "not met", "n/a");

    /// The sources of all tests, by the name of their class.
    private static Map<String, List<String>> sources() throws IOException {
        Map<String, List<String>> all = new HashMap<>();
        List<Path> modules;
        try (Stream<Path> folders = Files.list(ROOT)) {
            modules = folders.map(folder -> folder.resolve(Path.of("src", "test", "java")))
                    .filter(Files::isDirectory)
                    .toList();
        }
        for (Path module : modules) {
            List<Path> files;
            try (Stream<Path> walk = Files.walk(module)) {
                files = walk.filter(file -> file.toString().endsWith(".java")).toList();
            }
            for (Path file : files) {
                String name = String.valueOf(file.getFileName()).replaceFirst("\\.java$", "");
                all.computeIfAbsent(name, _ -> new ArrayList<>()).add(Files.readString(file));
            }
        }
        return all;
    }

    @Test
    void every_test_it_names_is_there() throws IOException {
        Map<String, List<String>> sources = sources();
        Matcher named = NAMED.matcher(Files.readString(LIST));
        Set<String> missing = new TreeSet<>();
        int found = 0;
        while (named.find()) {
            found++;
            String method = "void " + named.group(2) + "(";
            if (sources.getOrDefault(named.group(1), List.of()).stream().noneMatch(text -> text.contains(method))) {
                missing.add(named.group(1) + "#" + named.group(2));
            }
        }
        assertThat(missing)
                .as("tests that %s names and that are not there", LIST)
                .isEmpty();
        assertThat(found).isGreaterThan(50);
    }

    @Test
    void every_row_says_how_it_stands_and_no_chapter_is_left_out() throws IOException {
        List<Matcher> rows = Files.readAllLines(LIST).stream()
                .filter(line -> line.matches("\\| \\d.*"))
                .map(ROW::matcher)
                .toList();
        assertThat(rows).allMatch(Matcher::matches).allMatch(row -> STANDS.contains(row.group(2)));
        assertThat(rows.stream().map(row -> Integer.valueOf(row.group(1))).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, 17).boxed().toList());
    }

    @Test
    void its_count_is_that_of_its_rows() throws IOException {
        Map<String, Long> counts = Files.readAllLines(LIST).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.groupingBy(row -> row.group(2), Collectors.counting()));
        assertThat(Files.readString(LIST))
                .contains("Of "
                        + counts.values().stream().mapToLong(Long::longValue).sum() + " rows " + counts.get("met")
                        + " are met, " + counts.get("partly") + " partly, " + counts.get("not met") + " not; "
                        + counts.get("n/a") + " do not apply.");
    }
}
