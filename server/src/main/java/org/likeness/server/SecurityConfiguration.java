package org.likeness.server;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.util.matcher.RequestMatcher;

/// Who gets in, and what every answer carries to defend the browser it reaches.
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {
    /// Nothing from elsewhere, nothing inline. `blob:` and `data:` pictures are what a browser makes of a photo that a
    /// person is about to send.
    static final String CONTENT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' blob: data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; "
            + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// For so long a browser that was here by TLS comes back by nothing else.
    static final long TLS_ONLY_SECONDS = Duration.ofDays(365).toSeconds();

    @Bean
    SecurityFilterChain filters(
            HttpSecurity http,
            AccessRules rules,
            CallerFilter callers,
            Failures failures,
            Refusals refusals,
            Cookies cookies,
            ServerOptions options)
            throws Exception {
        http.authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                                .permitAll() // the request they belong to was decided
                                .requestMatchers("/static/**", "/favicon.ico", "/robots.txt")
                                .permitAll()
                                .anyRequest()
                                .access(rules))
                .securityContext(context -> context.securityContextRepository(new NullSecurityContextRepository()))
                .addFilterBefore(callers, CsrfFilter.class)
                .addFilterBefore(new BodyLimits(failures), CsrfFilter.class) // which may read a form for its token
                .csrf(csrf -> csrf.csrfTokenRepository(cookies.csrfTokens())
                        .ignoringRequestMatchers(SecurityConfiguration::isByToken))
                .exceptionHandling(
                        handling -> handling.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .formLogin(form -> form.disable())
                .httpBasic(basic -> basic.disable())
                .logout(logout -> logout.disable())
                .requestCache(cache -> cache.disable())
                .headers(headers -> headers // the others: BaseHeaders
                        .httpStrictTransportSecurity(strict -> strict.requestMatcher(request -> options.secure())
                                .maxAgeInSeconds(TLS_ONLY_SECONDS)
                                .includeSubDomains(true))
                        .permissionsPolicyHeader(policy ->
                                policy.policy("camera=(self), microphone=(), geolocation=(), browsing-topics=()"))
                        .crossOriginOpenerPolicy(policy -> policy.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
                        .crossOriginResourcePolicy(policy -> policy.policy(CrossOriginResourcePolicy.SAME_ORIGIN)));
        return http.build();
    }

    /// No browser adds an `Authorization` header by itself, so such a request cannot be forged by another site.
    static boolean isByToken(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        return header != null && header.startsWith(CallerFilter.BEARER);
    }

    /// Argon2id at least as strong as OWASP's minimum (19 MiB, 2 rounds, 1 lane).
    @Bean
    PasswordEncoder passwords() {
        return new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2);
    }

    /// Requests that want data rather than a page.
    static RequestMatcher api() {
        return request -> request.getRequestURI().startsWith("/api/")
                || request.getRequestURI().equals(MetricsPages.PATH);
    }
}
