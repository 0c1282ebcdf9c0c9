package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/// Where a request comes from, as far as one visitor cannot change it at will: an IPv4 address, or the first 64 bits
/// of an IPv6 address, since whoever has one of these has all the others too (RFC 6177).
final class Network {
    private static final int BYTES = 8;

    private Network() {}

    static String of(HttpServletRequest request) {
        return of(request.getRemoteAddr());
    }

    static String of(String address) {
        try {
            InetAddress read = InetAddress.ofLiteral(address.replaceFirst("%.*", "")); // without the interface
            return read instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(read.getAddress(), BYTES))
                    : read.getHostAddress();
        } catch (IllegalArgumentException _) {
            return address; // a proxy named them in its own way
        }
    }
}
