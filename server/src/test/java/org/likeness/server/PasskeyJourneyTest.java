package org.likeness.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Passkey;

/// Passkeys in a real browser with a device that Chromium plays, and what is tried against them.
class PasskeyJourneyTest {
    @TempDir
    Path data;

    /// A device that is at hand and whose owner agrees to everything.
    static void device(Page page) {
        CDPSession session = page.context().newCDPSession(page);
        session.send("WebAuthn.enable");
        JsonObject device = new JsonObject();
        device.addProperty("protocol", "ctap2");
        device.addProperty("transport", "internal");
        device.addProperty("hasResidentKey", true);
        device.addProperty("hasUserVerification", true);
        device.addProperty("isUserVerified", true);
        device.addProperty("automaticPresenceSimulation", true);
        JsonObject options = new JsonObject();
        options.add("options", device);
        session.send("WebAuthn.addVirtualAuthenticator", options);
    }

    static void add(Page page, String label, String password) {
        page.navigate("/account");
        page.locator("[data-opens=new-passkey]").click();
        page.locator("#passkey-label").fill(label);
        page.locator("#passkey-password").fill(password);
        page.locator("#new-passkey button[type=submit]").click();
    }

    static void signOut(Page page) {
        page.locator("details.account > summary").click();
        page.locator("details.account form[action='/sign-out'] button").click();
        assertThat(page.locator("h1")).hasText("Sign in");
    }

