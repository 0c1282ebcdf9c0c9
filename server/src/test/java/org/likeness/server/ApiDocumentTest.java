package org.likeness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The document of the API in the documentation, which the server hands out, says what the code says.
class ApiDocumentTest {
    static final Path DOCUMENT = Path.of("..", "docs", "reference", "openapi.json");

    private static final Pattern TEMPLATE =
            Pattern.compile("(?i).*(templates?|embeddings?|vectors?|descriptors?|features?)");

    @TempDir
    Path data;

    @Test
    void the_document_in_the_documentation_says_what_is_true() throws IOException {
        try (Site site = Site.fresh(data)) {
            String document = ApiDocument.of(site);
            if (System.getenv("LIKENESS_REFRESH") != null) {
                Files.writeString(DOCUMENT, document);
            }
            assertThat(Files.exists(DOCUMENT) ? Files.readString(DOCUMENT) : "")
                    .as("docs/reference/openapi.json; tools/refresh.sh writes it anew")
                    .isEqualTo(document);
        }
    }

    @Test
    void the_server_hands_the_document_out_to_everybody() throws IOException {
        try (Site site = Site.fresh(data)) {
            assertThat(site.visitor().get("/api/v1/openapi.json").body()).isEqualTo(Files.readString(DOCUMENT));
        }
    }

    /// A template is many numbers; nothing of the kind is taken or answered, under any name.
    @Test
    void no_schema_has_room_for_a_template() throws IOException {
        Set<String> found = new TreeSet<>();
        look("", new JsonMapper().readTree(Files.readString(DOCUMENT)), found);
        assertThat(found)
                .as("properties that are called like a template, and lists of numbers")
                .isEmpty();
    }

    private static void look(String at, JsonNode node, Set<String> found) {
        for (String name : node.path("properties").propertyNames()) {
            if (TEMPLATE.matcher(name).matches()) {
                found.add(at + "/" + name);
            }
        }
        String items = node.path("items").path("type").asString("");
        if (items.equals("number") || items.equals("integer") || items.equals("array")) {
            found.add(at + ": a list of " + items);
        }
        node.properties().forEach(each -> look(at + "/" + each.getKey(), each.getValue(), found));
    }
}
