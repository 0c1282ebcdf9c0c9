package org.likeness.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.consent.Choice;
import org.likeness.core.consent.Method;
import org.likeness.core.person.Details;
import org.likeness.core.person.PersonId;
import org.likeness.core.rights.ConsentDesk;
import org.likeness.library.AuditLog;

/// Who holds the code of a receipt ends the consent by it, without an account.
class WithdrawalPageTest {
    private static final String CODE = "0123-4567-89ab-cdef-0123-4567-89ab-cdef";

    private static final Pattern RECEIPT = Pattern.compile("base64,([A-Za-z0-9+/=]+)");

    @TempDir
    Path data;

    private static PersonId person(Site site) {
        Collection camp = site.likeness.createCollection("Summer camp", Profile.EVENT);
        SettingsFormTest.ground(site.owner(), "/c/" + camp.id() + "/settings");
        return site.likeness
                .people()
                .add(
                        camp.id(),
                        new Details(Optional.of("Ada Example"), Optional.empty(), Optional.empty()),
                        Optional.empty())
                .id();
    }

    private static String yes(Site site, PersonId person) {
        return site.likeness
                .consents()
                .record(new ConsentDesk.Answers(
                        person,
                        Optional.empty(),
                        Map.of(Choice.MYSELF, true),
                        Method.PAPER,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .code()
                .orElseThrow()
                .text();
    }

    @Test
    void a_code_ends_the_consent_and_the_receipt_is_handed_out() throws IOException {
        try (Site site = Site.owned(data);
                Chromium chromium = new Chromium()) {
            PersonId person = person(site);
            String code = yes(site, person);
            Page page = chromium.open(site, Chromium.Window.PHONE);
            page.navigate("/sign-in");
            page.locator("a[href='/withdraw']").click();
            Chromium.picture(page, "withdraw-phone");
            page.locator("#code").fill(code.toUpperCase(java.util.Locale.ROOT).replace("-", " "));
            page.locator("main button[type=submit]").click();
            assertThat(page.locator("h1").textContent()).isEqualTo("The consent has ended");
            Chromium.picture(page, "withdrawn-phone");
            assertThat(page.content()).doesNotContain("Ada", person.toString());
            Download receipt =
                    page.waitForDownload(() -> page.locator("a[download]").click());
            assertThat(Files.readString(receipt.path())).contains("receipt 1", "myself=withdrawn", person.toString());
            assertThat(site.likeness.consents().ledger(person).anyGiven(java.time.Instant.now()))
                    .isFalse();
            assertThat(site.likeness.log().lines(0, 1000).stream()
                            .map(AuditLog.Line::entry)
                            .filter(entry -> entry.actor().equals(WithdrawalPages.HOLDER))
                            .map(AuditEntry::action))
                    .isEqualTo(List.of(AuditEntry.Action.CONSENT_RECORDED));
        }
    }

    @Test
    void a_used_code_gives_the_receipt_again_and_guessing_has_to_wait() {
        try (Site site = Site.owned(data)) {
            PersonId person = person(site);
            String code = yes(site, person);
            Site.Visitor visitor = site.visitor();
            HttpResponse<String> form = visitor.get("/withdraw");
            assertThat(form.statusCode()).isEqualTo(200);
            assertThat(form.headers().firstValue("X-Robots-Tag")).hasValue("noindex");
            HttpResponse<String> ended = visitor.submit("/withdraw", Map.of("code", code));
            HttpResponse<String> used = visitor.submit("/withdraw", Map.of("code", code));
            assertThat(List.of(ended.statusCode(), used.statusCode())).containsOnly(200);
            assertThat(receipt(used)).isEqualTo(receipt(ended)).isNotEmpty();
            HttpResponse<String> wrong = visitor.submit("/withdraw", Map.of("code", CODE));
            HttpResponse<String> none = visitor.submit("/withdraw", Map.of("code", "no code"));
            assertThat(List.of(wrong.statusCode(), none.statusCode())).containsOnly(422);
            assertThat(plain(wrong, CODE)).isEqualTo(plain(none, "no code"));
            for (int i = 0; i < 4; i++) {
                visitor.submit("/withdraw", Map.of("code", CODE));
            }
            assertThat(visitor.submit("/withdraw", Map.of("code", yes(site, person)))
                            .statusCode())
                    .isEqualTo(429);
            assertThat(visitor.sendWithoutFollowing(visitor.request("/withdraw")
                                    .header("Content-Type", "application/x-www-form-urlencoded")
                                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString("code=" + CODE)))
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    private static String receipt(HttpResponse<String> page) {
        Matcher found = RECEIPT.matcher(page.body());
        return found.find() ? found.group(1) : "";
    }

    /// The page without what was typed and its own token.
    private static String plain(HttpResponse<String> page, String typed) {
        return page.body().replace(typed, "").replaceAll("(content|value)=\"[\\w-]{20,}\"", "");
    }
}
