package org.likeness.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaParameter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What Likeness must never do, looked for in its commands, its public methods, its tables and what it is
/// built from.
class NeverTest {
    /// What is known of a face: where it is and how well it shows. A new column here needs a reason that
    /// is none of the person's traits.
    private static final Set<String> OF_A_FACE = Set.of(
            "id",
            "collection",
            "photo",
            "x",
            "y",
            "width",
            "height",
            "left_eye_x",
            "left_eye_y",
            "right_eye_x",
            "right_eye_y",
            "nose_x",
            "nose_y",
            "left_mouth_x",
            "left_mouth_y",
            "right_mouth_x",
            "right_mouth_y",
            "size_px",
            "sharpness",
            "frontality",
            "exposure",
            "flaws",
            "detection_score");

    /// Words of machines that look for people instead of answering them.
    private static final Set<String> HUNTING = Set.of(
            "alarm",
            "batch",
            "camera",
            "crawl",
            "crawler",
            "live",
            "monitor",
            "rtsp",
            "scrape",
            "scraper",
            "spider",
            "stream",
            "surveillance",
            "track",
            "video",
            "watch",
            "watchlist",
            "webcam");

    private static final Set<String> SEARCHING = Set.of(
            "org.likeness.core.search.Probe",
            "org.likeness.core.search.SearchRequest",
            "org.likeness.core.search.SearchAnswer");

    private static final Set<String> COLLECTION =
            Set.of("org.likeness.core.collection.Collection", "org.likeness.core.collection.CollectionId");

    private static final Pattern COMMAND = Pattern.compile("@Command\\(\\s*name = \"([^\"]+)\"");
    private static final Pattern OPTION = Pattern.compile("\"--([a-z][a-z-]*)\"");
    private static final Pattern TRAINING = Pattern.compile(
            "(?i)deeplearning4j|\\bdl4j|\\bdjl\\b|pytorch|tensorflow|tribuo|smile-|weka|onnxruntime-training");

    private final Repository repository = Repository.here();

    @Test
    void r12_no_search_takes_more_than_one_collection() {
        assertThat(doors().filter(NeverTest::searches)
                        .filter(method -> takesSeveral(method, COLLECTION))
                        .map(JavaMethod::getFullName))
                .as("a search is of one collection")
                .isEmpty();
    }

    @Test
    void r31_no_search_takes_more_than_one_probe() {
        assertThat(doors().filter(method -> takesSeveral(method, SEARCHING)).map(JavaMethod::getFullName))
                .as("a search starts from one probe that a person chose")
                .isEmpty();
    }

    @Test
    void r31_no_template_leaves_through_the_library() {
        assertThat(ModulesTest.CLASSES.stream()
                        .filter(type -> type.getPackageName().equals("org.likeness.library"))
                        .filter(PublicSignatures::isPublic)
                        .filter(type -> PublicSignatures.typesIn(type)
                                .anyMatch(seen -> seen.getName().equals("org.likeness.core.template.Template")))
                        .map(JavaClass::getName))
                .as("public types of the library that show a template")
                .isEmpty();
    }

    @Test
    void r31_no_command_or_option_hunts_for_people() {
        Set<String> words = new TreeSet<>();
        for (Path file : repository.files(".java")) {
            if (file.toString().contains("cli/src/main/java/")) {
                String text = repository.text(file);
                Stream.of(COMMAND, OPTION)
                        .flatMap(pattern -> pattern.matcher(text).results())
                        .flatMap(match -> ModulesTest.words(match.group(1)))
                        .forEach(words::add);
            }
        }
        assertThat(words).contains("search", "import", "collection").doesNotContainAnyElementsOf(HUNTING);
    }

    @Test
    void r16_a_face_is_known_by_its_place_and_how_well_it_shows() {
        Set<String> unknown = columns(table -> table.equals("face")).collect(Collectors.toCollection(TreeSet::new));
        unknown.removeAll(OF_A_FACE);
        assertThat(unknown).as("columns of table face that nobody allowed").isEmpty();
    }

    @Test
    void r16_no_column_holds_a_trait_of_a_person() {
        List<String> all = columns(_ -> true).toList();
        assertThat(all).contains("detection_score");
        assertThat(all)
                .filteredOn(column -> ModulesTest.words(column).anyMatch(ModulesTest.TRAITS::contains))
                .isEmpty();
    }

    @Test
    void r17_nothing_it_is_built_from_trains_a_model() {
        assertThat(repository.files("pom.xml"))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(repository.text(file)).doesNotContainPattern(TRAINING));
        assertThat(ModulesTest.CLASSES.stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .map(dependency -> dependency.getTargetClass().getName())
                        .filter(name -> name.startsWith("ai.onnxruntime.OrtTraining")
                                || name.startsWith("ai.onnxruntime.OrtCheckpoint")))
                .as("the part of ONNX Runtime that trains")
                .isEmpty();
    }

    /// Public methods of what an integrator may call.
    private static Stream<JavaMethod> doors() {
        return ModulesTest.CLASSES.stream()
                .filter(PublicSignatures::isPublic)
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC));
    }

    private static boolean searches(JavaMethod method) {
        return Stream.concat(Stream.of(method.getRawReturnType()), method.getRawParameterTypes().stream())
                .anyMatch(type -> SEARCHING.contains(type.getName()));
    }

    private static boolean takesSeveral(JavaMethod method, Set<String> types) {
        return method.getParameters().stream().anyMatch(parameter -> isSeveral(parameter, types));
    }

    private static boolean isSeveral(JavaParameter parameter, Set<String> types) {
        JavaClass raw = parameter.getRawType();
        boolean many = raw.isArray()
                || Stream.of(Iterable.class, Stream.class, java.util.Map.class).anyMatch(raw::isAssignableTo);
        return many
                && parameter.getType().getAllInvolvedRawTypes().stream()
                        .anyMatch(type ->
                                types.contains(type.getBaseComponentType().getName()));
    }

    /// The columns of the tables that are meant, as the migrations make them.
    private Stream<String> columns(Predicate<String> table) {
        return repository.files(".sql").stream()
                .map(repository::text)
                .flatMap(text -> Stream.concat(
                        Tables.CREATE
                                .matcher(text)
                                .results()
                                .filter(made -> table.test(made.group(1)))
                                .flatMap(made ->
                                        Tables.COLUMN.matcher(made.group(2)).results()),
                        Tables.ADD.matcher(text).results().filter(added -> table.test(added.group(1)))))
                .map(match -> match.group(match.groupCount()));
    }

    /// How the migrations are written.
    private static final class Tables {
        static final Pattern CREATE = Pattern.compile("CREATE TABLE (\\w+) \\(\\n([\\s\\S]*?)\\n\\)");
        static final Pattern COLUMN = Pattern.compile("(?m)^  ([a-z]\\w*) ");
        static final Pattern ADD = Pattern.compile("ALTER TABLE (\\w+) ADD COLUMN (\\w+) ");

        private Tables() {}
    }
}
