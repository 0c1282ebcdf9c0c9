package org.likeness.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.Profile;
import org.likeness.core.photo.Storage;
import org.likeness.testkit.TestPhotos;
import tools.jackson.databind.JsonNode;

/// What a search says to whoever searches: whom it can find, why not, what it left out, and that a
/// mistake can be undone. In a real browser on real photos.
class SearchJourneyTest {
    @TempDir
    Path data;

    @Test
    void an_event_offers_who_can_be_found_now_says_why_others_cannot_and_takes_a_decision_back() throws IOException {
        List<Path> photos = TestPhotos.demo(data.resolve("own"));
        try (Site site = Site.owned(data.resolve("data"));
                Chromium chromium = new Chromium()) {
            Program program = Program.of(site);
            String api = RightsApiTest.event(program);
            String in = "/c/" + api.replaceFirst(".*/", "");
            program.post(api + "/sources", """
                    {"name": "Photographer", "owner": "Iris", "grant": {"grantedBy": "Iris", "capacity": "OWNER",
                     "uses": ["STORE", "FACE_SEARCH"]}}""");
            Collection camp =
                    site.likeness.collection(new CollectionId(java.util.UUID.fromString(api.replaceFirst(".*/", ""))));
            site.likeness.importPhotos(
                    camp,
                    photos.subList(0, 2),
                    Storage.COPY,
                    Optional.of("Photographer"),
                    Optional.empty(),
                    (_, _) -> {});
            String ada = people(program, api, photos.getFirst());

            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            page.navigate(in + "/search");
            assertThat(page.locator("#whom option")).hasText(new String[] {"Ada, on their own behalf"});
            page.locator(".others summary").click();
            assertThat(page.locator(".others dt")).hasText(new String[] {"Ben", "Dan"});
            assertThat(page.locator(".others dd").first()).containsText("no photo to find them by");
            assertThat(page.locator(".others dd").last()).hasText("they said no");
            Chromium.picture(page, "search-event");
            find(page);
            Locator candidates = page.locator("#answer section > .candidates .candidate");
            assertThat(candidates.first()).isVisible();
            Chromium.picture(page, "search-event-found");
            Download download = page.waitForDownload(
                    () -> candidates.first().locator("a[download]").click());
            assertThat(photos.stream().map(photo -> photo.getFileName().toString()))
                    .as("a photo comes under its own name")
                    .contains(download.suggestedFilename());

            takeBack(page, candidates);
            noFaceIsALink(page, in, candidates);

            page.navigate(in + "/search");
            assertThat(page.locator("#whom")).isVisible();
            program.post(ada + "/withdrawals", "{\"method\": \"SPOKEN\"}");
            find(page);
            assertThat(page.locator("#answer [role=alert]")).containsText("they withdrew");
            Chromium.picture(page, "search-event-refused");
            page.navigate(in + "/search");
            assertThat(page.locator(".others dt").first()).hasText("Ada");
            Page phone = chromium.signedIn(site, Chromium.Window.PHONE, Site.OWNER, Site.PASSWORD);
            phone.navigate(in + "/search");
            phone.locator(".others summary").click();
            Chromium.picture(phone, "search-event-phone");
            assertThat((Integer) phone.evaluate("document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(390);
        }
    }

    /// Ada can be found by herself, Ben has no reference, Cleo is erased, Dan said no; Ada's path.
    private static String people(Program program, String api, Path portrait) throws IOException {
        String ada = api + "/people/" + program.made(api + "/people", "{\"name\": \"Ada\"}");
        answer(program, ada, "\"myself\": true, \"staff\": false");
        String probe = Program.ok(
                        "probe", program.send("POST", api + "/probes", "image/jpeg", Files.readAllBytes(portrait)))
                .get("id")
                .asString();
        program.post(ada + "/references", "{\"probe\": \"" + probe + "\", \"number\": 1}");
        answer(program, api + "/people/" + program.made(api + "/people", "{\"name\": \"Ben\"}"), "\"staff\": true");
        String cleo = program.made(api + "/people", "{\"name\": \"Cleo\"}");
        program.post(api + "/demands", "{\"kind\": \"ERASE\", \"scope\": \"PERSON\", \"target\": \"" + cleo + "\"}");
        answer(program, api + "/people/" + program.made(api + "/people", "{\"name\": \"Dan\"}"), "\"staff\": false");
        return ada;
    }

    private static void answer(Program program, String person, String choices) {
        program.post(person + "/answers", "{\"method\": \"PAPER\", \"choices\": {" + choices + "}}");
    }

    private static void find(Page page) {
        page.waitForResponse(
                answer -> answer.url().endsWith("/search/person"),
                () -> page.locator("main button[type=submit].main-action").click());
    }

    private static void takeBack(Page page, Locator candidates) {
        int before = candidates.count();
        candidates.first().locator("button[value=IS_NOT]").click();
        assertThat(candidates.first().locator(".badge")).hasText("You said: not this person");
        Chromium.picture(page, "search-event-decided");
        candidates.first().locator("button[value=OPEN]").click();
        assertThat(candidates.first().locator("button[value=IS]")).isVisible();
        candidates.first().locator("button[value=IS_NOT]").click();
        assertThat(candidates.first().locator("button[value=OPEN]")).isVisible();
        find(page);
        assertThat(candidates).hasCount(before - 1);
        page.locator("#answer details summary").click();
        Chromium.picture(page, "search-event-left-out");
        page.locator("#answer details button").click();
        assertThat(page.locator("#answer details [role=status]")).containsText("Taken back");
        find(page);
        assertThat(candidates).hasCount(before);
        assertThat(page.locator("#answer details")).hasCount(0);
    }

    private static void noFaceIsALink(Page page, String in, Locator candidates) {
        candidates.first().locator(".pair-small a").click();
        assertThat(page.locator(".info")).containsText("only people who said yes");
        assertThat(page.locator(".picture .face").first()).isAttached();
        assertThat(page.locator(".picture a.face, .info .face-picks li > a")).hasCount(0);
        Chromium.picture(page, "photo-event");
        page.navigate(in + "/search?face=01a00000-0000-7000-8000-000000000000");
        assertThat(page.locator("main .notice")).containsText("only people who said yes");
        assertThat(page.locator("#answer .skeleton")).hasCount(0);
    }

    @Test
    void a_household_says_what_a_filter_left_out_and_lets_another_photo_be_tried() throws IOException {
        List<Path> photos = TestPhotos.demo(data.resolve("own"));
        try (Site site = Site.owned(data.resolve("data"));
                Chromium chromium = new Chromium()) {
            Path twin = Files.createDirectories(data.resolve("twin"))
                    .resolve(photos.getFirst().getFileName());
            Files.copy(photos.getFirst(), twin);
            Files.write(photos.getFirst(), undated(Files.readAllBytes(photos.getFirst())));
            Collection ours = site.likeness.createCollection("Family", Profile.HOUSEHOLD);
            site.likeness.importPhotos(ours, photos, Storage.COPY, Optional.empty(), Optional.empty(), (_, _) -> {});
            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            page.navigate("/c/" + ours.id() + "/search");
            page.locator("input[type=file]")
                    .setInputFiles(new FilePayload(
                            "notes.jpg", "image/jpeg", "no photo at all".getBytes(StandardCharsets.UTF_8)));
            assertThat(page.locator("main [role=alert]")).containsText("This file cannot be searched with.");
            assertThat(page.locator("main [role=alert] p")).hasCount(1);
            Chromium.picture(page, "search-unusable");
            page.locator("input[type=file]").setInputFiles(photos.getFirst());
            page.locator(".face-picks a").first().click();
            Locator candidates = page.locator("#answer .candidate");
            assertThat(candidates.first()).containsText("no date in the file");
            int all = candidates.count();
            strictness(page, candidates, all);

            page.locator("#since").fill("2020-01-01");
            page.locator(".filters button").click();
            assertThat(page.locator("#answer")).containsText("outside of what you chose");
            assertThat(page.locator("#answer")).containsText("in photos without a date");
            assertThat(page.locator("#answer .searched-for")).isVisible();
            Chromium.picture(page, "search-left-out");
            page.locator("#since").fill("");
            page.locator(".filters button").click();
            assertThat(candidates).hasCount(all);
            site.likeness.importPhotos(
                    ours, List.of(twin), Storage.COPY, Optional.empty(), Optional.empty(), (_, _) -> {});
            together(page, candidates, photos.getFirst().getFileName().toString());
            candidates.first().locator(".pair-small a").click();
            assertThat(page.locator(".viewer .picture img")).isVisible();

            page.navigate("/c/" + ours.id() + "/search?face=01a00000-0000-7000-8000-000000000000");
            assertThat(page.locator("#answer [role=alert]")).containsText("There is no such face here");
            Chromium.picture(page, "search-error");
            bounded(site, "/collections/" + ours.id());
        }
    }

    /// A smaller rate never shows more, a larger one never fewer.
    private static void strictness(Page page, Locator candidates, int usual) {
        assertThat(page.locator(".candidate .score-bar")).hasCount(usual);
        assertThat(candidates.first()).containsText("shown from 0.");
        search(page, "LOOSER");
        assertThat(candidates.count()).isGreaterThanOrEqualTo(usual);
        search(page, "STRICTER");
        assertThat(candidates.count()).isLessThanOrEqualTo(usual);
        search(page, "USUAL");
        assertThat(candidates).hasCount(usual);
    }

    private static void search(Page page, String rate) {
        page.locator("#rate").selectOption(rate);
        page.waitForResponse(
                answer -> answer.url().endsWith("/search"),
                () -> page.locator(".filters button").click());
        String oneIn = rate.equals("LOOSER") ? "100 " : rate.equals("USUAL") ? "1,000 " : "10,000 ";
        assertThat(page.locator("#answer")).containsText("1 in " + oneIn);
    }

    /// Candidates can be ordered by day; chosen photos come as one ZIP, in which two files of the same name
    /// both keep a name.
    private static void together(Page page, Locator candidates, String name) throws IOException {
        search(page, "USUAL");
        assertThat(candidates.count()).as("the photo and its twin").isGreaterThan(1);
        List<String> byLikeness = taken(candidates);
        page.locator("[data-review][data-started] #order").selectOption("date");
        assertThat(taken(candidates)).isSortedAccordingTo(Comparator.reverseOrder());
        Chromium.picture(page, "search-by-date");
        page.locator("#order").selectOption("likeness");
        assertThat(taken(candidates)).isEqualTo(byLikeness);
        for (Locator box : candidates.locator("input[type=checkbox]").all()) {
            box.check();
        }
        Chromium.picture(page, "search-chosen");
        Download download = page.waitForDownload(
                () -> page.locator("#download-photos button").click());
        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(download.path()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                assertThat(zip.readAllBytes()).as("a photo").startsWith(0xff, 0xd8);
                names.add(entry.getName());
            }
        }
        assertThat(names).doesNotHaveDuplicates().contains(name, name.replaceFirst("(\\.[^.]+)$", " (2)$1"));
    }

    private static List<String> taken(Locator candidates) {
        return candidates.all().stream()
                .map(each -> String.valueOf(each.getAttribute("data-taken")))
                .toList();
    }

    /// A JPEG without what a camera wrote into it: its APP1 segments.
    private static byte[] undated(byte[] jpeg) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        int at = 2;
        kept.write(jpeg, 0, at);
        while ((jpeg[at + 1] & 0xff) != 0xda) {
            int length = 2 + ((jpeg[at + 2] & 0xff) << 8) + (jpeg[at + 3] & 0xff);
            if ((jpeg[at + 1] & 0xff) != 0xe1) {
                kept.write(jpeg, at, length);
            }
            at += length;
        }
        kept.write(jpeg, at, jpeg.length - at);
        return kept.toByteArray();
    }

    /// A rate is never said to be smaller than what was measured supports.
    private static void bounded(Site site, String in) {
        Program program = Program.of(site);
        String photo =
                program.get(in + "/timeline").get("photos").get(0).get("id").asString();
        JsonNode faces = program.get(in + "/photos/" + photo).get("faces");
        JsonNode answer = program.post(
                in + "/searches",
                "{\"face\": \"" + faces.get(0).get("id").asString()
                        + "\", \"since\": \"2020-01-01\", \"maxFalse\": \"0.9\"}");
        assertThat(answer.get("candidates")).isEmpty();
        JsonNode leftOut = answer.get("leftOut");
        assertThat(leftOut.get("outside").asInt())
                .isPositive()
                .isGreaterThanOrEqualTo(leftOut.get("undated").asInt());
        answer = program.post(
                in + "/searches", "{\"face\": \"" + faces.get(0).get("id").asString() + "\", \"maxFalse\": \"0.9\"}");
        assertThat(answer.get("candidates")).isNotEmpty();
        for (JsonNode each : answer.get("candidates")) {
            assertThat(each.get("falseHere").asDouble())
                    .isGreaterThanOrEqualTo(each.get("falseMatchRate").asDouble() * 0.999);
        }
    }
}
