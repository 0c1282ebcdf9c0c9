package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.likeness.core.member.Right;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.ValueConstants;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Writes the API's OpenAPI 3.1 document from a running server: its endpoints, their rules, the records
/// they take and answer, and the doc comments of all these. It adds nothing of its own but what holds
/// for every endpoint. A generator that runs inside the server would make the tests test another server,
/// with another mapper and other converters, and would know neither our rules nor our comments.
final class ApiDocument {
    static final String PATHS = "/api/v1/";

    private static final String PROBLEM = "application/problem+json";

    private final JsonMapper json;
    private final ApiComments comments = new ApiComments();
    private final ApiSchemas schemas;
    private final Set<String> ids = new TreeSet<>();
    private final TreeMap<String, String> tags = new TreeMap<>();

    private ApiDocument(Site site) {
        this.json = site.server.context().getBean(JsonMapper.class);
        this.schemas = new ApiSchemas(json, comments);
    }

    /// The document as it is checked in.
    static String of(Site site) {
        return new ApiDocument(site).write(AccessMatrixTest.endpoints(site));
    }

    private String write(List<AccessMatrixTest.Endpoint> endpoints) {
        ObjectNode paths = json.createObjectNode();
        for (AccessMatrixTest.Endpoint endpoint : endpoints) {
            if (endpoint.path().startsWith(PATHS)) {
                paths.withObjectProperty(endpoint.path())
                        .set(endpoint.method().toLowerCase(Locale.ROOT), operation(endpoint));
            }
        }
        ObjectNode document = json.createObjectNode();
        document.put("openapi", "3.1.1");
        document.putObject("info")
                .put("title", "Likeness")
                .put("version", "1")
                .put(
                        "description",
                        "Everything the pages do can be done by this API, except what must be done by a person. "
                                + "No operation takes or answers a template. Failures are problem details (RFC 9457)."
                                + "\n\nWritten by `ApiDocumentTest` from the server's code.")
                .putObject("license")
                .put("name", "Apache License 2.0")
                .put("identifier", "Apache-2.0");
        document.putArray("servers").addObject().put("url", "/");
        tags.forEach((name, text) ->
                document.withArrayProperty("tags").addObject().put("name", name).put("description", text));
        var security = document.putArray("security");
        security.addObject().putArray("token");
        security.addObject().putArray("session");
        document.set("paths", paths);
        document.set("components", components());
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        return json.writer()
                        .with(new DefaultPrettyPrinter(Separators.createDefaultInstance()
                                        .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                                        .withArrayEmptySeparator(""))
                                .withObjectIndenter(lines)
                                .withArrayIndenter(lines))
                        .writeValueAsString(document)
                + "\n";
    }

    private ObjectNode operation(AccessMatrixTest.Endpoint endpoint) {
        Method method = endpoint.handler().getMethod();
        Class<?> api = method.getDeclaringClass();
        ApiComments.Comment comment = comments.of(api, method.getName())
                .orElseThrow(() -> new AssertionError("a method of the API has no doc comment: " + method));
        if (!ids.add(method.getName())) {
            throw new AssertionError("two methods of the API have one name, which must tell them apart: " + method);
        }
        String tag = api.getSimpleName().replaceFirst("Api$", "");
        tags.put(tag, comments.of(api).map(ApiComments.Comment::text).orElse(""));
        ObjectNode operation = json.createObjectNode();
        operation.put("operationId", method.getName()).putArray("tags").add(tag);
        operation
                .put("summary", comment.summary())
                .put("description", comment.text() + "\n\n" + needs(endpoint))
                .put("x-right", endpoint.needs());
        if (endpoint.isOpen()) {
            operation.putArray("security");
        } else if (endpoint.isForBrowsers()) {
            operation.putArray("security").addObject().putArray("session");
        }
        parameters(operation, method, comment);
        requestBody(operation, endpoint, method);
        responses(operation, endpoint, method);
        return operation;
    }

    private static String needs(AccessMatrixTest.Endpoint endpoint) {
        if (endpoint.isOpen()) {
            return "For everybody, signed in or not.";
        }
        if (endpoint.isForMembers()) {
            return endpoint.isForBrowsers() ? "For every member, in a browser; not by token." : "For every member.";
        }
        return "Needs the right `" + endpoint.needs().replaceFirst(" ", "` ")
                + (endpoint.needs().contains(" ") ? "." : "`.");
    }

    private void parameters(ObjectNode operation, Method method, ApiComments.Comment comment) {
        for (Parameter parameter : method.getParameters()) {
            named(parameter).ifPresent(named -> {
                ObjectNode written = operation.withArrayProperty("parameters").addObject();
                written.put("name", named.name()).put("in", named.in()).put("required", named.required());
                Optional.ofNullable(comment.params().get(parameter.getName()))
                        .ifPresent(text -> written.put("description", text));
                ObjectNode schema = schemas.of(parameter.getParameterizedType());
                named.standard().ifPresent(value -> {
                    if (schema.path("type").asString().equals("integer")) {
                        schema.put("default", Long.parseLong(value));
                    } else {
                        schema.put("default", value);
                    }
                });
                written.set("schema", schema);
            });
        }
    }

