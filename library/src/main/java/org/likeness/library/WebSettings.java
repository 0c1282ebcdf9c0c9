package org.likeness.library;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// How the web application listens. Immutable.
///
/// @param host the address to listen at
/// @param port 0 for any free one
/// @param url where browsers reach it, ending in a slash; empty: at the address it listens at
/// @param tls empty: it speaks no TLS itself
/// @param forwarded whether a proxy says who asks, by the headers `X-Forwarded-*`
public record WebSettings(String host, int port, String url, Optional<Tls> tls, boolean forwarded) {
    /// By what it speaks TLS: two PEM files, read when it starts.
    public record Tls(Path certificate, Path key) {}

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
