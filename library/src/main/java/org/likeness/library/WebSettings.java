package org.likeness.library;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.likeness.core.member.SecondFactor;

/// How the web application listens. Immutable.
///
/// @param host the address to listen at
/// @param port 0 for any free one
/// @param url where browsers reach it, ending in a slash; empty: at the address it listens at
/// @param tls empty: it speaks no TLS itself
/// @param forwarded whether a proxy says who asks, by the headers `X-Forwarded-*`
/// @param oidc who else vouches for members; empty: nobody
/// @param secondFactor of whom more than one factor is demanded
public record WebSettings(
        String host,
        int port,
        String url,
        Optional<Tls> tls,
        boolean forwarded,
        Optional<Oidc> oidc,
        SecondFactor secondFactor) {
    /// By what it speaks TLS: two PEM files, read when it starts.
    public record Tls(Path certificate, Path key) {}

    /// A provider of OpenID Connect.
    ///
    /// @param issuer its address
    /// @param client under which name it knows this server
    /// @param secret a file, read at start
    public record Oidc(String issuer, String client, Path secret) {}

    /// Whether tokens may be fetched there: by TLS, or on this machine.
    static boolean isIssuer(String text) {
        try {
            URI uri = URI.create(text);
            boolean here = "localhost".equals(uri.getHost()) || "127.0.0.1".equals(uri.getHost());
            return uri.getHost() != null
                    && ("https".equals(uri.getScheme()) || (here && "http".equals(uri.getScheme())));
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// Whether it is a place where browsers may find a server: scheme, host, perhaps a port.
    static boolean isAddress(String text) {
        try {
            URI uri = URI.create(text);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            String path = uri.getPath();
            return web
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && (path == null || path.isEmpty() || path.equals("/"))
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