    /// A parameter of a request.
    ///
    /// @param standard what counts when it is missing
    private record Named(String name, String in, boolean required, Optional<String> standard) {
        static Named of(String in, Parameter parameter, String name, boolean required, String standard) {
            Optional<String> value = Optional.of(standard).filter(each -> !each.equals(ValueConstants.DEFAULT_NONE));
            return new Named(
                    name.isEmpty() ? parameter.getName() : name,
                    in,
                    required && value.isEmpty() && !ApiSchemas.isOptional(parameter.getParameterizedType()),
                    value);
        }
    }

    private static Optional<Named> named(Parameter parameter) {
        PathVariable path = AnnotatedElementUtils.getMergedAnnotation(parameter, PathVariable.class);
        if (path != null) {
            return Optional.of(Named.of("path", parameter, path.name(), true, ValueConstants.DEFAULT_NONE));
        }
        RequestParam query = AnnotatedElementUtils.getMergedAnnotation(parameter, RequestParam.class);
        if (query != null) {
            return Optional.of(Named.of("query", parameter, query.name(), query.required(), query.defaultValue()));
        }
        RequestHeader header = AnnotatedElementUtils.getMergedAnnotation(parameter, RequestHeader.class);
        return Optional.ofNullable(header)
                .map(found -> Named.of("header", parameter, found.name(), found.required(), found.defaultValue()));
    }

    private static Optional<Parameter> parameter(Method method, java.util.function.Predicate<Parameter> wanted) {
        return Arrays.stream(method.getParameters()).filter(wanted).findFirst();
    }

    /// A method that reads a request's body by itself, rather than as JSON, says what media type it takes.
    private void requestBody(ObjectNode operation, AccessMatrixTest.Endpoint endpoint, Method method) {
        parameter(method, each -> each.isAnnotationPresent(RequestBody.class)).ifPresent(body -> {
            ObjectNode written = operation.putObject("requestBody").put("required", true);
            written.putObject("content")
                    .putObject("application/json")
                    .set("schema", schemas.taken(body.getParameterizedType()));
        });
        if (!endpoint.consumes().isEmpty()
                && parameter(method, each -> each.getType() == HttpServletRequest.class)
                        .isPresent()) {
            ObjectNode content =
                    operation.putObject("requestBody").put("required", true).putObject("content");
            endpoint.consumes().stream().sorted().forEach(content::putObject);
        }
    }

    private void responses(ObjectNode operation, AccessMatrixTest.Endpoint endpoint, Method method) {
        ObjectNode responses = operation.putObject("responses");
        Type answer = method.getGenericReturnType();
        ResponseStatus named = AnnotatedElementUtils.findMergedAnnotation(method, ResponseStatus.class);
        HttpStatus status = named == null ? HttpStatus.OK : named.code();
        ObjectNode success =
                responses.putObject(Integer.toString(status.value())).put("description", status.getReasonPhrase());
        if (answer != void.class || produces(method).length > 0) { // a method may write bytes by itself
            success.set("content", content(method, answer));
        }
        if (isPerhapsNothing(answer)) {
            responses.putObject(Integer.toString(HttpStatus.NO_CONTENT.value())).put("description", "There is none.");
        }
        boolean reads = endpoint.method().equals("GET");
        if (reads && !endpoint.path().endsWith("/original")) {
            success.putObject("headers")
                    .putObject("ETag")
                    .put("description", "for `If-None-Match`")
                    .putObject("schema")
                    .put("type", "string");
            responses
                    .putObject(Integer.toString(HttpStatus.NOT_MODIFIED.value()))
                    .put("description", "What the caller has by `If-None-Match` still stands.");
        }
        for (HttpStatus each : failures(operation, endpoint)) {
            responses.putObject(Integer.toString(each.value())).put("$ref", "#/components/responses/" + each.name());
        }
    }

    /// A method decides by itself about the status of its record only to say that there is none.
    private static boolean isPerhapsNothing(Type answer) {
        return answer instanceof ParameterizedType generic
                && generic.getRawType() == ResponseEntity.class
                && generic.getActualTypeArguments()[0] instanceof Class<?> inside
                && inside.isRecord();
    }

