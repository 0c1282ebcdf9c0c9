package org.likeness.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The canary of [TidyTest]: a tree in which every rule must find something. A rule that finds nothing here is
/// blind.
class TidyCanaryTest {
    private static final String UNTIDY_POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <dependencies>
                <dependency><groupId>org.likeness</groupId><artifactId>likeness-store</artifactId></dependency>
                <dependency><groupId>org.jdbi</groupId><artifactId>jdbi3-core</artifactId></dependency>
              </dependencies>
            </project>
            """;

    private static final String TIDY_README = """
            # One

            [a](docs/decisions/0001-a.md#0001-a-not-b) [b](https://likeness.org/)

            ```
            # a comment [c](gone.md)
            ```

            http://localhost:8080/ and `[d](gone.md)`
            """;

    @TempDir
    Path root;

    @ParameterizedTest
    @EnumSource
    void every_rule_finds_fault_with_an_untidy_tree(TidyTest.Rule rule) throws IOException {
        writeUntidyTree();
        assertThat(rule.check(new Repository(root))).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void no_rule_finds_fault_with_a_tidy_tree(TidyTest.Rule rule) throws IOException {
        writeTidyTree();
        assertThat(rule.check(new Repository(root))).isEmpty();
    }

    @Test
    void findings_say_file_line_and_problem() throws IOException {
        writeUntidyTree();
        Repository repository = new Repository(root);
        assertThat(JavaRules.longMethods(repository))
                .extracting(Finding::toString)
                .containsExactly("core/src/main/java/a/A.java:2 longest is longer than 60 lines");
        assertThat(DocumentRules.deadLinks(repository))
                .extracting(Finding::toString)
                .containsExactly(
                        "README.md:3 links to nothing: gone.md", "README.md:4 links to nothing: #no-such-heading");
        assertThat(TextRules.downloadHosts(repository))
                .extracting(Finding::line)
                .containsExactly(2L, 3L, 4L);
        assertThat(BuildFileRules.wrongArrows(repository))
                .extracting(Finding::problem)
                .containsExactly("core may not depend on org.likeness:likeness-store");
    }

    @Test
    void a_method_of_sixty_lines_and_a_line_of_120_characters_are_still_tidy() throws IOException {
        write("core/src/main/java/a/A.java", "class A {\n" + method(60) + "// " + "x".repeat(117) + "\n}\n");
        Repository repository = new Repository(root);
        assertThat(JavaRules.longMethods(repository)).isEmpty();
        assertThat(JavaRules.longLines(repository)).isEmpty();
    }

    @Test
    void what_the_build_made_is_not_looked_at() throws IOException {
        write("core/target/a.md", "no title");
        write("models/node_modules/a/a.md", "no title");
        write("build/a.md", "no title");
        write("models/src/build/a.md", "# A title");
        assertThat(new Repository(root).files()).containsExactly(Path.of("models/src/build/a.md"));
    }

    private void writeUntidyTree() throws IOException {
        write("core/src/main/java/a/A.java", "class A {\n" + method(61) + "\n".repeat(500) + "}\n");
        write("core/src/main/java/a/B.java", "// " + "x".repeat(118) + "\nclass B {}\n");
        write("core/pom.xml", UNTIDY_POM);
        write("README.md", "# One\n# Two\n[a](gone.md)\n[b](#no-such-heading)\n");
        write("docs/decisions/0002-b.md", "# 0002: B\n");
        write(
                "notes.txt",
                "/ho" + "me/somebody/likeness\nhttps://nexus.example/x\nhttp://10.0.0.1/\nhttp://build:80/\n");
        write("plan.txt", "TO" + "DO: later\n");
    }

    private void writeTidyTree() throws IOException {
        write("core/src/main/java/a/A.java", "package a;\n\nclass A {\n" + method(9) + "}\n");
        write("core/src/main/java/a/package-info.java", "@NullMarked\npackage a;\n");
        write("core/pom.xml", "<project xmlns=\"http://maven.apache.org/POM/4.0.0\"/>\n");
        write(
                "vision/pom.xml",
                UNTIDY_POM.replace("likeness-store", "likeness-core").replace("org.jdbi", "org.bytedeco"));
        write("docs/dependencies.md", "# From elsewhere\n\n| `org.bytedeco:jdbi3-core` | a reason |\n");
        write("docs/decisions/README.md", "# Decisions\n\n- [A, not B](0001-a.md)\n");
        write("docs/decisions/0001-a.md", "# 0001: A, not B\n\nStatus: accepted\n");
        write("README.md", TIDY_README);
    }

    private void write(String file, String text) throws IOException {
        Path target = root.resolve(file);
        Files.createDirectories(target.getParent());
        Files.writeString(target, text);
    }

    /// A method of that many lines, its declaration and closing brace among them.
    private static String method(int lines) {
        return "void longest() {\n" + "go();\n".repeat(lines - 2) + "}\n";
    }
}