    static void use(Page page) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Sign in with a passkey"))
                .click();
    }

    private static MemberId owner(Site site) {
        return site.likeness.members().member(Site.OWNER).id();
    }

    @Test
    void a_member_adds_a_passkey_signs_in_with_it_and_removes_it() {
        try (Site site = Site.owned(data);
                Chromium chromium = new Chromium()) {
            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            device(page);
            add(page, "my phone", "not my password");
            assertThat(page.locator("#new-passkey [data-problem]")).containsText("The present password is not right.");
            Chromium.picture(page, "passkey-new");
            add(page, "my phone", Site.PASSWORD);
            assertThat(page.locator("#passkeys tbody tr")).containsText("my phone");
            assertThat(page.locator(".notice.good")).isVisible();
            Chromium.picture(page, "passkeys");

            add(page, "my phone again", Site.PASSWORD);
            assertThat(page.locator("#new-passkey [data-problem]")).containsText("already");

            page.navigate("/account");
            signOut(page);
            page.navigate("/account?x=1");
            Chromium.picture(page, "sign-in-passkey");
            use(page);
            assertThat(page.locator("h1")).hasText("Your account");
            assertThat(site.likeness.signIn().passkeys(owner(site)).getFirst().usedAt())
                    .isPresent();

            page.locator("#passkeys [data-opens]").click();
            page.locator("dialog[open] input[name=present]").fill("not my password");
            page.locator("dialog[open] button[type=submit]").click();
            assertThat(page.locator("main")).containsText("The present password is not right.");
            page.navigate("/account");
            assertThat(page.locator("#passkeys tbody tr")).hasCount(1);
            page.locator("#passkeys [data-opens]").click();
            Chromium.picture(page, "passkey-remove");
            page.locator("dialog[open] [data-passkey-confirm]").click();
            assertThat(page.locator("#passkeys")).hasCount(0);
            signOut(page);
            use(page);
            assertThat(page.locator("main [role=alert]:visible")).containsText("This passkey did not work.");
            assertThat(page.locator("h1")).hasText("Sign in");
            assertThat(actions(site)).contains(AuditEntry.Action.PASSKEY_ADDED, AuditEntry.Action.PASSKEY_REMOVED);
        }
    }

    private static List<AuditEntry.Action> actions(Site site) {
        return site.likeness.audit(1, 1000).stream().map(AuditEntry::action).toList();
    }

    @Test
    void an_answer_counts_once_for_its_browser_and_its_challenge() {
        try (Site site = Site.owned(data);
                Chromium chromium = new Chromium()) {
            Page page = chromium.signedIn(site, Chromium.Window.PHONE, Site.OWNER, Site.PASSWORD);
            device(page);
            add(page, "my phone", Site.PASSWORD);
            assertThat(page.locator("#passkeys tbody tr")).hasCount(1);
            Chromium.picture(page, "passkeys-phone");
            signOut(page);
            Request sent = page.waitForRequest("**/sign-in/passkey?*", () -> use(page));
            assertThat(page.locator("h1")).hasText("Collections");
            String answer = sent.postData();

            Site.Visitor thief = site.visitor();
            assertThat(refused(thief, answer)).as("without a challenge").isEqualTo(401);
            assertThat(thief.send("POST", "/sign-in/passkey/options", "{}").statusCode())
                    .isEqualTo(200);
            assertThat(refused(thief, answer)).as("for another challenge").isEqualTo(401);
            assertThat(thief.get("/account").uri().getPath()).isEqualTo("/sign-in");
            assertThat(refused(thief, "{\"id\":\"AAAA\"}"))
                    .as("no answer at all")
                    .isEqualTo(401);
        }
    }

    private static int refused(Site.Visitor visitor, String answer) {
        HttpResponse<String> response = visitor.send("POST", "/sign-in/passkey", answer, "Accept", "application/json");
        return response.statusCode();
    }

    @Test
    void a_device_that_may_be_a_copy_opens_nothing() {
        try (Site site = Site.owned(data);
                Chromium chromium = new Chromium()) {
            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            device(page);
            add(page, "my phone", Site.PASSWORD);
            assertThat(page.locator("#passkeys tbody tr")).hasCount(1);
            Passkey passkey = site.likeness.signIn().passkeys(owner(site)).getFirst();
            assertThat(site.likeness.signIn().usePasskey(passkey.credential(), 1_000_000, false))
                    .contains(owner(site)); // as if the original had been used often elsewhere
            signOut(page);
            use(page);
            assertThat(page.locator("main [role=alert]:visible")).containsText("This passkey did not work.");
            assertThat(actions(site)).contains(AuditEntry.Action.PASSKEY_REFUSED);
        }
    }

    @Test
    void a_password_is_changed_by_who_knows_it_or_has_a_passkey_and_by_nobody_else() {
        try (Site site = Site.owned(data);
                Chromium chromium = new Chromium()) {
            Site.Visitor visitor = site.owner();
            Map<String, String> wrong = Map.of("present", "a wrong one", "password", "another quiet river");
            assertThat(visitor.submit("/account/password", wrong).statusCode()).isEqualTo(422);
            Map<String, String> forged = Map.of("assertion", "{\"id\":\"AAAA\"}", "password", "another quiet river");
            assertThat(visitor.submit("/account/password", forged).statusCode()).isEqualTo(422);

            Page page = chromium.signedIn(site, Chromium.Window.DESKTOP, Site.OWNER, Site.PASSWORD);
            device(page);
            add(page, "my phone", Site.PASSWORD);
            assertThat(page.locator("#passkeys tbody tr")).hasCount(1);
            page.locator("#password").fill("another quiet river");
            page.locator("form[action='/account/password'] [data-passkey-confirm]")
                    .click();
            assertThat(page.locator(".notice.good")).containsText("Your password was changed");
            assertThat(visitor.get("/account").uri().getPath()).isEqualTo("/sign-in");
            assertThat(site.signedIn(Site.OWNER, "another quiet river")
                            .get("/account")
                            .uri()
                            .getPath())
                    .isEqualTo("/account");
        }
    }

    @Test
    void a_passkey_is_made_by_who_knows_the_password_and_never_by_a_token() {
        try (Site site = Site.owned(data)) {
            Site.Visitor visitor = site.owner();
            String wrong = "{\"password\":\"a wrong one here\"}";
            assertThat(visitor.send("POST", "/account/passkeys/options", wrong, "Accept", "application/json")
                            .statusCode())
                    .isEqualTo(422);
            assertThat(visitor.send("POST", "/account/passkeys", "{\"label\":\"x\",\"credential\":{}}")
                            .statusCode())
                    .isEqualTo(422);
            HttpResponse<String> options =
                    visitor.send("POST", "/account/passkeys/options", "{\"password\":\"" + Site.PASSWORD + "\"}");
            assertThat(options.body()).contains("\"userVerification\":\"required\"", "\"id\":\"localhost\"");
            assertThat(visitor.submit("/account/passkeys/AAAA/remove", Map.of()).statusCode())
                    .as("not without the password")
                    .isEqualTo(422);
            assertThat(visitor.submit("/account/passkeys/AAAA/remove", Map.of("present", Site.PASSWORD))
                            .statusCode())
                    .isEqualTo(404);
        }
    }
}
