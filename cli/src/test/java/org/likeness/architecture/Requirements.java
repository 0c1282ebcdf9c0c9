package org.likeness.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The table of requirements as it stands, and the tests that are named after requirements.
record Requirements(Repository repository) {
    static final Path TABLE = Path.of("docs", "reference", "requirements.md");

    private static final Pattern ROW = Pattern.compile("\\| (R\\d\\d) \\|.*");

    /// A test method, whatever stands between its annotation and its name.
    private static final Pattern PROOF =
            Pattern.compile("@\\w*Test\\b(?:(?!\\bvoid\\b)[\\s\\S])*?\\bvoid\\s+(r\\d\\d_\\w+)\\(");

    private static final Pattern NAMED_LIKE_A_PROOF = Pattern.compile("\\bvoid\\s+(r\\d\\d_\\w+)\\(");

    /// A row of the table.
    ///
    /// @param proofs `Class#method`, as they are listed
    /// @param missing what of it is not there yet; empty: nothing
    record Row(String id, List<String> proofs, String missing) {
        private static Row of(String line) {
            String[] cells = line.split("\\|", -1);
            assertThat(cells).as("four cells in: %s", line).hasSize(6);
            List<String> proofs = Stream.of(cells[3].strip().split("<br>", -1))
                    .map(proof -> proof.replaceAll("^`|`$", ""))
                    .filter(proof -> !proof.isEmpty())
                    .toList();
            return new Row(cells[1].strip(), proofs, cells[4].strip());
        }

        boolean saysThereIsNone() {
            return missing.startsWith("Not yet: ") && missing.length() > "Not yet: ".length() + 10;
        }
    }

    List<Row> rows() {
        return repository.lines(TABLE).stream()
                .filter(line -> ROW.matcher(line).matches())
                .map(Row::of)
                .toList();
    }

    /// The tests of each requirement, by its id, in the order of their names.
    Map<String, SortedSet<String>> proofs() {
        Map<String, SortedSet<String>> proofs = new TreeMap<>();
        for (Path file : tests()) {
            for (String method : names(PROOF, file)) {
                proofs.computeIfAbsent("R" + method.substring(1, 3), _ -> new TreeSet<>())
                        .add(file.getFileName().toString().replace(".java", "") + "#" + method);
            }
        }
        return proofs;
    }

    /// Methods that are named after a requirement and never run.
    List<String> idle() {
        return tests().stream()
                .flatMap(file -> {
                    SortedSet<String> idle = names(NAMED_LIKE_A_PROOF, file);
                    idle.removeAll(names(PROOF, file));
                    return idle.stream().map(name -> file + " " + name);
                })
                .toList();
    }

    private SortedSet<String> names(Pattern pattern, Path file) {
        return pattern.matcher(repository.text(file))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<Path> tests() {
        return repository.files(".java").stream()
                .filter(file -> file.toString().contains("src/test/java/"))
                .toList();
    }
}
