package org.likeness.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// `docs/reference/requirements.md` lists each requirement once, with exactly the tests that are named
/// after it, and says what is missing where there are none.
class RequirementsTest {
    private static final Path TABLE = Path.of("docs", "reference", "requirements.md");
    private static final int REQUIREMENTS = 50;
    private static final Pattern ROW = Pattern.compile("\\| (R\\d\\d) \\|.*");

    /// A test method, whatever stands between its annotation and its name.
    private static final Pattern PROOF =
            Pattern.compile("@\\w*Test\\b(?:(?!\\bvoid\\b)[\\s\\S])*?\\bvoid\\s+(r\\d\\d_\\w+)\\(");

    private static final Pattern NAMED_LIKE_A_PROOF = Pattern.compile("\\bvoid\\s+(r\\d\\d_\\w+)\\(");

    private final Repository repository = Repository.here();

    @Test
    void every_requirement_has_one_row() {
        List<String> expected = IntStream.rangeClosed(1, REQUIREMENTS)
                .mapToObj("R%02d"::formatted)
                .toList();
        assertThat(rows().stream().map(Row::id))
                .as("rows of %s, each requirement once and in order", TABLE)
                .isEqualTo(expected);
    }

    @Test
    void every_row_names_exactly_the_tests_that_prove_it() {
        Map<String, String> proofs = proofs();
        List<String> wrong = new ArrayList<>();
        for (Row row : rows()) {
            String expected = proofs.getOrDefault(row.id(), "");
            if (!row.proofs().equals(expected)) {
                wrong.add("row " + row.id() + " must name " + (expected.isEmpty() ? "no test" : expected));
            }
        }
        assertThat(wrong)
                .as("Run tools/requirements.sh, which writes the tests into %s, and read what is still missing", TABLE)
                .isEmpty();
        assertThat(rows().stream().map(Row::id))
                .as("a test is named after a requirement there is none of")
                .containsAll(proofs.keySet());
    }

    @Test
    void a_row_without_a_test_says_why() {
        List<String> silent = rows().stream()
                .filter(row -> row.proofs().isEmpty()
                        && !(row.missing().startsWith("Not yet: ")
                                && row.missing().length() > 20))
                .map(Row::id)
                .toList();
        assertThat(silent)
                .as("rows of %s that name no test must say \"Not yet: \" and why in the last column", TABLE)
                .isEmpty();
    }

    @Test
    void a_row_with_a_test_does_not_say_that_there_is_none() {
        assertThat(rows().stream()
                        .filter(row -> !row.proofs().isEmpty() && row.missing().startsWith("Not yet: "))
                        .map(Row::id))
                .as("rows of %s that have tests now: empty the last column, or say what alone is missing", TABLE)
                .isEmpty();
    }

    @Test
    void what_is_named_like_a_proof_is_a_test() {
        List<String> idle = new ArrayList<>();
        for (Path file : tests()) {
            String text = repository.text(file);
            var proofs = new TreeSet<String>();
            PROOF.matcher(text).results().forEach(match -> proofs.add(match.group(1)));
            NAMED_LIKE_A_PROOF
                    .matcher(text)
                    .results()
                    .map(match -> match.group(1))
                    .filter(name -> !proofs.contains(name))
                    .forEach(name -> idle.add(file + " " + name));
        }
        assertThat(idle).as("methods named after a requirement that never run").isEmpty();
    }

    /// The cell of each requirement as it must be.
    private SortedMap<String, String> proofs() {
        SortedMap<String, TreeSet<String>> names = new TreeMap<>();
        for (Path file : tests()) {
            String type = file.getFileName().toString().replace(".java", "");
            PROOF.matcher(repository.text(file)).results().forEach(match -> {
                String method = match.group(1);
                names.computeIfAbsent("R" + method.substring(1, 3), _ -> new TreeSet<>())
                        .add(type + "#" + method);
            });
        }
        SortedMap<String, String> cells = new TreeMap<>();
        names.forEach((id, all) -> cells.put(id, all.stream().collect(Collectors.joining("`<br>`", "`", "`"))));
        return cells;
    }

    private List<Path> tests() {
        return repository.files(".java").stream()
                .filter(file -> file.toString().contains("src/test/java/"))
                .toList();
    }

    private List<Row> rows() {
        return repository.lines(TABLE).stream()
                .filter(line -> ROW.matcher(line).matches())
                .map(Row::of)
                .toList();
    }

    private record Row(String id, String proofs, String missing) {
        static Row of(String line) {
            String[] cells = line.split("\\|", -1);
            assertThat(cells).as("four cells in: %s", line).hasSize(6);
            return new Row(cells[1].strip(), cells[3].strip(), cells[4].strip());
        }
    }
}
