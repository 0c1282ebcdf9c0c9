package org.likeness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Every failure that a page can show has a code, and every code has words for pages, in each language.
/// The sources are read for it, since a failure that nobody provoked in a test must not show English either.
class FailureTextsTest {
    private static final List<String> MODULES = List.of("core", "library", "store", "vision", "server");
    private static final Pattern MADE_BY = Pattern.compile("\\bLikenessException (\\w+)\\(");
    private static final Pattern EXTENDS = Pattern.compile("\\bclass \\w+ extends (\\w+)");
    private static final Pattern CALLED = Pattern.compile("\\s*\\.called\\(\\s*\"([a-z0-9.-]+)\"");
    private static final Pattern COMMAND = Pattern.compile("likeness [a-z]|--[a-z]");

    /// Files whose failures no page shows, and why.
    private static final Map<String, String> NEVER_ON_A_PAGE = Map.ofEntries(
            Map.entry("AccessBundle", "writes into a folder that a command names"),
            Map.entry("AttackTable", "measures for a command"),
            Map.entry("BackupFolder", "a command backs up and restores"),
            Map.entry("DemoPhotos", "a command makes the demo"),
            Map.entry("DocumentFolder", "writes into a folder that a command names"),
            Map.entry("KeysBackup", "a command backs up"),
            Map.entry("LedgerFollower", "when a data directory is opened"),
            Map.entry("Likeness", "when a data directory is opened"),
            Map.entry("LikenessException", "gives codes"),
            Map.entry("LogExport", "a command exports the log"),
            Map.entry("ModelPack", "when packs are installed or opened"),
            Map.entry("NativeLibraries", "when packs are opened"),
            Map.entry("OwnCertificate", "when the server starts"),
            Map.entry("PackDownload", "a command fetches packs"),
            Map.entry("PackFormat", "when packs are installed or opened"),
            Map.entry("PostgresDatabase", "a command backs up"),
            Map.entry("RecordsBackup", "a command backs up and restores"),
            Map.entry("Restoration", "a command restores"),
            Map.entry("Schema", "when a data directory is opened"),
            Map.entry("Server", "when the server starts"),
            Map.entry("ServerOptions", "when the server starts"),
            Map.entry("Settings", "when a data directory is opened"),
            Map.entry("SqlVaultWriting", "a command renews keys"),
            Map.entry("SqlWriting", "the importer asks the same before"),
            Map.entry("VaultDesk", "a command measures the vault"));

    /// Single failures that no page shows: what they say, and why.
    private static final Map<String, String> SAID_ELSEWHERE = Map.of(
            "has a key version", "a new collection has no key yet",
            "the log has a key already", "when a data directory is opened",
            "the deletion ledger holds an entry", "when a data directory is opened",
            "has or had a secret already", "a new person has no secret yet",
            "is installed already", "a command installs packs",
            "the model pack cannot be written", "a command installs packs",
            "the folder has no file with SHA-256", "a command installs packs",
            "the model packs cannot be listed", "a command lists packs",
            "PackDownload.wrong(", "a command installs packs",
            "server.oidc.client-secret-file", "when the server starts");

    private static final Map<String, List<Site>> SITES = new LinkedHashMap<>();

    /// Where a failure is made.
    ///
    /// @param said the call that makes it
    /// @param code what it is called; empty when it has no name
    private record Site(String said, String code) {}

    private record Source(String name, String text) {}

