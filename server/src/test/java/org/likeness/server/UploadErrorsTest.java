package org.likeness.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.testkit.TestPhotos;

/// Nothing that somebody chose vanishes without a word, in a real browser: neither what cannot be taken nor what a
/// break kept from arriving.
class UploadErrorsTest {
    private static final double PATIENCE_MS = 120_000;
    private static final String SECOND_PIECE = Integer.toString(4 << 20);

    /// Ends the wait for the next try, as a browser does that finds a network.
    private static final String GOES_ON = "dispatchEvent(new Event('online'))";

    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void limits() throws IOException {
        data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("likeness.properties"), "photo.megabytes-max = 8\nphoto.megapixels-max = 20\n");
    }

    @Test
    void what_is_not_taken_of_twenty_files_is_named_until_it_is_put_away() throws IOException {
        List<Path> chosen = new ArrayList<>(TestPhotos.many(folder.resolve("photos"), 16));
        chosen.add(Files.writeString(folder.resolve("letter.jpg"), "Dear diary, ".repeat(100)));
        chosen.add(Files.write(folder.resolve("huge.jpg"), new byte[9 << 20]));
        chosen.add(Files.write(folder.resolve("nothing.jpg"), new byte[0]));
        chosen.add(folder.resolve("wide.png"));
        ImageIO.write(
                new BufferedImage(6000, 4000, BufferedImage.TYPE_BYTE_BINARY),
                "png",
                chosen.getLast().toFile());
        try (Site site = Site.owned(data);
                Chromium chromium = new Chromium()) {
            Collection ours = site.likeness.createCollection("Family", Profile.HOUSEHOLD);
            Page page = photos(site, chromium, Chromium.Window.DESKTOP, ours);
            Locator card = page.locator("[data-upload-card]");
            choose(page, chosen);
            assertThat(page.locator("#add-photos .upload-list")).containsText("no photo that can be read");
            page.locator("dialog[open] [data-closes]").click();
            assertThat(card).isVisible();
            patiently(card, "wide.png");
            assertThat(card).containsText("16 files arrived, 4 not taken");
            for (String named : List.of("letter.jpg", "huge.jpg", "nothing.jpg", "more pixels", "larger", "empty")) {
                assertThat(card).containsText(named);
            }
            Chromium.picture(page, "upload-refused");
            assertThat(page.locator(".cell a"))
                    .hasCount(16, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MS));
            page.locator("[data-upload-card] .upload-card-open").click();
            Chromium.picture(page, "upload-refused-dialog");

            page.reload();
            assertThat(card).containsText("letter.jpg");
            page.locator("[data-away]").click();
            assertThat(card).isHidden();
            page.reload();
            assertThat(page.locator("[data-upload][data-started]")).hasCount(1);
            assertThat(card).isHidden();

            page.navigate("/c/" + ours.id() + "/imports");
            assertThat(page.locator("tbody tr")).hasCount(1);
            assertThat(page.locator("tbody tr")).containsText("16 added");
            assertThat(page.locator("tbody tr")).containsText("1 refused");
        }
    }

    @Test
    void a_file_goes_on_where_it_stopped_after_the_connection_broke_and_after_the_page_was_left() throws IOException {
        Path large = large("large.jpg");
        try (Site site = Site.owned(data);
                Chromium chromium = new Chromium()) {
            Collection ours = site.likeness.createCollection("Family", Profile.HOUSEHOLD);
            Page page = photos(site, chromium, Chromium.Window.PHONE, ours);
            Locator card = page.locator("[data-upload-card]");
            AtomicInteger first = new AtomicInteger();
            AtomicInteger broken = new AtomicInteger();
            page.route("**/uploads/*", route -> {
                if (isPiece(route, "0")) {
                    first.incrementAndGet();
                }
                if (isPiece(route, SECOND_PIECE)) {
                    broken.incrementAndGet();
                    route.abort();
                } else {
                    route.resume();
                }
            });
            choose(page, List.of(large));
            assertThat(page.locator("#add-photos [data-total]")).containsText("No connection");
            page.locator("dialog[open] [data-closes]").click();
            assertThat(card).containsText("No connection");
            Chromium.picture(page, "upload-broken-phone");

            List<String> asked = new ArrayList<>();
            page.onDialog(dialog -> {
                asked.add(dialog.type());
                dialog.accept();
            });
            page.reload();
            assertThat(asked).containsExactly("beforeunload");
            assertThat(broken.get()).isPositive();
            assertThat(card).containsText("A file you chose did not arrive");
            assertThat(card).containsText("large.jpg");
            Chromium.picture(page, "upload-lost-phone");

            page.unroute("**/uploads/*");
            List<String> offsets = new ArrayList<>();
            page.onRequest(request -> {
                if (request.method().equals("PATCH")) {
                    offsets.add(request.headerValue("upload-offset"));
                }
            });
            page.locator("[data-choose]").click();
            choose(page, List.of(large));
            page.locator("dialog[open] [data-closes]").click();
            assertThat(page.locator(".cell a"))
                    .hasCount(1, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MS));
            assertThat(card).isHidden();
            assertThat(first.get()).isEqualTo(1);
            assertThat(offsets).containsExactly(SECOND_PIECE);
        }
    }

    @Test
    void what_was_left_unfinished_can_be_discarded_and_is_told_to_its_member_only() throws IOException {
        Path large = large("large.jpg");
        try (Site site = Site.owned(data);
                Chromium chromium = new Chromium()) {
            Collection ours = site.likeness.createCollection("Family", Profile.HOUSEHOLD);
            Page page = photos(site, chromium, Chromium.Window.DARK, ours);
            page.route("**/uploads/*", route -> {
                if (isPiece(route, SECOND_PIECE)) {
                    route.abort();
                } else {
                    route.resume();
                }
            });
            choose(page, List.of(large));
            assertThat(page.locator("#add-photos [data-total]")).containsText("No connection");
            page.onDialog(Dialog::accept);
            page.reload();
            Locator card = page.locator("[data-upload-card]");
            assertThat(card).containsText("large.jpg");
            Chromium.picture(page, "upload-lost-dark");
            page.waitForResponse(
                    answer -> answer.request().method().equals("DELETE") && answer.ok(),
                    () -> page.locator("[data-discard]").click());
            assertThat(card).isHidden();
            assertThat(data.resolve("uploads")).isEmptyDirectory();
        }
    }

    @Test
    void what_the_server_or_a_proxy_refuses_is_said_in_words() throws IOException {
        List<Path> chosen = TestPhotos.many(folder.resolve("photos"), 3);
        int[] answers = {413, 415, 418};
        try (Site site = Site.owned(data);
                Chromium chromium = new Chromium()) {
            Collection ours = site.likeness.createCollection("Family", Profile.HOUSEHOLD);
            Page page = photos(site, chromium, Chromium.Window.DESKTOP, ours);
            AtomicInteger count = new AtomicInteger();
            page.route("**/uploads", route -> {
                if (route.request().method().equals("POST")) {
                    route.fulfill(new Route.FulfillOptions().setStatus(answers[count.getAndIncrement() % 3]));
                } else {
                    route.resume();
                }
            });
            choose(page, chosen);
            Locator list = page.locator("#add-photos .upload-list");
            assertThat(list.locator(".why")).hasCount(3);
            for (String words : List.of("larger than", "no photo", "status 418")) {
                assertThat(list).containsText(words);
            }
            page.unroute("**/uploads");
            list.locator("button").first().click();
            assertThat(list.locator(".why")).hasCount(2);
        }
    }

    @Test
    void an_event_needs_a_source_and_its_permission_before_anything_is_sent() throws IOException {
        List<Path> chosen = TestPhotos.many(folder.resolve("photos"), 2);
        try (Site site = Site.owned(data);
                Chromium chromium = new Chromium()) {
            Collection event = site.likeness.createCollection("Fair", Profile.EVENT);
            Page page = photos(site, chromium, Chromium.Window.DESKTOP, event);
            choose(page, chosen);
            assertThat(page.locator("#upload-source")).hasAttribute("aria-invalid", "true");
            assertThat(page.locator("#add-photos [data-total]")).containsText("where the photos come from");
            page.locator("#upload-source").fill("Club");
            choose(page, chosen);
            Locator whys = page.locator("#add-photos .upload-list .why");
            assertThat(whys).hasCount(2);
            assertThat(whys.first()).containsText("No permission is recorded");
            Chromium.picture(page, "upload-no-permission");
            assertThat(data.resolve("uploads")).doesNotExist();
        }
    }

    @Test
    void whoever_is_signed_out_in_the_middle_hears_it_once_and_goes_on_after_signing_in() throws IOException {
        Path large = large("large.jpg");
        List<Path> chosen = new ArrayList<>(TestPhotos.many(folder.resolve("photos"), 9));
        chosen.addFirst(large);
        try (Site site = Site.owned(data);
                Chromium chromium = new Chromium()) {
            Collection ours = site.likeness.createCollection("Family", Profile.HOUSEHOLD);
            Page page = photos(site, chromium, Chromium.Window.DESKTOP, ours);
            page.route("**/uploads*", route -> {
                if (route.request().method().equals("POST")) {
                    page.context().clearCookies(); // as when the session ends
                }
                route.resume();
            });
            choose(page, chosen);
            page.locator("dialog[open] [data-closes]").click();
            Locator card = page.locator("[data-upload-card]");
            assertThat(card).containsText("not signed in any more, so 10 files did not arrive");
            assertThat(page.locator("[data-problems] li")).hasCount(0);
            Chromium.picture(page, "upload-signed-out");
            page.unroute("**/uploads*");
            page.locator("[data-sign-in]").click();
            page.getByLabel("Name").fill(Site.OWNER);
            page.getByLabel("Password").fill(Site.PASSWORD);
            page.locator("main button[type=submit]").click();
            assertThat(card).containsText("10 files you chose did not arrive");
            page.locator("[data-choose]").click();
            choose(page, chosen);
            page.locator("dialog[open] [data-closes]").click();
            assertThat(page.locator(".cell a"))
                    .hasCount(10, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MS));
            assertThat(card).isHidden();
        }
    }

    @Test
    void what_stands_beside_a_photo_goes_with_it() throws IOException {
        Path forbidden = TestPhotos.demo(folder.resolve("own")).getFirst();
        String name = String.valueOf(forbidden.getFileName());
        Path sidecar = Files.writeString(
                forbidden.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ".XMP"),
                "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF"
                        + " xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\""
                        + " xmlns:plus=\"http://ns.useplus.org/ldf/xmp/1.0/\"><plus:DataMining"
                        + " rdf:resource=\"http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED\"/></rdf:Description>"
                        + "</rdf:RDF></x:xmpmeta>");
        Path alone = Files.writeString(folder.resolve("alone.xmp"), "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"/>");
        try (Site site = Site.owned(data);
                Chromium chromium = new Chromium()) {
            Collection ours = site.likeness.createCollection("Family", Profile.HOUSEHOLD);
            Page page = photos(site, chromium, Chromium.Window.DESKTOP, ours);
            choose(page, List.of(alone, forbidden, sidecar));
            page.locator("dialog[open] [data-closes]").click();
            Locator card = page.locator("[data-upload-card]");
            patiently(card, "waits in quarantine");
            patiently(card, "belongs to a photo that is not among the files");
            assertThat(page.locator("[data-problems] li")).hasCount(2);
        }
    }

    @Test
    void what_cannot_be_read_of_a_drop_is_named_and_the_rest_is_taken() {
        try (Site site = Site.owned(data);
                Chromium chromium = new Chromium()) {
            Collection ours = site.likeness.createCollection("Family", Profile.HOUSEHOLD);
            Page page = photos(site, chromium, Chromium.Window.DESKTOP, ours);
            page.evaluate("""
                    () => {
                        const entry = (name, file) => ({ isFile: true, name, fullPath: `/${name}`, file });
                        const folder = { isFile: false, name: 'closed', fullPath: '/closed', createReader: () => ({
                            readEntries: (yes, no) => no(new DOMException('', 'NotReadableError')) }) };
                        const drop = new Event('drop', { cancelable: true });
                        drop.dataTransfer = { types: ['Files'], items: [
                            entry('gone.jpg', (yes, no) => no(new DOMException('', 'NotFoundError'))), folder,
                            entry('empty.jpg', (yes) => yes(new File([], 'empty.jpg'))),
                        ].map((each) => ({ webkitGetAsEntry: () => each })) };
                        document.dispatchEvent(drop);
                    }""");
            Locator list = page.locator("#add-photos .upload-list");
            assertThat(list.locator(".why")).hasCount(3);
            assertThat(list.locator("li:has-text('could not be read')")).hasCount(2);
            for (String named : List.of("gone.jpg", "closed", "This file is empty")) {
                assertThat(list).containsText(named);
            }
            assertThat(list.locator("button")).hasCount(1);
        }
    }

    @Test
    void two_files_that_look_the_same_from_outside_both_arrive() throws IOException {
        Path original = TestPhotos.demo(folder.resolve("own")).getFirst();
        List<Path> chosen = new ArrayList<>();
        for (String shelf : List.of("a", "b")) {
            Path scan = Files.createDirectories(folder.resolve(shelf)).resolve("scan.jpg");
            Files.copy(original, scan);
            Files.writeString(scan, shelf, StandardOpenOption.APPEND);
            Files.setLastModifiedTime(scan, Files.getLastModifiedTime(original));
            chosen.add(scan);
        }
        try (Site site = Site.owned(data);
                Chromium chromium = new Chromium()) {
            Collection ours = site.likeness.createCollection("Family", Profile.HOUSEHOLD);
            Page page = photos(site, chromium, Chromium.Window.DESKTOP, ours);
            choose(page, chosen);
            page.locator("dialog[open] [data-closes]").click();
            assertThat(page.locator(".cell a"))
                    .hasCount(2, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MS));
        }
    }

    @Test
    void what_is_too_large_takes_nothing_from_the_total() throws IOException {
        Path huge = Files.write(folder.resolve("huge.jpg"), new byte[9 << 20]);
        Path large = large("large.jpg");
        try (Site site = Site.owned(data);
                Chromium chromium = new Chromium()) {
            Collection ours = site.likeness.createCollection("Family", Profile.HOUSEHOLD);
            Page page = photos(site, chromium, Chromium.Window.DESKTOP, ours);
            page.route("**/uploads/*", route -> {
                if (!isPiece(route, SECOND_PIECE)) {
                    route.resume(); // the second piece is on its way to the end of the test
                }
            });
            choose(page, List.of(huge, large));
            assertThat(page.locator("#add-photos [data-total]"))
                    .containsText(Pattern.compile("One file on its way, [5-9]\\d %"));
        }
    }

    @Test
    void a_server_that_is_full_is_waited_for_as_a_connection_is() throws IOException {
        Path photo = TestPhotos.demo(folder.resolve("own")).getFirst();
        try (Site site = Site.owned(data);
                Chromium chromium = new Chromium()) {
            Collection ours = site.likeness.createCollection("Family", Profile.HOUSEHOLD);
            Page page = photos(site, chromium, Chromium.Window.DESKTOP, ours);
            page.route("**/uploads", route -> {
                if (route.request().method().equals("POST")) {
                    route.fulfill(new Route.FulfillOptions().setStatus(503));
                } else {
                    route.resume();
                }
            });
            choose(page, List.of(photo));
            Locator total = page.locator("#add-photos [data-total]");
            assertThat(total).containsText("takes no more at the moment");
            for (int more = 0; more < 6; more++) { // more than it would try otherwise
                page.waitForResponse(answer -> answer.status() == 503, () -> page.evaluate(GOES_ON));
            }
            assertThat(total).containsText("takes no more at the moment");
            page.unroute("**/uploads");
            page.waitForResponse(answer -> answer.status() == 201, () -> page.evaluate(GOES_ON));
            assertThat(page.locator("#add-photos .upload-list .why")).hasCount(0);
        }
    }

    @Test
    void how_far_an_import_is_is_heard_again_after_an_answer_that_was_an_error() throws IOException {
        Path photo = TestPhotos.demo(folder.resolve("own")).getFirst();
        try (Site site = Site.owned(data);
                Chromium chromium = new Chromium()) {
            Collection ours = site.likeness.createCollection("Family", Profile.HOUSEHOLD);
            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            page.route(
                    "**/events",
                    route -> route.fulfill(new Route.FulfillOptions().setStatus(502)),
                    new Page.RouteOptions().setTimes(1));
            page.navigate("/c/" + ours.id() + "/photos");
            assertThat(page.locator("[data-upload][data-started]")).hasCount(1);
            page.locator(".page-head [data-opens=add-photos]").click();
            choose(page, List.of(photo));
            page.locator("dialog[open] [data-closes]").click();
            assertThat(page.locator(".cell a"))
                    .hasCount(1, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MS));
        }
    }

    private static Page photos(Site site, Chromium chromium, Chromium.Window window, Collection of) {
        Page page = chromium.signedIn(site, window, Site.OWNER, Site.PASSWORD);
        page.navigate("/c/" + of.id() + "/photos");
        assertThat(page.locator("[data-upload][data-started]")).hasCount(1);
        page.locator(".page-head [data-opens=add-photos]").click();
        return page;
    }

    private static void choose(Page page, List<Path> files) {
        page.locator("#add-photos input[type=file]:not([webkitdirectory])").setInputFiles(files.toArray(Path[]::new));
    }

    private static boolean isPiece(Route route, String offset) {
        return route.request().method().equals("PATCH")
                && offset.equals(route.request().headerValue("upload-offset"));
    }

    private static void patiently(Locator place, String text) {
        assertThat(place).containsText(text, new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MS));
    }

    /// A photo that takes two pieces: behind the end of a picture every decoder stops reading.
    private Path large(String name) throws IOException {
        Path photo = folder.resolve(name);
        Files.copy(TestPhotos.demo(folder.resolve("own")).getFirst(), photo);
        return Files.write(photo, new byte[5 << 20], StandardOpenOption.APPEND);
    }
}
