package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.LikenessException;
import org.likeness.core.LikenessException.Kind;
import org.likeness.core.photo.Sha256;
import org.likeness.library.CatalogueEntry.RemoteFile;
import org.likeness.models.DefaultPack;

/// Installing a pack by its name, from a server in this process: the networks of the default pack under another name.
class PackDownloadTest {
    private static final String NAME = "fetched";

    @TempDir
    private Path temp;

    private HttpServer server;
    private Packs packs;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        packs = new Packs(temp.resolve("models"), List.of(entry()), PackDownloadTest::text);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void a_file_of_the_pinned_hash_is_installed_and_works() {
        serveAll();
        AtomicLong received = new AtomicLong();
        InstalledPack installed = packs.install(packs.entry(NAME), Optional.empty(), received::set);
        assertThat(installed.name()).isEqualTo(NAME);
        assertThat(received).hasPositiveValue();
        assertThat(packs.installed()).extracting(InstalledPack::name).containsExactly(Packs.DEFAULT, NAME);
        assertThat(packs.card(NAME)).isEqualTo(text(packs.entry(NAME), "MODEL_CARD.md"));
        assertThat(temp.resolve("models")).isDirectoryContaining(path -> path.endsWith(NAME));
    }

    @Test
    void a_changed_file_is_refused() {
        serveAll();
        byte[] changed = content("landmarks.onnx");
        changed[changed.length / 2] ^= 1;
        answer("landmarks.onnx", exchange -> send(exchange, 200, changed));
        assertThatInstalling(Kind.CORRUPT, "landmarks.onnx must have SHA-256", "nothing was installed");
    }

    @Test
    void a_shorter_file_is_refused() {
        serveAll();
        byte[] shorter = Arrays.copyOf(content("landmarks.onnx"), 1000);
        answer("landmarks.onnx", exchange -> send(exchange, 200, shorter));
        assertThatInstalling(Kind.CORRUPT, "has 1000 of", "nothing was installed");
    }

    @Test
    void a_longer_file_is_not_read_to_its_end() {
        serveAll();
        byte[] whole = content("landmarks.onnx");
        answer("landmarks.onnx", exchange -> send(exchange, 200, Arrays.copyOf(whole, whole.length + 1)));
        assertThatInstalling(Kind.CORRUPT, "has more than " + whole.length + " bytes", "nothing was installed");
    }

    @Test
    void a_connection_that_breaks_off_is_a_reason_to_try_again() {
        serveAll();
        byte[] whole = content("landmarks.onnx");
        answer("landmarks.onnx", exchange -> {
            exchange.sendResponseHeaders(200, whole.length);
            exchange.getResponseBody().write(whole, 0, 1000);
            exchange.getResponseBody().flush();
            server.stop(0);
        });
        assertThatInstalling(Kind.UNAVAILABLE, "cannot be fetched", "--from FOLDER");
    }

    @Test
    void a_redirect_to_a_connection_that_others_can_read_is_not_followed() {
        serveAll();
        answer("moved.onnx", exchange -> send(exchange, 200, content("landmarks.onnx")));
        answer("landmarks.onnx", exchange -> {
            exchange.getResponseHeaders().add("Location", address("moved.onnx").toString());
            send(exchange, 302, new byte[0]);
        });
        assertThatInstalling(Kind.UNAVAILABLE, "redirects to http, only https is followed", "--from FOLDER");
    }

    @Test
    void a_file_that_is_not_there_is_named_with_its_address() {
        answer("", exchange -> send(exchange, 404, new byte[0]));
        assertThatInstalling(Kind.UNAVAILABLE, address("detector.onnx") + ": it answered 404", "--from FOLDER");
    }

    private void assertThatInstalling(Kind kind, String problem, String advice) {
        assertThatExceptionOfType(LikenessException.class)
                .isThrownBy(() -> packs.install(packs.entry(NAME), Optional.empty(), _ -> {}))
                .withMessageContaining(problem)
                .withMessageContaining(advice)
                .matches(e -> e.kind() == kind);
        assertThat(temp.resolve("models")).isEmptyDirectory();
        assertThat(packs.installed()).extracting(InstalledPack::name).containsExactly(Packs.DEFAULT);
    }

    private void serveAll() {
        for (String file : fetched()) {
            answer(file, exchange -> send(exchange, 200, content(file)));
        }
    }

    private void answer(String file, HttpHandler handler) {
        try {
            server.removeContext("/" + file);
        } catch (IllegalArgumentException _) {
            // nothing was said about it yet
        }
        server.createContext("/" + file, handler);
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private URI address(String file) {
        return URI.create("http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort() + "/" + file);
    }

    private CatalogueEntry entry() {
        List<RemoteFile> files = new ArrayList<>();
        for (String file : fetched()) {
            byte[] content = content(file);
            files.add(new RemoteFile(
                    file,
                    address(file),
                    Sha256.of(Hashes.sha256().digest(content)).hex(),
                    content.length));
        }
        return new CatalogueEntry(NAME, "For a test", "MIT", files);
    }

    /// All but what is part of Likeness.
    private static List<String> fetched() {
        return DefaultPack.files().stream()
                .filter(file -> !List.of("pack.json", "MODEL_CARD.md").contains(file))
                .toList();
    }

    private static String text(CatalogueEntry entry, String file) {
        String text = new String(content(file), StandardCharsets.UTF_8);
        return file.equals("pack.json") ? text.replace("\"" + Packs.DEFAULT + "\"", "\"" + entry.name() + "\"") : text;
    }

    private static byte[] content(String file) {
        try (InputStream content = DefaultPack.open(file)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
