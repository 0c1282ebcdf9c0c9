package org.likeness.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The document of the API, to hold a running server to: every answer must have a status, a media type
/// and a body that its operation names, with no property that the document does not; and whatever the
/// document says cannot be sent must be refused. One thread at a time.
final class Contract {
    private static final JsonMapper JSON = new JsonMapper();

    private final JsonNode document;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<JsonNode, Schema> compiled = new HashMap<>();
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Set<String> succeeded = new TreeSet<>();

    /// An operation of the document.
    ///
    /// @param path with its variables in braces
    record Operation(String method, String path, JsonNode description) {
        String id() {
            return description.get("operationId").asString();
        }

        boolean isOpen() {
            return description.has("security") && description.get("security").isEmpty();
        }

        /// Media type of the body to send; empty when there is none.
        Optional<String> takes() {
            return description.path("requestBody").path("content").propertyNames().stream()
                    .findFirst();
        }

        private boolean matches(String asked) {
            return Pattern.matches(path.replaceAll("\\{[^}]+}", "[^/]+"), asked);
        }
    }

    Contract() {
        try {
            document = JSON.readTree(Files.readString(ApiDocumentTest.DOCUMENT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        document.get("components").get("schemas").forEach(Contract::close);
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> operations.add(new Operation(
                                operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue()))));
        operations.sort(Comparator.comparingInt(operation -> operation.path().split("\\{", -1).length));
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties")) {
            object.put("additionalProperties", false);
        }
    }

    List<Operation> operations() {
        return List.copyOf(operations);
    }

    /// Ids of the operations that nobody has used with success yet.
    Set<String> unused() {
        Set<String> unused = new TreeSet<>();
        operations.stream()
                .map(Operation::id)
                .filter(id -> !succeeded.contains(id))
                .forEach(unused::add);
        return unused;
    }

    /// Checks an answer.
    ///
    /// @param path from the server's root on, with the query
    /// @param sent the body, when it was JSON
    void check(String method, String path, Optional<String> sent, HttpResponse<String> answer) {
        String what = method + " " + path + " -> " + answer.statusCode() + " " + answer.body();
        String asked = path.replaceFirst("\\?.*", "");
        Optional<Operation> found = operations.stream()
                .filter(each -> each.method().equals(method) && each.matches(asked))
                .findFirst();
        if (found.isEmpty()) {
            assertThat(answer.statusCode()).as("no such operation: " + what).isIn(401, 404, 405);
            return;
        }
        Operation operation = found.get();
        JsonNode response = operation.description().get("responses").path(Integer.toString(answer.statusCode()));
        if (response.has("$ref")) {
            response = document.at(response.get("$ref").asString().substring(1));
        }
        assertThat(response.isMissingNode()).as("status is documented: " + what).isFalse();
        body(what, response.path("content"), answer);
        boolean success = answer.statusCode() < 400;
        if (success) {
            succeeded.add(operation.id());
            parameters(what, operation, path);
            JsonNode schema = operation.description().at("/requestBody/content/application~1json/schema");
            if (!schema.isMissingNode()) {
                assertThat(errors(schema, sent.orElse("")))
                        .as("what the document does not allow was taken: " + what)
                        .isEmpty();
            }
        }
    }

    private void body(String what, JsonNode content, HttpResponse<String> answer) {
        if (content.isMissingNode()) {
            assertThat(answer.body()).as("no body is documented: " + what).isEmpty();
            return;
        }
        String type = answer.headers().firstValue("Content-Type").orElse("none").replaceFirst(";.*", "");
        JsonNode media = content.properties().stream()
                .filter(each -> each.getKey().replaceFirst(";.*", "").equals(type))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new AssertionError("media type " + type + " is not documented: " + what));
        if (type.endsWith("json")) {
            assertThat(errors(media.get("schema"), answer.body())).as(what).isEmpty();
        } else {
            assertThat(answer.body().isEmpty()).as("bytes are there: " + what).isFalse();
        }
    }

    private static void parameters(String what, Operation operation, String path) {
        Set<String> named = new TreeSet<>();
        operation
                .description()
                .path("parameters")
                .forEach(each -> named.add(
                        each.get("in").asString() + " " + each.get("name").asString()));
        String query = path.contains("?") ? path.substring(path.indexOf('?') + 1) : "";
        assertThat(named)
                .as("parameters are documented: " + what)
                .containsAll(Stream.of(query.split("&", -1))
                        .filter(each -> !each.isEmpty())
                        .map(each -> "query " + each.replaceFirst("=.*", ""))
                        .toList());
    }

    private List<String> errors(JsonNode schema, String json) {
        Schema ready = compiled.computeIfAbsent(schema, inline -> {
            ObjectNode whole = ((ObjectNode) inline).deepCopy();
            whole.set("components", document.get("components"));
            return schemas.getSchema(whole);
        });
        try {
            return ready
                    .validate(
                            JSON.readTree(json),
                            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                    .stream()
                    .map(Object::toString)
                    .toList();
        } catch (JacksonException _) {
            return List.of("not JSON");
        }
    }
}
