package org.likeness.architecture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/// Rules about the build files: the arrows between modules, and what comes from elsewhere.
final class BuildFileRules {
    private static final String OURS = "org.likeness";
    private static final Path REASONS = Path.of("docs", "dependencies.md");
    private static final Pattern NPM_DEPENDENCY = Pattern.compile("\"(@?[\\w./-]+)\": *\"[~^]?\\d[^\"]*\"");

    /// Which of our modules a module may need to compile or run. Tests may use the testkit; nobody uses the bench.
    private static final Map<String, Set<String>> ARROWS = Map.of(
            "core", Set.of(),
            "models", Set.of(),
            "vision", Set.of("likeness-core"),
            "index", Set.of("likeness-core"),
            "store", Set.of("likeness-core"),
            "testkit", Set.of("likeness-core", "likeness-models"),
            "library",
                    Set.of("likeness-core", "likeness-vision", "likeness-index", "likeness-store", "likeness-models"),
            "server", Set.of("likeness", "likeness-core"),
            "cli", Set.of("likeness-server", "likeness", "likeness-core"));

    /// Which module owns what comes from elsewhere, by the start of its group.
    private static final Map<String, Set<String>> OWNERS = Map.ofEntries(
            Map.entry("com.microsoft.onnxruntime", Set.of("vision")),
            Map.entry("org.bytedeco", Set.of("vision")),
            Map.entry("com.drewnoakes", Set.of("vision")),
            Map.entry("com.twelvemonkeys", Set.of("vision")),
            Map.entry("tools.jackson", Set.of("vision", "models", "server", "cli")),
            Map.entry("org.springframework", Set.of("server")),
            Map.entry("io.micrometer", Set.of("server")),
            Map.entry("org.bouncycastle", Set.of("server")),
            Map.entry("org.jspecify", Set.of("server", "cli")),
            Map.entry("gg.jte", Set.of("server")),
            Map.entry("com.webauthn4j", Set.of("server")),
            Map.entry("com.nimbusds", Set.of("server")),
            Map.entry("org.webjars", Set.of("server")),
            Map.entry("org.jdbi", Set.of("store")),
            Map.entry("com.zaxxer", Set.of("store")),
            Map.entry("org.flywaydb", Set.of("store")),
            Map.entry("org.xerial", Set.of("store")),
            Map.entry("org.postgresql", Set.of("store")),
            Map.entry("info.picocli", Set.of("cli")),
            Map.entry("org.slf4j", Set.of("cli")),
            Map.entry("org.junit", Set.of("testkit")),
            Map.entry("org.assertj", Set.of("testkit")));

    private BuildFileRules() {}

    /// Everything the build takes from elsewhere has its line, with its reason and licence.
    static List<Finding> unexplainedDependencies(Repository repository) {
        String reasons = repository.has(REASONS) ? repository.text(REASONS) : "";
        List<Finding> findings = new ArrayList<>();
        for (Path file : repository.files("pom.xml")) {
            for (Element taken : taken(repository, file, "dependency", "plugin", "path")) {
                String name = group(taken) + ":" + child(taken, "artifactId");
                if (!group(taken).startsWith(OURS) && !reasons.contains("| `" + name + "` |")) {
                    findings.add(new Finding(file, 0, name + " has no line in " + REASONS));
                }
            }
        }
        for (Path file : repository.files("package.json")) {
            NPM_DEPENDENCY
                    .matcher(repository.text(file))
                    .results()
                    .map(match -> match.group(1))
                    .filter(name -> !name.equals("version") && !reasons.contains("| `" + name + "` |"))
                    .forEach(name -> findings.add(new Finding(file, 0, name + " has no line in " + REASONS)));
        }
        return findings;
    }

    static List<Finding> wrongArrows(Repository repository) {
        return inModules(
                repository,
                module -> needed -> group(needed).equals(OURS)
                        && !ARROWS.getOrDefault(module, Set.of()).contains(child(needed, "artifactId"))
                        && !(isForTests(needed) && !child(needed, "artifactId").equals("likeness-bench")));
    }

    /// Test-only ones may be anywhere: they reach no user and no public signature.
    static List<Finding> strayDependencies(Repository repository) {
        return inModules(
                repository,
                module -> needed -> !group(needed).equals(OURS)
                        && !isForTests(needed)
                        && OWNERS.entrySet().stream()
                                .filter(owner -> group(needed).startsWith(owner.getKey()))
                                .noneMatch(owner -> owner.getValue().contains(module)));
    }

    private static List<Finding> inModules(Repository repository, Function<String, Function<Element, Boolean>> wrong) {
        List<Finding> findings = new ArrayList<>();
        for (Path file : repository.files("pom.xml")) {
            Path folder = file.getParent();
            if (folder == null || folder.toString().equals("bench")) {
                continue;
            }
            taken(repository, file, "dependency").stream()
                    .filter(needed -> wrong.apply(folder.toString()).apply(needed))
                    .map(needed -> folder + " may not depend on " + group(needed) + ":" + child(needed, "artifactId"))
                    .forEach(problem -> findings.add(new Finding(file, 0, problem)));
        }
        return findings;
    }

    private static boolean isForTests(Element dependency) {
        return child(dependency, "scope").equals("test");
    }

    private static String group(Element taken) {
        String group = child(taken, "groupId");
        return group.isEmpty() ? "org.apache.maven.plugins" : group;
    }

    private static List<Element> taken(Repository repository, Path pom, String... tags) {
        try {
            var document = DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .parse(repository.root().resolve(pom).toFile());
            return Stream.of(tags)
                    .flatMap(tag -> elements(document.getElementsByTagNameNS("*", tag)))
                    .filter(element -> !child(element, "artifactId").isEmpty())
                    .toList();
        } catch (ParserConfigurationException | SAXException | IOException failure) {
            throw new IllegalArgumentException(pom + " cannot be read", failure);
        }
    }

    private static String child(Element parent, String tag) {
        return elements(parent.getChildNodes())
                .filter(element -> tag.equals(element.getLocalName()))
                .map(Node::getTextContent)
                .findFirst()
                .orElse("")
                .strip();
    }

    private static Stream<Element> elements(NodeList nodes) {
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast);
    }
}
