package org.likeness.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What people wrote is tidy. [TidyCanaryTest] shows that each rule can fail.
class TidyTest {
    /// A ratchet: files that break a rule and are still to be put in order. Only ever remove from it.
    private static final Set<Path> NOT_YET_TIDY = Set.of();

    /// Every rule, named by what the tree must have none of.
    enum Rule {
        LONG_METHODS,
        LONG_FILES,
        LONG_LINES,
        PACKAGES_THAT_DO_NOT_SAY_WHAT_IS_NULL,
        PROMISES,
        MACHINE_PATHS,
        DOWNLOAD_HOSTS,
        UNTITLED_DOCUMENTS,
        DEAD_LINKS,
        UNLISTED_DECISIONS,
        UNEXPLAINED_DEPENDENCIES,
        WRONG_ARROWS,
        STRAY_DEPENDENCIES;

        List<Finding> check(Repository repository) {
            return switch (this) {
                case LONG_METHODS -> JavaRules.longMethods(repository);
                case LONG_FILES -> JavaRules.longFiles(repository);
                case LONG_LINES -> JavaRules.longLines(repository);
                case PACKAGES_THAT_DO_NOT_SAY_WHAT_IS_NULL -> JavaRules.packagesThatDoNotSayWhatIsNull(repository);
                case PROMISES -> TextRules.promises(repository);
                case MACHINE_PATHS -> TextRules.machinePaths(repository);
                case DOWNLOAD_HOSTS -> TextRules.downloadHosts(repository);
                case UNTITLED_DOCUMENTS -> DocumentRules.titles(repository);
                case DEAD_LINKS -> DocumentRules.deadLinks(repository);
                case UNLISTED_DECISIONS -> DocumentRules.decisions(repository);
                case UNEXPLAINED_DEPENDENCIES -> BuildFileRules.unexplainedDependencies(repository);
                case WRONG_ARROWS -> BuildFileRules.wrongArrows(repository);
                case STRAY_DEPENDENCIES -> BuildFileRules.strayDependencies(repository);
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_tree_has_none_of(Rule rule) {
        List<Finding> findings = rule.check(Repository.here());
        assertThat(findings)
                .as(rule.name())
                .filteredOn(finding -> !NOT_YET_TIDY.contains(finding.file()))
                .isEmpty();
    }
}
