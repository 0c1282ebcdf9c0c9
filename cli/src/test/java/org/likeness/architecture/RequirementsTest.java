package org.likeness.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// `docs/reference/requirements.md` lists each requirement once, names only tests that are there, and says
/// what is missing where it names none. [RequirementProofsTest] checks that it names all of them.
class RequirementsTest {
    private static final int REQUIREMENTS = 50;

    private final Requirements requirements = new Requirements(Repository.here());

    @Test
    void every_requirement_has_one_row() {
        List<String> expected = IntStream.rangeClosed(1, REQUIREMENTS)
                .mapToObj("R%02d"::formatted)
                .toList();
        assertThat(requirements.rows().stream().map(Requirements.Row::id))
                .as("rows of %s, each requirement once and in order", Requirements.TABLE)
                .isEqualTo(expected);
    }

    @Test
    void every_test_a_row_names_is_there() {
        List<String> gone = requirements.rows().stream()
                .flatMap(row -> row.proofs().stream())
                .filter(proof -> requirements.proofs().values().stream().noneMatch(all -> all.contains(proof)))
                .toList();
        assertThat(gone)
                .as("tests that %s names and nobody finds; run tools/requirements.sh", Requirements.TABLE)
                .isEmpty();
    }

    @Test
    void a_row_that_names_no_test_says_why() {
        assertThat(requirements.rows().stream()
                        .filter(row -> row.proofs().isEmpty() && !row.saysThereIsNone())
                        .map(Requirements.Row::id))
                .as(
                        "rows of %s without a test: name it rNN_… and run tools/requirements.sh, or say in the last"
                                + " column \"Not yet: \" and why",
                        Requirements.TABLE)
                .isEmpty();
    }
}