    /// Not those of a defect of the server.
    private static Set<HttpStatus> failures(ObjectNode operation, AccessMatrixTest.Endpoint endpoint) {
        Set<HttpStatus> failures = new TreeSet<>();
        if (endpoint.isOpen()) {
            return failures;
        }
        failures.addAll(List.of(HttpStatus.UNAUTHORIZED, HttpStatus.FORBIDDEN, HttpStatus.SERVICE_UNAVAILABLE));
        boolean hasBody = operation.has("requestBody");
        if (hasBody || operation.has("parameters")) {
            failures.addAll(List.of(HttpStatus.BAD_REQUEST, HttpStatus.UNPROCESSABLE_CONTENT));
        }
        if (endpoint.path().contains("{") || hasBody) {
            failures.add(HttpStatus.NOT_FOUND);
        }
        if (!endpoint.method().equals("GET")) {
            failures.add(HttpStatus.CONFLICT);
        }
        if (hasBody) {
            failures.add(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
        }
        if (endpoint.rule().filter(rule -> rule.value() == Right.SEARCH).isPresent()) {
            failures.add(HttpStatus.TOO_MANY_REQUESTS);
        }
        return failures;
    }

    private static String[] produces(Method method) {
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
        return mapping == null ? new String[0] : mapping.produces();
    }

    /// Pictures and files are bytes; text that a method names JSON is a document of its own, such as a receipt.
    private ObjectNode content(Method method, Type answer) {
        ObjectNode content = json.createObjectNode();
        String[] produces = produces(method);
        Type inside = answer instanceof ParameterizedType generic && generic.getRawType() == ResponseEntity.class
                ? generic.getActualTypeArguments()[0]
                : answer;
        if (inside == byte[].class
                || inside == Resource.class
                || inside == void.class
                || (inside == String.class && produces.length > 0)) {
            for (String type : produces.length == 0 ? new String[] {"application/octet-stream"} : produces) {
                ObjectNode media = content.putObject(type);
                if (type.equals("application/json")) {
                    media.putObject("schema").put("type", "object");
                } else if (type.startsWith("text/")) {
                    media.putObject("schema").put("type", "string");
                }
            }
        } else {
            content.putObject("application/json").set("schema", schemas.of(inside));
        }
        return content;
    }

    private ObjectNode components() {
        ObjectNode problem = json.createObjectNode();
        problem.put("type", "object").put("description", "What went wrong, and what to do (RFC 9457).");
        ObjectNode properties = problem.putObject("properties");
        properties.putObject("type").put("type", "string").put("description", "which problem, for programs");
        properties
                .putObject("code")
                .put("type", "string")
                .put("description", "which problem exactly, for programs; the type's word where nothing is finer");
        properties.putObject("title").put("type", "string").put("description", "what went wrong");
        properties.putObject("status").put("type", "integer").put("format", "int32");
        properties.putObject("detail").put("type", "string").put("description", "what to do");
        Stream.of("type", "code", "title", "status", "detail").forEach(problem.putArray("required")::add);
        ObjectNode components = json.createObjectNode();
        ObjectNode named = components.putObject("schemas");
        schemas.named().put("Problem", problem);
        schemas.named().forEach(named::set);
        ObjectNode responses = components.putObject("responses");
        failure(responses, HttpStatus.BAD_REQUEST, "What was sent does not have the form it must have.");
        failure(responses, HttpStatus.UNAUTHORIZED, "Nobody is signed in, and no token was sent that counts.");
        failure(responses, HttpStatus.FORBIDDEN, "The caller may not, or what was asked for is refused to everybody.");
        failure(responses, HttpStatus.NOT_FOUND, "Something named is not there.");
        failure(responses, HttpStatus.CONFLICT, "Not in the state that things are in.");
        failure(responses, HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body is of a media type that is not taken.");
        failure(responses, HttpStatus.UNPROCESSABLE_CONTENT, "Well formed, but it cannot be.");
        failure(responses, HttpStatus.TOO_MANY_REQUESTS, "Too many searches; wait for the seconds of `Retry-After`.")
                .putObject("headers")
                .putObject("Retry-After")
                .putObject("schema")
                .put("type", "integer");
        failure(responses, HttpStatus.SERVICE_UNAVAILABLE, "Cannot be done at the moment.");
        ObjectNode schemes = components.putObject("securitySchemes");
        schemes.putObject("token")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "A token that a member made under their account.");
        schemes.putObject("session")
                .put("type", "apiKey")
                .put("in", "cookie")
                .put("name", "__Host-likeness-INSTALLATION")
                .put(
                        "description",
                        "A browser's session. `INSTALLATION` stands for eight hexadecimal digits of the"
                                + " installation; over"
                                + " plain HTTP the name has no `__Host-`. Whatever changes something also"
                                + " needs the page's token in the header `X-XSRF-TOKEN`.");
        return components;
    }

    private static ObjectNode failure(ObjectNode responses, HttpStatus status, String text) {
        ObjectNode response = responses.putObject(status.name()).put("description", text);
        response.putObject("content")
                .putObject(PROBLEM)
                .putObject("schema")
                .put("$ref", "#/components/schemas/Problem");
        return response;
    }
}
