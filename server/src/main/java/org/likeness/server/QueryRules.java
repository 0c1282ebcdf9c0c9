package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/// What may stand behind the `?` of an address of the API: only what the operation knows, so that a
/// misspelt filter is no filter left out. Thread-safe.
@Configuration(proxyBeanMethods = false)
class QueryRules implements WebMvcConfigurer, HandlerInterceptor {
    /// A part of the query that cannot be; it names that part and says what may stand there.
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String name;
        private final String problem;
        private final String advice;
        private final String allowed;

        private Broken(String name, String problem, String advice, String allowed) {
            super("a query parameter does not fit");
            this.name = name;
            this.problem = problem;
            this.advice = advice;
            this.allowed = allowed;
        }

        /// A number that is not from 1 to the largest.
        static Broken range(String name, int largest) {
            return new Broken(name, "failure.malformed", "failure.range", Integer.toString(largest));
        }

        private static Broken unknown(String name, Set<String> known) {
            return new Broken(
                    name,
                    "failure.unknown-field",
                    known.isEmpty() ? "failure.no-parameters" : "failure.one-of",
                    String.join(", ", known));
        }

        String problem(Texts texts) {
            return texts.of(problem, name);
        }

        String advice(Texts texts) {
            return texts.of(advice, allowed);
        }
    }

    private final DefaultParameterNameDiscoverer names = new DefaultParameterNameDiscoverer();

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/v1/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getQueryString() != null && handler instanceof HandlerMethod method) {
            Set<String> known = known(method);
            for (String sent : sent(request.getQueryString())) {
                if (!known.contains(sent)) {
                    throw Broken.unknown(sent, known);
                }
            }
        }
        return true;
    }

    private static Set<String> sent(String query) {
        return UriComponentsBuilder.newInstance().query(query).build().getQueryParams().keySet().stream()
                .map(name -> UriUtils.decode(name, StandardCharsets.UTF_8))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> known(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestParam.class))
                .map(this::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private String name(MethodParameter parameter) {
        parameter.initParameterNameDiscovery(names);
        String given = Objects.requireNonNull(parameter.getParameterAnnotation(RequestParam.class))
                .name();
        return given.isEmpty() ? Objects.requireNonNull(parameter.getParameterName()) : given;
    }
}
