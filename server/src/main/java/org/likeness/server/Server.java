package org.likeness.server;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.likeness.core.LikenessException;
import org.likeness.core.member.SecondFactor;
import org.likeness.library.Likeness;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/// The web application over an open data directory. Thread-safe. Closing it lets running requests
/// end, then frees the
/// port; whoever opened the data directory closes that afterwards.
public final class Server implements AutoCloseable {
    private final ServletWebServerApplicationContext context;
    private final URI address;

    private Server(ServletWebServerApplicationContext context, URI address) {
        this.context = context;
        this.address = address;
    }

    /// Starts listening. Returns when requests are answered.
    ///
    /// @throws LikenessException UNAVAILABLE when the address is in use or not this machine's, BAD_INPUT
    ///     when the secret of the OpenID Connect provider cannot be read
    public static Server start(Likeness likeness, ServerOptions options) {
        if (likeness.settings().web().secondFactor() != SecondFactor.OPTIONAL && !options.allowsPasskeys()) {
            throw new LikenessException(
                    LikenessException.Kind.BAD_INPUT,
                    "server.second-factor demands passkeys, which browsers do not have at this address"
                            + "\nLet them reach it by https: and a name, see server.url; or leave the setting out.");
        }
        options.oidc().ifPresent(oidc -> OpenId.secret(oidc.secret())); // said before Spring wraps it
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none"); // the executable has one already
        try {
            ServletWebServerApplicationContext context =
                    (ServletWebServerApplicationContext) new SpringApplicationBuilder(ServerConfiguration.class)
                            .web(WebApplicationType.SERVLET)
                            .bannerMode(Banner.Mode.OFF)
                            .registerShutdownHook(false)
                            .logStartupInfo(false)
                            .addCommandLineProperties(false)
                            .properties(properties(options, Searches.receiving(likeness)))
                            .initializers(started -> {
                                started.getBeanFactory().registerSingleton("likeness", likeness);
                                started.getBeanFactory().registerSingleton("serverOptions", options);
                            })
                            .run();
            return new Server(context, options.address(localPort(context)));
        } catch (PortInUseException e) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE,
                    "port " + options.port() + " of " + options.host() + " is in use"
                            + "\nStop what uses it, or choose another with --port.",
                    e);
        }
    }

    private static int localPort(ServletWebServerApplicationContext context) {
        return java.util.Objects.requireNonNull(context.getWebServer()).getPort();
    }

    private static Map<String, Object> properties(ServerOptions options, Path receiving) {
        Map<String, Object> all = new HashMap<>(listening(options));
        all.put("spring.servlet.multipart.location", receiving.toString());
        options.tls().map(OwnCertificate::properties).ifPresent(all::putAll);
        return all;
    }

    private static Map<String, Object> listening(ServerOptions options) {
        return Map.ofEntries(
                Map.entry("server.address", options.host()),
                Map.entry("server.port", options.port()),
                Map.entry("server.forward-headers-strategy", options.forwarded() ? "native" : "none"),
                Map.entry("server.tomcat.use-relative-redirects", true), // whatever host a request claims to ask
                Map.entry("server.shutdown", "graceful"),
                Map.entry("server.server-header", ""),
                Map.entry("server.compression.enabled", true),
                Map.entry(
                        "server.compression.mime-types",
                        "text/html,text/css,text/javascript,application/json,image/svg+xml"),
                Map.entry("server.tomcat.max-http-form-post-size", "1MB"),
                Map.entry("server.max-http-request-header-size", "16KB"),
                Map.entry("server.error.whitelabel.enabled", false),
                Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "30s"),
                Map.entry("spring.threads.virtual.enabled", true),
                Map.entry("spring.main.lazy-initialization", false),
                Map.entry("spring.mvc.throw-exception-if-no-handler-found", true),
                Map.entry("spring.mvc.formcontent.filter.enabled", false), // would read bodies before anybody is asked
                Map.entry("spring.mvc.format.date", "iso"),
                Map.entry("spring.web.resources.add-mappings", false),
                Map.entry("spring.servlet.multipart.max-file-size", options.megabytesMax() + "MB"),
                Map.entry("spring.servlet.multipart.max-request-size", options.megabytesMax() + 1 + "MB"),
                Map.entry("spring.jackson.default-property-inclusion", "non_absent"),
                Map.entry("spring.jackson.deserialization.fail-on-null-creator-properties", true),
                Map.entry("spring.jackson.deserialization.fail-on-null-for-primitives", true),
                Map.entry("spring.jackson.deserialization.fail-on-unknown-properties", true));
    }

    /// For tests that look at what is there.
    ServletWebServerApplicationContext context() {
        return context;
    }

    /// Where a browser reaches it.
    public URI address() {
        return address;
    }

    /// The link by which the first owner makes their account; its code is known to nobody else.
    /// Empty when there is an
    /// owner.
    public java.util.Optional<URI> welcome() {
        return context.getBean(FirstOwner.class).code().map(code -> address.resolve("/welcome?code=" + code));
    }

    @Override
    public void close() {
        context.close();
    }
}
