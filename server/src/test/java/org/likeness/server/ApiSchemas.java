package org.likeness.server;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The JSON Schemas (2020-12) of the records that the API takes and answers, as the server's own mapper
/// writes them. A type it does not know fails, rather than being anything.
final class ApiSchemas {
    private static final Map<Type, List<String>> SCALARS = Map.ofEntries(
            Map.entry(String.class, List.of("string")),
            Map.entry(UUID.class, List.of("string", "uuid")),
            Map.entry(Instant.class, List.of("string", "date-time")),
            Map.entry(LocalDate.class, List.of("string", "date")),
            Map.entry(boolean.class, List.of("boolean")),
            Map.entry(Boolean.class, List.of("boolean")),
            Map.entry(int.class, List.of("integer", "int32")),
            Map.entry(Integer.class, List.of("integer", "int32")),
            Map.entry(long.class, List.of("integer", "int64")),
            Map.entry(Long.class, List.of("integer", "int64")),
            Map.entry(double.class, List.of("number", "double")),
            Map.entry(Double.class, List.of("number", "double")));

    private final JsonMapper json;
    private final ApiComments comments;
    private final SortedMap<String, ObjectNode> schemas = new TreeMap<>();
    private final Map<Class<?>, String> names = new java.util.HashMap<>();

    ApiSchemas(JsonMapper json, ApiComments comments) {
        this.json = json;
        this.comments = comments;
    }

    /// The named schemas met so far.
    SortedMap<String, ObjectNode> named() {
        return schemas;
    }

    /// The schema of a type, where it stands.
    ObjectNode of(Type type) {
        ObjectNode schema = json.createObjectNode();
        List<String> scalar = SCALARS.get(type);
        if (scalar != null) {
            schema.put("type", scalar.getFirst());
            if (scalar.size() > 1) {
                schema.put("format", scalar.get(1));
            }
            return schema;
        }
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return switch (((Class<?>) generic.getRawType()).getSimpleName()) {
                case "Optional" -> of(arguments[0]);
                case "List", "Set" -> schema.put("type", "array").set("items", of(arguments[0]));
                case "Map" -> map(schema, arguments[0], arguments[1]);
                default -> throw unknown(type);
            };
        }
        if (type instanceof Class<?> known && (known.isRecord() || known.isEnum())) {
            return schema.put("$ref", "#/components/schemas/" + name(known));
        }
        throw unknown(type);
    }

    /// The schema of a body that is taken: what it does not name is refused.
    ObjectNode taken(Type type) {
        ObjectNode schema = of(type);
        close(schema);
        return schema;
    }

    private void close(JsonNode schema) {
        String named = schema.path("$ref").asString("").replaceFirst(".*/", "");
        if (!named.isEmpty()) {
            close(java.util.Objects.requireNonNull(schemas.get(named)));
        } else if (schema instanceof ObjectNode object && object.has("properties")) {
            object.put("additionalProperties", false);
            object.path("properties").forEach(this::close);
        }
        if (schema.has("items")) {
            close(schema.get("items"));
        }
    }

    static boolean isOptional(Type type) {
        return type instanceof ParameterizedType generic && generic.getRawType() == Optional.class;
    }

    private ObjectNode map(ObjectNode schema, Type key, Type value) {
        schema.put("type", "object");
        if (key != String.class) {
            schema.set("propertyNames", of(key));
        }
        return schema.set("additionalProperties", of(value));
    }

    private static IllegalArgumentException unknown(Type type) {
        return new IllegalArgumentException("ApiSchemas does not know " + type + "\nSay there what JSON it is.");
    }

    private String name(Class<?> type) {
        String known = names.get(type);
        if (known != null) {
            return known;
        }
        Class<?> outer = type.getEnclosingClass();
        boolean isOurs = type.getPackageName().equals(ApiSchemas.class.getPackageName());
        String name = outer == null || isOurs ? type.getSimpleName() : outer.getSimpleName() + type.getSimpleName();
        if (schemas.containsKey(name)) {
            throw new IllegalArgumentException("two records of the API are called " + name + "\nRename one.");
        }
        names.put(type, name);
        ObjectNode schema = json.createObjectNode();
        schemas.put(name, schema);
        fill(schema, type);
        return name;
    }

    private void fill(ObjectNode schema, Class<?> type) {
        ApiComments.Comment comment = comments.of(type)
                .orElseThrow(() -> new AssertionError("a type of the API has no doc comment: " + type.getName()));
        schema.put("type", type.isEnum() ? "string" : "object").put("description", comment.text());
        if (type.isEnum()) {
            ArrayNode values = schema.putArray("enum");
            StringBuilder meanings = new StringBuilder();
            for (Object constant : type.getEnumConstants()) {
                String value = json.convertValue(constant, String.class);
                values.add(value);
                comments.of(type, ((Enum<?>) constant).name())
                        .ifPresent(meaning -> meanings.append("\n- `")
                                .append(value)
                                .append("`: ")
                                .append(meaning.text()));
            }
            if (!meanings.isEmpty()) {
                schema.put("description", comment.text() + "\n" + meanings);
            }
            return;
        }
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = json.createArrayNode();
        for (RecordComponent component : type.getRecordComponents()) {
            ObjectNode property = of(component.getGenericType());
            Optional.ofNullable(comment.params().get(component.getName()))
                    .ifPresent(text -> property.put("description", text));
            properties.set(component.getName(), property);
            if (!isOptional(component.getGenericType())) {
                required.add(component.getName());
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
    }
}
