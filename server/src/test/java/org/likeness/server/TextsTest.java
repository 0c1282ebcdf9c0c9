package org.likeness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.Statement;
import org.likeness.core.collection.Assessment;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.LawfulBasis;
import org.likeness.core.collection.Profile;
import org.likeness.core.collection.Purpose;
import org.likeness.core.collection.SpecialCondition;
import org.likeness.core.demand.DemandId;
import org.likeness.core.demand.Means;
import org.likeness.core.demand.Scope;
import org.likeness.core.demand.Target;
import org.likeness.core.ingest.FileOutcome;
import org.likeness.core.rights.Eraser;
import org.likeness.core.signal.SignalKind;
import org.likeness.library.Likeness;

/// Every page can be read in every language.
class TextsTest {
    private static final Path SOURCES = Path.of("src", "main");
    private static final Pattern USED = Pattern.compile("(?:\\.t|texts\\.of|frame\\.json)\\(\\s*\"([a-z][\\w.-]+)\"");

    @Test
    void all_languages_have_the_same_texts() throws IOException {
        assertThat(texts("texts_de.properties").stringPropertyNames())
                .isEqualTo(texts("texts.properties").stringPropertyNames());
    }

    @Test
    void every_text_a_page_names_is_there() throws IOException {
        Set<String> missing = new TreeSet<>();
        Set<String> known = texts("texts.properties").stringPropertyNames();
        try (Stream<Path> all = Files.walk(SOURCES)) {
            for (Path file : all.filter(path -> path.toString().matches(".*\\.(jte|java)"))
                    .toList()) {
                USED.matcher(Files.readString(file))
                        .results()
                        .map(found -> found.group(1))
                        .filter(key -> !key.endsWith(".") && !known.contains(key))
                        .forEach(key -> missing.add(file.getFileName() + ": " + key));
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void every_word_of_the_closed_lists_that_pages_show_has_a_text() throws IOException {
        Set<String> known = texts("texts.properties").stringPropertyNames();
        Map<String, Enum<?>[]> lists = Map.of(
                "action.", AuditEntry.Action.values(),
                "lawful.", LawfulBasis.values(),
                "condition.", SpecialCondition.values(),
                "purpose.", Purpose.values(),
                "assessment.", Assessment.Decision.values(),
                "reason.", FileOutcome.Reason.values(),
                "signal.", SignalKind.values(),
                "statement.", Statement.Kind.values(),
                "profile.", Profile.values());
        lists.forEach((prefix, words) -> assertThat(Arrays.stream(words).map(word -> prefix + word.name()))
                .as(prefix)
                .isSubsetOf(known));
        assertThat(Arrays.stream(LikenessException.Kind.values())
                        .map(kind -> "failure.kind."
                                + kind.name().toLowerCase(Locale.ROOT).replace('_', '-')))
                .isSubsetOf(known);
    }

    @Test
    void every_place_an_erasure_counts_has_a_text(@TempDir Path data) throws IOException {
        Set<String> known = texts("texts.properties").stringPropertyNames();
        try (Likeness likeness = Likeness.open(data)) {
            CollectionId ours =
                    likeness.createCollection("ours", Profile.HOUSEHOLD).id();
            DemandId demand = likeness.demands()
                    .erase(new Target(Scope.COLLECTION, ours.value()))
                    .demand()
                    .id();
            Eraser.Outcome done = likeness.eraser().execute(demand);
            assertThat(done.census().counts().stream()
                            .filter(count -> count.means() != Means.FREED_SPACE_OVERWRITTEN) // never part of a plan
                            .map(count -> "store." + count.store().replace(' ', '-')))
                    .isSubsetOf(known);
        }
    }

    private static Properties texts(String name) throws IOException {
        Properties texts = new Properties();
        try (Reader reader = Files.newBufferedReader(SOURCES.resolve("resources/org/likeness/server/" + name))) {
            texts.load(reader);
        }
        return texts;
    }
}
