package org.likeness.server;

import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;
import org.likeness.core.LikenessException;
import org.likeness.library.Settings;
import org.likeness.library.WebSettings;

/// How the server listens. Immutable.
///
/// @param host the address to listen at; `127.0.0.1` is this machine only
/// @param port 0 for any free one
/// @param publicUrl where browsers reach it from outside, behind a proxy; empty: the address itself
/// @param megabytesMax larger uploads (in MiB) are refused
/// @param tls by what it speaks TLS; empty: it does not, though a proxy in front may
/// @param forwarded whether a proxy says who asks, by the headers `X-Forwarded-*`
/// @param oidc who else vouches for members; empty: nobody
public record ServerOptions(
        String host,
        int port,
        String publicUrl,
        int megabytesMax,
        Optional<WebSettings.Tls> tls,
        boolean forwarded,
        Optional<WebSettings.Oidc> oidc) {
    public ServerOptions {
        if (port < 0 || port > 65_535) {
            throw new LikenessException(
                    LikenessException.Kind.BAD_INPUT, "port must be from 0 to 65535 but is " + port + "\nChoose 8080.");
        }
    }

    /// This machine only.
    public static ServerOptions local(int port, int megabytesMax) {
        return new ServerOptions("127.0.0.1", port, "", megabytesMax, Optional.empty(), false, Optional.empty());
    }

    /// As the settings say.
    public static ServerOptions of(Settings settings) {
        WebSettings web = settings.web();
        return new ServerOptions(
                web.host(), web.port(), web.url(), settings.megabytesMax(), web.tls(), web.forwarded(), web.oidc());
    }

    URI address(int realPort) {
        if (!publicUrl.isEmpty()) {
            return URI.create(publicUrl);
        }
        return URI.create((secure() ? "https://" : "http://") + reached() + ":" + realPort + "/");
    }

    /// The host that a browser asks for: a name where there is one, and an IPv6 address in brackets.
    private String reached() {
        if (host.equals("127.0.0.1") || host.equals("0.0.0.0")) {
            return "localhost";
        }
        if (!host.contains(":")) {
            return host;
        }
        InetAddress number = InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", ""));
        return number.isLoopbackAddress() || number.isAnyLocalAddress()
                ? "localhost"
                : "[" + host.replaceAll("[\\[\\]]", "") + "]";
    }

    /// Whether browsers have passkeys where they reach it: by TLS at a name, or on this machine.
    boolean allowsPasskeys() {
        String name = address(port).getHost();
        boolean isNumber = name == null || name.contains(":") || name.matches("[0-9.]+");
        return "localhost".equals(name) || (secure() && !isNumber);
    }

    /// Whether browsers reach it by TLS, so that cookies may be confined to that.
    boolean secure() {
        return publicUrl.isEmpty() ? tls.isPresent() : publicUrl.startsWith("https:");
    }
}
