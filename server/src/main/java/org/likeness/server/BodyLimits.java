package org.likeness.server;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/// Keeps what is sent within bounds before anything reads it: photos are long, and only where photos are taken; forms
/// of several parts, which the web server keeps on disk, are read only there and only of members. Thread-safe.
final class BodyLimits extends OncePerRequestFilter {
    /// As much as a form may have.
    static final long BYTES_MAX = 1 << 20;

    /// Where photos are sent as they are; each of these counts what it reads.
    private static final Pattern PHOTOS = Pattern.compile("/api/v1/collections/[^/]+/(probes|uploads/.+)");

    /// Where forms with a photo are sent.
    private static final Pattern FORMS = Pattern.compile("/c/[^/]+/(search/probes|people/[^/]+/references)");

    private final Failures failures;

    BodyLimits(Failures failures) {
        this.failures = failures;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String path = request.getRequestURI();
        boolean member = Callers.current().filter(caller -> !caller.half()).isPresent();
        if (isOfParts(request)) {
            if (member && FORMS.matcher(path).matches()) {
                chain.doFilter(request, response);
            } else {
                refuse(request, response, member ? HttpStatus.CONTENT_TOO_LARGE : HttpStatus.UNAUTHORIZED);
            }
        } else if (member && PHOTOS.matcher(path).matches()) {
            chain.doFilter(request, response);
        } else if (request.getContentLengthLong() > BYTES_MAX) {
            refuse(request, response, HttpStatus.CONTENT_TOO_LARGE);
        } else {
            chain.doFilter(new Bounded(request), response);
        }
    }

    private static boolean isOfParts(HttpServletRequest request) {
        String type = request.getContentType();
        return type != null && type.strip().toLowerCase(Locale.ROOT).startsWith("multipart/");
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, HttpStatus status)
            throws ServletException, IOException {
        failures.answer(request, response, status, Failures.textFor(status));
    }

    /// For bodies that do not say how long they are.
    private static final class Bounded extends HttpServletRequestWrapper {
        private Bounded(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new BoundedStream(super.getInputStream());
        }

        @Override
        public BufferedReader getReader() throws IOException {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }
    }

    private static final class BoundedStream extends ServletInputStream {
        private final ServletInputStream all;
        private long bytes;

        private BoundedStream(ServletInputStream all) {
            this.all = all;
        }

        @Override
        public int read() throws IOException {
            int read = all.read();
            return read < 0 ? read : counted(1, read);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = all.read(into, offset, length);
            return read < 0 ? read : counted(read, read);
        }

        private int counted(int more, int answer) throws IOException {
            bytes += more;
            if (bytes > BYTES_MAX) {
                throw new IOException("a body has more than " + BYTES_MAX + " bytes");
            }
            return answer;
        }

        @Override
        public boolean isFinished() {
            return all.isFinished();
        }

        @Override
        public boolean isReady() {
            return all.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            all.setReadListener(listener);
        }
    }
}
