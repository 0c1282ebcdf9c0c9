package org.likeness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Notices, people and consent as somebody at a terminal meets them.
class ConsentJourneyTest {
    @TempDir
    private Path temp;

    private Cli cli;

    @BeforeEach
    void dataDirectory() throws Exception {
        cli = new Cli(temp.resolve("data"));
        Files.writeString(temp.resolve("en.txt"), "We look for your face in the photos of our club.\n");
        Files.writeString(temp.resolve("de.txt"), "Wir suchen dein Gesicht in den Fotos unseres Vereins. Schön!\n");
    }

    private Cli.Ended notice(String... more) throws Exception {
        return cli.run(Stream.concat(
                        Stream.of(
                                "notice",
                                "publish",
                                "--json",
                                "--text",
                                "en=" + temp.resolve("en.txt"),
                                "--text",
                                "de=" + temp.resolve("de.txt")),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private void basis(String collection) throws Exception {
        Cli.Ended recorded = cli.run(
                "collection",
                "basis",
                collection,
                "--controller=The club",
                "--lawful-basis=consent",
                "--condition=explicit-consent",
                "--purpose=find-myself,find-consenting",
                "--photos-kept=2y",
                "--templates-kept=1y",
                "--inactivity=1y",
                "--notice=1",
                "--alternative=By date.",
                "--dpia=not-needed",
                "--dpia-reason=Few photos.");
        assertThat(recorded.code()).as(recorded.err()).isZero();
    }

    private JsonNode choices(String person) throws Exception {
        return cli.run("consent", "show", person, "--json").json().get("choices");
    }

    @Test
    void r20_r21_choices_are_separate_and_a_yes_makes_a_signed_receipt() throws Exception {
        cli.run("collection", "create", "club");
        Cli.Ended early = cli.run("person", "add", "--json");
        String ada = early.json().get("person").asString();
        Cli.Ended without = cli.run("consent", "give", ada, "--choice", "myself", "--method", "page");
        assertThat(without.code()).isEqualTo(ExitCode.REFUSED.number());
        assertThat(without.err()).contains("no notice was published").contains("likeness notice publish");
        assertThat(notice("--material").json().at("/texts/0/language").asString())
                .isEqualTo("de");
        assertThat(cli.run("notice", "show", "--language", "de").out()).contains("Schön!");
        basis("club");

        // 20: nothing is ticked, and each choice is named
        assertThat(cli.run("consent", "give", ada, "--method", "page").code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(choices(ada).size()).isZero();
        Path receipt = temp.resolve("receipt.json");
        Cli.Ended given = cli.run(
                "consent",
                "give",
                ada,
                "--choice",
                "myself",
                "--refuse",
                "staff",
                "--method",
                "page",
                "--language",
                "de",
                "--receipt",
                receipt.toString());
        assertThat(given.code()).as(given.err()).isZero();
        assertThat(choices(ada).at("/0/state").asString()).isEqualTo("given");
        assertThat(choices(ada).at("/1/state").asString()).isEqualTo("refused");

        assertThat(given.out()).contains("myself, staff (no).");

        // 21: what was shown, in which language, when, how, by whom; the log knows nothing of the code
        JsonNode file = Cli.parse(Files.readString(receipt));
        JsonNode statement = Cli.parse(file.get("statement").asString());
        assertThat(statement.get("notice").asInt()).isEqualTo(1);
        assertThat(statement.get("language").asString()).isEqualTo("de");
        assertThat(statement.get("textSha256").asString()).hasSize(64);
        assertThat(statement.get("choices").toString()).isEqualTo("[\"myself=given\",\"staff=refused\"]");
        assertThat(statement.get("purposes").toString()).isEqualTo("[\"find-myself\"]");
        assertThat(statement.propertyNames()).contains("at", "method", "capturedBy", "collection", "salt");
        String code = file.at("/extra/withdrawal code").asString();
        assertThat(cli.run("audit", "verify", "--receipt", receipt.toString()).code())
                .isZero();
        assertThat(cli.run("audit", "show").out()).doesNotContain(code);
        String key = cli.run("audit", "key").out().strip();
        assertThat(verifier(receipt, key)).startsWith("VALID").contains("textSha256");
        Path altered = temp.resolve("altered.json");
        Files.writeString(
                altered,
                Files.readString(receipt).replace("\\\"language\\\":\\\"de\\\"", "\\\"language\\\":\\\"en\\\""));
        assertThat(verifier(altered, key)).startsWith("NOT VALID");
    }

    /// The verifier as people run it: one copied source file and a JDK, nothing of Likeness.
    private static String verifier(Path receipt, String key) throws Exception {
        Path source = Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .map(folder -> folder.resolve("verifier/src/main/java/Verify.java"))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
        Path copied = Files.copy(source, receipt.resolveSibling("Verify.java"), StandardCopyOption.REPLACE_EXISTING);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        copied.toString(),
                        receipt.toString(),
                        "--key",
                        key)
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return out;
    }

    @Test
    void r22_r23_a_changed_notice_suspends_and_the_receipt_alone_takes_consent_back() throws Exception {
        cli.run("collection", "create", "club");
        notice();
        basis("club");
        String ada = cli.run("person", "add", "--json").json().get("person").asString();
        Path receipt = temp.resolve("receipt.json");
        cli.run(
                "consent",
                "give",
                ada,
                "--choice",
                "myself",
                "--method",
                "page",
                "--language",
                "de",
                "--receipt",
                receipt.toString());
        String code = Cli.parse(Files.readString(receipt))
                .at("/extra/withdrawal code")
                .asString();

        // 23: a material change of the notice makes consent rest until it is given again
        notice("--material");
        assertThat(choices(ada).at("/0/state").asString()).isEqualTo("suspended");
        assertThat(cli.run("consent", "renew", ada, "--choice", "group:team", "--method", "page", "--language", "de")
                        .code())
                .isEqualTo(ExitCode.REFUSED.number());
        JsonNode renewed = cli.run(
                        "consent", "renew", ada, "--choice", "myself", "--method", "page", "--language", "en", "--json")
                .json();
        assertThat(choices(ada).at("/0/state").asString()).isEqualTo("given");
        assertThat(Cli.parse(renewed.get("receipt").asString())
                        .at("/extra/withdrawal code")
                        .asString())
                .isEqualTo(renewed.get("code").asString());

        // 22: one command and the receipt, even the older one
        Path confirmation = temp.resolve("confirmation.json");
        Cli.Ended withdrawn = cli.run(
                "consent", "withdraw", "--receipt", receipt.toString(), "--confirmation", confirmation.toString());
        assertThat(withdrawn.code()).as(withdrawn.err()).isZero();
        assertThat(choices(ada).at("/0/state").asString()).isEqualTo("withdrawn");
        assertThat(Files.readString(confirmation)).contains("myself=withdrawn").doesNotContain("withdrawal code");
        assertThat(cli.run("consent", "withdraw", "--code", code.toUpperCase(java.util.Locale.ROOT))
                        .out())
                .contains("Nothing was left to withdraw");
        assertThat(cli.run("consent", "withdraw", "--code", "0".repeat(32)).code())
                .isEqualTo(ExitCode.NOT_FOUND.number());
    }

    @Test
    void names_come_from_standard_input_are_shown_and_stand_nowhere_in_the_clear() throws Exception {
        cli.run("collection", "create", "ours", "--profile", "household");
        Cli.Ended added = cli.runWith("name: Ada Sönnichsen\ncontact: ada@mail.example\n", "person", "add", "--stdin");
        assertThat(added.code()).as(added.err()).isZero();
        assertThat(added.out()).doesNotContain("consent"); // a household is asked nothing
        JsonNode people = cli.run("person", "list", "--json").json().get("people");
        assertThat(people.at("/0/name").asString()).isEqualTo("Ada Sönnichsen");
        String id = people.at("/0/person").asString();
        assertThat(cli.run("person", "change", id, "--contact", "", "--language", "de")
                        .code())
                .isZero();
        JsonNode shown = cli.run("person", "show", id, "--json").json();
        assertThat(shown.has("contact")).isFalse();
        assertThat(shown.get("language").asString()).isEqualTo("de");
        Cli.Ended bad = cli.runWith("Ada Sönnichsen\n", "person", "add", "--stdin");
        assertThat(bad.code()).isEqualTo(ExitCode.BAD_INPUT.number());
        assertThat(bad.err()).contains("line 1").doesNotContain("nnichsen");
        assertThat(cli.run("person", "show", "Ada").err())
                .contains("must be a UUID")
                .doesNotContain("Ada");
        try (Stream<Path> files = Files.walk(temp.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain("nnichsen", "ada@mail");
            }
        }
    }

    @Test
    void r24_a_minor_needs_every_guardian_told_and_one_of_them_in_writing() throws Exception {
        cli.run("collection", "create", "school");
        notice();
        basis("school");
        assertThat(cli.run("person", "add", "--comes-of-age", "1999-01-31").out())
                .contains("of age already");
        String ben = cli.run("person", "add", "--comes-of-age", "2099-01-31", "--json")
                .json()
                .get("person")
                .asString();
        String one = guardian(ben);
        String other = guardian(ben);
        String mistaken = guardian(ben);
        assertThat(cli.run("person", "guardian", "change", ben, mistaken, "--name", "Kim")
                        .code())
                .isZero();
        assertThat(cli.run("person", "guardian", "list", ben).out()).contains("Kim");
        assertThat(cli.run("person", "guardian", "remove", mistaken).code()).isZero();
        assertThat(cli.run("person", "guardian", "list", ben).out()).doesNotContain(mistaken);
        give(ben, one, "spoken");
        assertThat(cli.run("consent", "show", ben).out()).contains("not every guardian was told");
        assertThat(cli.run("person", "guardian", "notified", other).code()).isZero();
        assertThat(cli.run("consent", "show", ben).out()).contains("in writing");
        give(ben, one, "paper");
        assertThat(choices(ben).at("/0/state").asString()).isEqualTo("given");
        assertThat(choices(ben).at("/0/endsAt").asString()).startsWith("2099-01-31");
        assertThat(cli.run("consent", "withdraw", ben, "--guardian", other).code())
                .isZero();
        assertThat(choices(ben).at("/0/state").asString())
                .as("any guardian's objection ends it")
                .isEqualTo("withdrawn");
        assertThat(cli.run("person", "guardian", "remove", other).code())
                .as("who objected cannot be removed")
                .isEqualTo(ExitCode.REFUSED.number());
    }

    private String guardian(String minor) throws Exception {
        return cli.run("person", "guardian", "add", minor, "--json")
                .json()
                .get("guardian")
                .asString();
    }

    private void give(String minor, String guardian, String method) throws Exception {
        Cli.Ended given = cli.run(
                "consent",
                "give",
                minor,
                "--choice",
                "myself",
                "--guardian",
                guardian,
                "--method",
                method,
                "--language",
                "en");
        assertThat(given.code()).as(given.err()).isZero();
        assertThat(given.out()).contains("Withdrawal code");
    }
}