    @BeforeAll
    static void read() throws IOException {
        List<Source> sources = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> all = Files.walk(Path.of("..", module, "src", "main", "java"))) {
                for (Path file : all.filter(path -> path.toString().endsWith(".java"))
                        .sorted()
                        .toList()) {
                    String name = file.getFileName().toString().replace(".java", "");
                    sources.add(new Source(name, Files.readString(file)));
                }
            }
        }
        List<String> makers = sources.stream()
                .flatMap(source -> makers(source).map(maker -> source.name() + "." + maker))
                .toList();
        for (Source source : sources) {
            SITES.put(source.name(), sites(source, makers));
        }
    }

    @Test
    void every_code_has_words_in_each_language_and_no_words_are_left_over() throws IOException {
        Set<String> codes = SITES.values().stream()
                .flatMap(List::stream)
                .map(Site::code)
                .filter(code -> !code.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(codes).as("codes found in the sources").hasSizeGreaterThan(150);
        Set<String> keys = codes.stream()
                .flatMap(code -> Stream.of("problem." + code, "problem." + code + ".advice"))
                .collect(Collectors.toCollection(TreeSet::new));
        for (String file : List.of("texts.properties", "texts_de.properties")) {
            Set<String> words = texts(file).stringPropertyNames().stream()
                    .filter(key -> key.startsWith("problem."))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(words).as(file).isEqualTo(keys);
        }
    }

    @Test
    void every_failure_that_a_page_can_show_has_a_code() {
        List<String> nameless = SITES.entrySet().stream()
                .filter(file -> !NEVER_ON_A_PAGE.containsKey(file.getKey()))
                .flatMap(file -> file.getValue().stream()
                        .filter(site -> site.code().isEmpty())
                        .filter(site -> SAID_ELSEWHERE.keySet().stream().noneMatch(site.said()::contains))
                        .map(site -> file.getKey() + ": " + site.said()))
                .toList();
        assertThat(nameless).isEmpty();
    }

    @Test
    void what_is_excused_is_there_still() {
        assertThat(SITES.keySet()).containsAll(NEVER_ON_A_PAGE.keySet());
        for (String excused : SAID_ELSEWHERE.keySet()) {
            assertThat(SITES.values().stream().flatMap(List::stream))
                    .as(excused)
                    .anyMatch(site -> site.code().isEmpty() && site.said().contains(excused));
        }
    }

    @Test
    void no_words_of_pages_name_a_command_or_its_options() throws IOException {
        for (String file : List.of("texts.properties", "texts_de.properties")) {
            Properties texts = texts(file);
            assertThat(texts.stringPropertyNames().stream()
                            .filter(key -> key.startsWith("problem."))
                            .filter(key ->
                                    COMMAND.matcher(texts.getProperty(key)).find()))
                    .as(file)
                    .isEmpty();
        }
    }

    /// Methods that make a failure without a code, for their callers to name.
    private static Stream<String> makers(Source source) {
        return MADE_BY.matcher(source.text())
                .results()
                .filter(found -> body(source.text(), found).isPresent())
                .filter(found -> !body(source.text(), found).orElseThrow().contains(".called("))
                .map(found -> found.group(1))
                .distinct();
    }

    private static Optional<String> body(String text, MatchResult declared) {
        int end = closing(text, declared.end());
        return text.substring(end).stripLeading().startsWith("{")
                ? Optional.of(text.substring(end, text.indexOf("\n    }", end)))
                : Optional.empty();
    }

    private static List<Site> sites(Source source, List<String> makers) {
        String text = source.text();
        Matcher inherits = EXTENDS.matcher(text);
        Set<String> near = inherits.find() ? Set.of(source.name(), inherits.group(1)) : Set.of(source.name());
        String own = makers.stream()
                .map(maker -> near.contains(maker.replaceFirst("\\..*", "")) ? maker.replaceFirst(".*\\.", "") : maker)
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        Matcher calls = Pattern.compile("(?<![\\w.])(?<!LikenessException )(?:new LikenessException|" + own + ")\\(")
                .matcher(text);
        List<Site> sites = new ArrayList<>();
        while (calls.find()) {
            int end = closing(text, calls.end());
            Matcher code = CALLED.matcher(text).region(end, text.length());
            boolean named = code.lookingAt();
            if (!named && inMaker(source, calls.start(), makers)) {
                continue; // its callers name it
            }
            String said = text.substring(calls.start(), end).replaceAll("\\s+", " ");
            sites.add(new Site(said.replaceAll("\" \\+ \"", ""), named ? code.group(1) : ""));
        }
        return sites;
    }

    private static boolean inMaker(Source source, int at, List<String> makers) {
        return MADE_BY.matcher(source.text())
                .results()
                .filter(found -> makers.contains(source.name() + "." + found.group(1)))
                .anyMatch(found -> {
                    int end = closing(source.text(), found.end());
                    return found.start() < at && at < source.text().indexOf("\n    }", end);
                });
    }

    /// Where the bracket that was opened before is closed; brackets in strings do not count.
    private static int closing(String text, int from) {
        int open = 1;
        boolean quoted = false;
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quoted && c == '\\') {
                at++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '(' || c == ')')) {
                open += c == '(' ? 1 : -1;
                if (open == 0) {
                    return at + 1;
                }
            }
        }
        throw new IllegalStateException("a bracket is not closed");
    }

    private static Properties texts(String name) throws IOException {
        Properties texts = new Properties();
        try (Reader reader = Files.newBufferedReader(
                Path.of("src/main/resources/org/likeness/server").resolve(name))) {
            texts.load(reader);
        }
        return texts;
    }
}
