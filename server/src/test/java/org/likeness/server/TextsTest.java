package org.likeness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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

    private static Properties texts(String name) throws IOException {
        Properties texts = new Properties();
        try (Reader reader = Files.newBufferedReader(SOURCES.resolve("resources/org/likeness/server/" + name))) {
            texts.load(reader);
        }
        return texts;
    }
}
