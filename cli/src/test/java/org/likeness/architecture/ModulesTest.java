package org.likeness.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What the compiled modules know of each other and of the world. Reads `target/classes` of every module that
/// ships.
class ModulesTest {
    /// The package of each module that ships and the packages of ours it may know.
    static final List<Arrow> ARROWS = List.of(
            new Arrow("core", List.of("core")),
            new Arrow("verifier", List.of()), // checks what core makes, so it must share nothing with it
            new Arrow("models", List.of("models")),
            new Arrow("vision", List.of("vision", "core")),
            new Arrow("index", List.of("index", "core")),
            new Arrow("store", List.of("store", "core")),
            new Arrow("library", List.of("library", "core", "vision", "index", "store", "models")),
            new Arrow("server", List.of("server", "library", "core")),
            new Arrow("cli", List.of("cli", "server", "library", "core")));

    /// Packages from elsewhere and the modules that may know them. A package not listed may be known by nobody.
    private static final Map<String, Set<String>> OWNERS = Map.ofEntries(
            Map.entry("ai.onnxruntime", Set.of("vision")),
            Map.entry("org.bytedeco", Set.of("vision")),
            Map.entry("com.drew", Set.of("vision")),
            Map.entry("com.adobe", Set.of("vision")),
            Map.entry("com.twelvemonkeys", Set.of("vision")),
            Map.entry("jdk.incubator.vector", Set.of("index")),
            Map.entry("tools.jackson", Set.of("vision", "models", "server", "cli")),
            Map.entry("com.fasterxml.jackson.annotation", Set.of("server")),
            Map.entry("org.springframework", Set.of("server")),
            Map.entry("org.apache.catalina", Set.of("server")),
            Map.entry("org.apache.coyote", Set.of("server")),
            Map.entry("org.apache.tomcat", Set.of("server")),
            Map.entry("jakarta.servlet", Set.of("server")),
            Map.entry("io.micrometer", Set.of("server")),
            Map.entry("gg.jte", Set.of("server")),
            Map.entry("com.webauthn4j", Set.of("server")),
            Map.entry("com.nimbusds", Set.of("server")),
            Map.entry("org.jdbi", Set.of("store")),
            Map.entry("com.zaxxer", Set.of("store")),
            Map.entry("org.flywaydb", Set.of("store")),
            Map.entry("org.sqlite", Set.of("store")),
            Map.entry("org.postgresql", Set.of("store")),
            Map.entry("java.sql", Set.of("store")),
            Map.entry("javax.sql", Set.of("store")),
            Map.entry("picocli", Set.of("cli")));

    /// What asks about a person's traits: Likeness finds people and never describes them.
    static final Set<String> TRAITS = Set.of(
            "age",
            "ages",
            "attractiveness",
            "emotion",
            "emotions",
            "ethnic",
            "ethnicity",
            "gender",
            "genders",
            "mood",
            "race",
            "religion",
            "sex",
            "skin");

    /// A ratchet: the nouns of `core` that know each other in a circle today. Only ever shorten it.
    private static final Set<String> KNOWN_CIRCLE =
            Set.of("collection", "ingest", "photo", "records", "search", "source", "template");

    /// Classes that use `URL` and its connections, and only for what lies on the class path.
    private static final Set<String> OPENS_ITS_OWN_JAR = Set.of("org.likeness.vision.NativeLibraries");

