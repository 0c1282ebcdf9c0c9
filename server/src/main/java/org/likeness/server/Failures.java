package org.likeness.server;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.LocalDate;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.likeness.core.LikenessException;
import org.likeness.core.Unforeseen;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/// The one place where failures become answers: a page for people, `application/problem+json` (RFC
/// 9457) for programs.
/// Nothing of the inside is shown: a defect is logged under a number that the answer names.
@Controller
@ControllerAdvice
class Failures implements ErrorController {
    /// After so long whoever was told to wait may try again, though perhaps only to wait longer.
    static final String RETRY_SECONDS = "60";

    private static final System.Logger LOG = System.getLogger(Failures.class.getName());

    private final Pages pages;
    private final JsonMapper json;
    private final SecurityLog security;

    Failures(Pages pages, JsonMapper json, SecurityLog security) {
        this.security = security;
        this.pages = pages;
        this.json = json;
    }

    /// What went wrong, in the words of whoever found it.
    ///
    /// @param code which failure it is, for programs: finer than the type, or the same
    /// @param kind key of a text that says it roughly in the reader's language, where the words are English
    ///     whatever the reader speaks; else empty
    record Failure(HttpStatus status, String type, String code, String problem, String advice, String kind) {
        Failure(HttpStatus status, String type, String problem, String advice) {
            this(status, type, type, problem, advice, "");
        }
    }

