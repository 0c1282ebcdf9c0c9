package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.member.Right;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/// Lets a request through when the endpoint's own rule does: [Allowed], [SignedIn] or [Open]. An
/// endpoint without one is closed. Whether a caller has a right is core's answer. Thread-safe.
@Component
final class AccessRules implements AuthorizationManager<RequestAuthorizationContext> {
    /// The path variable that names the collection a request is about.
    static final String COLLECTION = "collection";

    private final RequestMappingHandlerMapping endpoints;

    AccessRules(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public AuthorizationResult authorize(
            Supplier<? extends @Nullable Authentication> ignored, RequestAuthorizationContext context) {
        HttpServletRequest request = context.getRequest();
        return new AuthorizationDecision(endpoint(request)
                .map(method -> allows(method, request))
                .orElseGet(() -> Callers.current().isPresent())); // who is signed in may learn that there is nothing
    }

    private Optional<HandlerMethod> endpoint(HttpServletRequest request) {
        try {
            if (!ServletRequestPathUtils.hasParsedRequestPath(request)) {
                ServletRequestPathUtils.parseAndCache(request);
            }
            HandlerExecutionChain chain = endpoints.getHandler(request);
            return Optional.ofNullable(chain)
                    .map(HandlerExecutionChain::getHandler)
                    .filter(HandlerMethod.class::isInstance)
                    .map(HandlerMethod.class::cast);
        } catch (Exception _) {
            return Optional.empty(); // a wrong method or media type: Spring MVC says so to whoever is signed in
        }
    }

    private static boolean allows(HandlerMethod method, HttpServletRequest request) {
        if (AnnotatedElementUtils.hasAnnotation(method.getMethod(), Open.class)) {
            return true;
        }
        Optional<Caller> caller = Callers.current();
        if (caller.isEmpty()) {
            return false;
        }
        SignedIn members = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), SignedIn.class);
        if (members != null) {
            return (members.half() || !caller.get().half())
                    && (members.token() || caller.get().session().isPresent());
        }
        Allowed rule = AnnotatedElementUtils.findMergedAnnotation(method.getMethod(), Allowed.class);
        if (rule == null) {
            return false;
        }
        return rule.somewhere()
                ? caller.get().access().maySomewhere(rule.value())
                : allows(caller.get(), rule.value(), request);
    }

    private static boolean allows(Caller caller, Right right, HttpServletRequest request) {
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        Object named = variables instanceof Map<?, ?> map ? map.get(COLLECTION) : null;
        if (named == null) {
            return caller.may(right, Optional.empty());
        }
        try {
            return caller.may(right, Optional.of(new CollectionId(UUID.fromString(named.toString()))));
        } catch (IllegalArgumentException _) {
            return caller.may(right, Optional.empty()); // no collection has such an id: who may everywhere learns that
        }
    }
}