    private static final Pattern WORD_BORDER = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z]+");

    static final JavaClasses CLASSES = imported();

    @ParameterizedTest
    @FieldSource("ARROWS")
    void a_module_knows_only_those_its_arrows_point_to(Arrow arrow) {
        noClasses()
                .that(resideInAPackage(arrow.from()))
                .should()
                .dependOnClassesThat(resideInAPackage("org.likeness..").and(not(resideInAnyPackage(arrow.to()))))
                .allowEmptyShould(
                        true) // a module may have no code yet; the next test makes sure that all there is was read
                .check(CLASSES);
    }

    @ParameterizedTest
    @FieldSource("ARROWS")
    void every_source_was_compiled_before_it_is_looked_at(Arrow arrow) {
        Path sources = Path.of(arrow.module(), "src", "main", "java");
        List<String> names = Repository.here().files(".java").stream()
                .filter(file -> file.startsWith(sources))
                .map(file -> sources.relativize(file)
                        .toString()
                        .replaceFirst("\\.java$", "")
                        .replace('/', '.'))
                .toList();
        assertThat(CLASSES.stream().map(JavaClass::getName)).containsAll(names);
    }

    @Test
    void core_knows_the_jdk_and_nothing_else() {
        classes()
                .that(resideInAPackage("org.likeness.core.."))
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..", "javax.crypto..", "org.jspecify.annotations..", "org.likeness.core.."))
                .check(CLASSES);
    }

    @Test
    void types_from_elsewhere_stay_in_the_module_that_owns_them() {
        var strays = dependencies()
                .filter(dependency -> isFromElsewhere(dependency.getTargetClass()))
                .filter(dependency -> !mayKnow(dependency.getOriginClass(), dependency.getTargetClass()))
                .map(Dependency::getDescription);
        assertThat(strays).isEmpty();
    }

    @Test
    void public_signatures_name_no_types_from_elsewhere() {
        var leaks = CLASSES.stream()
                .filter(PublicSignatures::isPublic)
                .flatMap(type -> PublicSignatures.typesIn(type)
                        .filter(named ->
                                isFromElsewhere(named) || named.getName().startsWith("jdk."))
                        .map(named -> type.getName() + " shows " + named.getName()));
        assertThat(leaks).isEmpty();
    }

    @Test
    void one_class_knows_the_vector_api() {
        assertThat(topLevelClassesKnowing(resideInAPackage("jdk.incubator.vector..")))
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void r02_one_class_reaches_the_network_to_fetch_a_pack_by_name() {
        var network = resideInAnyPackage("java.net.http..", "javax.net..", "com.sun.net..")
                .or(describe(
                        "connections",
                        type -> type.getName()
                                .matches("java\\.n(et|io\\.channels)\\..*"
                                        + "(Socket|SocketChannel|Connection|URLClassLoader)")));
        Set<String> reaching = topLevelClassesKnowing(network);
        CLASSES.stream()
                .flatMap(type -> type.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().isEquivalentTo(URL.class)
                        && call.getName().startsWith("open"))
                .map(call -> topLevel(call.getOriginOwner()))
                .forEach(reaching::add);
        reaching.removeAll(OPENS_ITS_OWN_JAR);
        assertThat(reaching).isSubsetOf("org.likeness.library.PackDownload");
    }

    @Test
    void r09_templates_are_made_in_three_places_and_one_of_them_needs_no_collection() {
        assertThat(topLevelCallersOf("FaceReader", "embed"))
                .containsExactlyInAnyOrder(
                        "org.likeness.core.ingest.TemplateFill",
                        "org.likeness.core.search.Probe",
                        "org.likeness.core.search.SharedScan");
        assertThat(topLevelCallersOf("EmbeddingGate", "outsideCollections"))
                .containsExactly("org.likeness.core.search.Finder");
    }

    private static Set<String> topLevelCallersOf(String type, String method) {
        return CLASSES.stream()
                .flatMap(caller -> caller.getMethodCallsFromSelf().stream())
                .filter(call -> call.getTargetOwner().getSimpleName().equals(type)
                        && call.getName().equals(method))
                .map(call -> topLevel(call.getOriginOwner()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void only_the_command_line_prints() {
        noClasses()
                .that(not(resideInAPackage("org.likeness.cli..")))
                .and()
                .doNotHaveFullyQualifiedName("org.likeness.models.BuildPack") // runs in the build and does not ship
                .and()
                .doNotHaveFullyQualifiedName("Verify") // a program of its own
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .check(CLASSES);
    }

    @Test
    void r16_nothing_is_named_after_a_trait_of_a_person() {
        var named = CLASSES.stream()
                .filter(not(resideInAPackage("org.likeness.cli..")))
                .flatMap(type -> Stream.concat(
                        Stream.of(type.getSimpleName()),
                        type.getMembers().stream().map(member -> member.getName())))
                .filter(name -> words(name).anyMatch(TRAITS::contains));
        assertThat(named).isEmpty();
    }

    @Test
    void nouns_of_core_do_not_know_each_other_in_circles() {
        assertThat(Circles.among(CLASSES, "org.likeness.core")).isSubsetOf(KNOWN_CIRCLE);
    }

    private static JavaClasses imported() {
        Path root = Repository.here().root();
        List<Path> folders = ARROWS.stream()
                .map(arrow -> root.resolve(arrow.module()).resolve("target/classes"))
                .filter(Files::isDirectory)
                .toList();
        return new ClassFileImporter()
                .withImportOption(location -> !location.contains("/gg/jte/generated/")) // compiled templates
                .importPaths(folders);
    }

    private static Stream<Dependency> dependencies() {
        return CLASSES.stream().flatMap(type -> type.getDirectDependenciesFromSelf().stream());
    }

    private static Set<String> topLevelClassesKnowing(DescribedPredicate<JavaClass> known) {
        return dependencies()
                .filter(dependency -> known.test(dependency.getTargetClass()))
                .map(dependency -> topLevel(dependency.getOriginClass()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String topLevel(JavaClass type) {
        return type.getName().replaceFirst("\\$.*", "");
    }

    private static boolean isFromElsewhere(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        boolean owned = OWNERS.keySet().stream().anyMatch(name::startsWith);
        return owned || !(name.isEmpty() || name.matches("(java|javax|org\\.likeness|org\\.jspecify)(\\..*)?"));
    }

    private static boolean mayKnow(JavaClass origin, JavaClass target) {
        String module = origin.getPackageName().replaceFirst("^org\\.likeness\\.([a-z]+).*", "$1");
        String name = target.getBaseComponentType().getPackageName();
        return OWNERS.entrySet().stream()
                .anyMatch(owner ->
                        name.startsWith(owner.getKey()) && owner.getValue().contains(module));
    }

    static Stream<String> words(String name) {
        return WORD_BORDER.splitAsStream(name).map(word -> word.toLowerCase(Locale.ROOT));
    }

    /// From a module to the modules it may know, itself among them.
    record Arrow(String module, List<String> known) {
        String from() {
            return module.equals("verifier") ? "" : "org.likeness." + module + ".."; // one file in no package
        }

        String[] to() {
            return known.stream().map(name -> "org.likeness." + name + "..").toArray(String[]::new);
        }
    }
}
