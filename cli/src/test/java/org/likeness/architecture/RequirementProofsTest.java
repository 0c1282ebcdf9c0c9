package org.likeness.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// `docs/reference/requirements.md` names every test that proves a requirement.
class RequirementProofsTest {
    private final Requirements requirements = new Requirements(Repository.here());

    @Test
    void every_row_names_all_the_tests_that_prove_it() {
        var proofs = requirements.proofs();
        List<String> wrong = requirements.rows().stream()
                .filter(row -> !List.copyOf(proofs.getOrDefault(row.id(), new TreeSet<>()))
                        .equals(row.proofs()))
                .map(Requirements.Row::id)
                .toList();
        assertThat(wrong)
                .as(
                        "rows of %s that do not name their tests as they are: add Class#method to each, which"
                                + " tools/requirements.sh does, and read what is still missing",
                        Requirements.TABLE)
                .isEmpty();
        Set<String> known = new TreeSet<>();
        requirements.rows().forEach(row -> known.add(row.id()));
        assertThat(proofs.keySet())
                .as("tests named after a requirement there is none of")
                .isSubsetOf(known);
    }

    @Test
    void a_row_with_a_test_does_not_say_that_there_is_none() {
        assertThat(requirements.rows().stream()
                        .filter(row -> !row.proofs().isEmpty() && row.saysThereIsNone())
                        .map(Requirements.Row::id))
                .as("rows of %s that have tests now: say what alone is missing, or nothing", Requirements.TABLE)
                .isEmpty();
    }

    @Test
    void what_is_named_like_a_proof_is_a_test() {
        assertThat(requirements.idle())
                .as("methods named after a requirement that never run")
                .isEmpty();
    }
}