    static HttpStatus status(LikenessException.Kind kind) {
        return switch (kind) {
            case BAD_INPUT -> HttpStatus.UNPROCESSABLE_CONTENT;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case CONFLICT -> HttpStatus.CONFLICT;
            case REFUSED -> HttpStatus.FORBIDDEN;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
            case CORRUPT -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
    }

    @ExceptionHandler
    void known(LikenessException failure, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (failure.kind() == LikenessException.Kind.REFUSED) {
            security.note(SecurityLog.Event.REFUSED, request);
        }
        String type = failure.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        Texts texts = pages.texts(request);
        String code = failure.code().orElse(type);
        boolean known = hasWords(failure, texts);
        send(
                request,
                response,
                new Failure(
                        status(failure.kind()),
                        type,
                        code,
                        known ? problem(failure, texts) : failure.problem(),
                        known ? advice(failure, texts) : failure.advice(),
                        known ? "" : "failure.kind." + type));
    }

    private static boolean hasWords(LikenessException failure, Texts texts) {
        return failure.code().filter(code -> texts.has("problem." + code)).isPresent();
    }

    private static String problem(LikenessException failure, Texts texts) {
        return texts.of("problem." + failure.code().orElseThrow(), values(failure, texts));
    }

    private static String advice(LikenessException failure, Texts texts) {
        return texts.of("problem." + failure.code().orElseThrow() + ".advice", values(failure, texts));
    }

    /// Days and periods as people of the language write them; numbers are for the texts to write.
    private static Object[] values(LikenessException failure, Texts texts) {
        return failure.values().stream()
                .map(value -> switch (value) {
                    case LocalDate day -> texts.day(day);
                    case Period period -> texts.period(period);
                    default -> value;
                })
                .toArray();
    }

    /// What went wrong and what to do, in the reader's language where there are words for it.
    static String words(LikenessException failure, Texts texts) {
        return hasWords(failure, texts)
                ? problem(failure, texts) + " " + advice(failure, texts)
                : failure.problem() + ". " + failure.advice();
    }

    @ExceptionHandler
    void tooMany(SearchLimit.TooMany failure, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        security.note(SecurityLog.Event.THROTTLED, request);
        response.setHeader("Retry-After", RETRY_SECONDS);
        answer(request, response, HttpStatus.TOO_MANY_REQUESTS, "failure.too-many");
    }

    @ExceptionHandler
    void refused(SignInRefused failure, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (failure.status() == HttpStatus.TOO_MANY_REQUESTS) {
            security.note(SecurityLog.Event.THROTTLED, request);
            response.setHeader("Retry-After", RETRY_SECONDS);
        }
        answer(request, response, failure.status(), failure.key());
    }

    /// The browser went away; there is nobody to answer.
    @ExceptionHandler
    void gone(AsyncRequestNotUsableException failure) {
        LOG.log(Level.DEBUG, "a browser closed the connection before its answer was sent");
    }

    /// Something that was sent does not have the form it must have.
    @ExceptionHandler({
        MethodArgumentTypeMismatchException.class,
        MissingServletRequestParameterException.class,
        MissingRequestHeaderException.class,
        HttpMessageNotReadableException.class
    })
    void malformed(Exception failure, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String named = switch (failure) {
            case MethodArgumentTypeMismatchException wrong -> wrong.getName();
            case MissingServletRequestParameterException missing -> missing.getParameterName();
            case MissingRequestHeaderException missing -> missing.getHeaderName();
            default -> field(failure);
        };
        if (failure instanceof MethodArgumentTypeMismatchException wrong
                && wrong.getParameter().hasParameterAnnotation(PathVariable.class)) {
            answer(request, response, HttpStatus.NOT_FOUND, "failure.not-found"); // nothing has such an id
            return;
        }
        Texts texts = pages.texts(request);
        send(
                request,
                response,
                new Failure(
                        HttpStatus.BAD_REQUEST, "malformed", malformed(failure, named, texts), advice(failure, texts)));
    }

    /// Something behind the `?` of an address that the operation does not know, or that cannot be.
    @ExceptionHandler
    void query(QueryRules.Broken failure, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Texts texts = pages.texts(request);
        send(
                request,
                response,
                new Failure(HttpStatus.BAD_REQUEST, "malformed", failure.problem(texts), failure.advice(texts)));
    }

    private static String malformed(Exception failure, String named, Texts texts) {
        return failure.getCause() instanceof UnrecognizedPropertyException
                ? texts.of("failure.unknown-field", named)
                : texts.of("failure.malformed", named);
    }

    /// Says what may be sent instead, where that is a choice of few.
    private static String advice(Exception failure, Texts texts) {
        if (failure.getCause() instanceof UnrecognizedPropertyException unknown
                && unknown.getKnownPropertyIds() != null) {
            return texts.of("failure.one-of", words(unknown.getKnownPropertyIds().stream()));
        }
        Class<?> type = switch (failure) {
            case MethodArgumentTypeMismatchException wrong -> wrong.getRequiredType();
            default -> failure.getCause() instanceof InvalidFormatException wrong ? wrong.getTargetType() : null;
        };
        return type != null && type.isEnum()
                ? texts.of("failure.one-of", words(Stream.of(type.getEnumConstants())))
                : texts.of("failure.malformed.advice");
    }

    private static String words(Stream<?> choices) {
        return choices.map(Object::toString).sorted().collect(Collectors.joining(", "));
    }

    /// Which part of the JSON that was sent does not fit: its path, such as `grant.uses`.
    private static String field(Exception failure) {
        if (failure.getCause() instanceof DatabindException wrong
                && !wrong.getPath().isEmpty()) {
            return wrong.getPath().stream()
                    .map(step ->
                            step.getPropertyName() == null ? Integer.toString(step.getIndex()) : step.getPropertyName())
                    .collect(Collectors.joining("."));
        }
        return "body";
    }

    @RequestMapping("/error")
    @Open(because = "says only that something failed")
    void error(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        HttpStatus found = code instanceof Integer number ? HttpStatus.resolve(number) : null;
        HttpStatus status = found == null ? HttpStatus.NOT_FOUND : found;
        if (status.is5xxServerError()) {
            String number = Long.toString(System.nanoTime(), 36);
            Object cause = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
            LOG.log(
                    Level.ERROR,
                    "a request failed, number " + number
                            + (cause instanceof Throwable known ? ": " + Unforeseen.described(known) : ""));
            Texts texts = pages.texts(request);
            send(
                    request,
                    response,
                    new Failure(
                            status, "defect", texts.of("failure.defect"), texts.of("failure.defect.advice", number)));
            return;
        }
        answer(request, response, status, textFor(status));
    }

    static String textFor(HttpStatus status) {
        return switch (status) {
            case NOT_FOUND -> "failure.not-found";
            case METHOD_NOT_ALLOWED -> "failure.method";
            case CONTENT_TOO_LARGE -> "failure.too-large";
            case TOO_MANY_REQUESTS -> "failure.too-many";
            case UNAUTHORIZED -> "failure.sign-in";
            case FORBIDDEN -> "failure.not-allowed";
            default -> "failure.request";
        };
    }

    /// Answers with one of our own texts; its advice is the text of the same key and `.advice`.
    void answer(HttpServletRequest request, HttpServletResponse response, HttpStatus status, String key)
            throws ServletException, IOException {
        Texts texts = pages.texts(request);
        String type = key.substring(key.indexOf('.') + 1);
        send(request, response, new Failure(status, type, texts.of(key), texts.of(key + ".advice")));
    }

    void send(HttpServletRequest request, HttpServletResponse response, Failure failure)
            throws ServletException, IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(failure.status().value());
        response.setHeader("Cache-Control", "no-store");
        boolean data = SecurityConfiguration.api().matches(asked(request))
                || String.valueOf(request.getHeader("Accept")).contains("application/json");
        if (data) {
            Map<String, Object> problem = new LinkedHashMap<>();
            problem.put("type", "urn:likeness:problem:" + failure.type());
            problem.put("code", failure.code());
            problem.put("title", failure.problem());
            problem.put("status", failure.status().value());
            problem.put("detail", failure.advice());
            response.setContentType("application/problem+json");
            response.getOutputStream().write(json.writeValueAsBytes(problem));
            return;
        }
        boolean part = request.getHeader("HX-Request") != null;
        try {
            pages.page(
                            request,
                            part ? "failure-part.jte" : "failure.jte",
                            "failure.title",
                            "failure",
                            Map.of("failure", page(failure, pages.texts(request))))
                    .render(Map.of(), request, response);
        } catch (IOException | ServletException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    private static FailurePage page(Failure failure, Texts texts) {
        String rough = failure.kind().isEmpty() || texts.language().equals("en") ? "" : texts.of(failure.kind());
        return new FailurePage(failure.status().value(), rough, failure.problem(), failure.advice());
    }

    /// An error dispatch has `/error` as its address; what was asked for is in an attribute.
    private static HttpServletRequest asked(HttpServletRequest request) {
        Object original = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        return original == null
                ? request
                : new jakarta.servlet.http.HttpServletRequestWrapper(request) {
                    @Override
                    public String getRequestURI() {
                        return original.toString();
                    }
                };
    }
}
