package org.likeness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.member.Member;
import org.likeness.core.rights.SourceDesk;
import org.likeness.library.AuditLog;

/// What a form cannot be taken for is said beside the input, and what was typed stays.
class FormsTest {
    @TempDir
    Path data;

    @TempDir
    Path photos;

    private static void refused(HttpResponse<String> page, String problem, String... kept) {
        assertThat(page.statusCode()).isEqualTo(422);
        List<String> expected = new ArrayList<>(List.of(kept));
        expected.add("id=\"" + problem + "-problem\"");
        assertThat(page.body()).contains(expected);
    }

    @Test
    void a_collection_needs_a_free_name_and_says_so_beside_it() {
        try (Site site = Site.owned(data)) {
            Site.Visitor owner = site.owner();
            site.likeness.createCollection("Family", Profile.HOUSEHOLD);
            refused(
                    owner.submit("/collections", Map.of("name", "Family", "profile", "ARCHIVE")),
                    "collection-name",
                    "value=\"Family\"",
                    "value=\"ARCHIVE\" required checked",
                    "data-wrong");
            HttpResponse<String> blank = owner.submit("/collections", Map.of("name", "Camp"));
            assertThat(blank.statusCode()).isEqualTo(422);
            assertThat(blank.body()).contains("id=\"collection-profile-problem\"", "value=\"Camp\"");
            assertThat(site.likeness.collections()).hasSize(1);
        }
    }

    @Test
    void a_collection_is_renamed_and_the_log_says_neither_name() {
        try (Site site = Site.owned(data)) {
            Site.Visitor owner = site.owner();
            Collection family = site.likeness.createCollection("Family", Profile.HOUSEHOLD);
            site.likeness.createCollection("Friends", Profile.HOUSEHOLD);
            String rename = "/c/" + family.id() + "/settings/name";
            refused(owner.submit(rename, Map.of("name", "Friends")), "collection-name", "value=\"Friends\"");
            refused(owner.submit(rename, Map.of("name", " ")), "collection-name");
            refused(owner.submit(rename, Map.of("name", "x".repeat(101))), "collection-name");
            assertThat(owner.submit(rename, Map.of("name", "Our family")).body())
                    .contains("value=\"Our family\"", "Saved.");
            assertThat(site.likeness.collection(family.id()).name()).isEqualTo("Our family");
            List<AuditEntry> entries = entries(site, family);
            assertThat(entries).extracting(AuditEntry::action).containsOnlyOnce(AuditEntry.Action.COLLECTION_RENAMED);
            assertThat(entries)
                    .extracting(AuditEntry::canonical)
                    .allSatisfy(each -> assertThat(each).doesNotContain("amily"));
            owner.submit(rename, Map.of("name", "Our family"));
            assertThat(entries(site, family)).as("nothing changed").hasSameSizeAs(entries);
        }
    }

    private static List<AuditEntry> entries(Site site, Collection collection) {
        return site.likeness.log().before(collection.id(), Optional.empty(), 20).lines().stream()
                .map(AuditLog.Line::entry)
                .toList();
    }

    @Test
    void a_collection_is_erased_once_its_name_was_typed() {
        try (Site site = Site.owned(data)) {
            Site.Visitor owner = site.owner();
            Collection family = site.likeness.createCollection("Family", Profile.HOUSEHOLD);
            String id = family.id().toString();
            Map<String, String> demand = new HashMap<>(Map.of("scope", "COLLECTION", "id", id, "kind", "ERASE"));
            refused(owner.submit("/c/" + id + "/demands", demand), "erase-name", "Nothing was erased");
            demand.put("name", "family");
            refused(owner.submit("/c/" + id + "/demands", demand), "erase-name", "value=\"family\"");
            assertThat(site.likeness.collections()).hasSize(1);
            demand.put("name", "Family");
            assertThat(owner.submit("/c/" + id + "/demands", demand).body()).contains("This collection was erased");
            assertThat(site.likeness.collections()).isEmpty();
        }
    }

    @Test
    void a_source_and_its_grants_keep_what_was_typed() {
        try (Site site = Site.owned(data)) {
            Site.Visitor owner = site.owner();
            Collection camp = site.likeness.createCollection("Camp", Profile.EVENT);
            String sources = "/c/" + camp.id() + "/sources";
            Map<String, String> sent =
                    new HashMap<>(Map.of("name", "The club", "capacity", "REPORTED", "contact", "x@y.z"));
            refused(owner.submit(sources, sent), "source-grantedBy", "value=\"The club\"", "source-uses-problem");
            sent.putAll(Map.of("grantedBy", "Mo", "uses", "STORE", "until", "2001-01-01"));
            refused(owner.submit(sources, sent), "source-until", "value=\"x@y.z\"", "value=\"2001-01-01\"");
            sent.put("until", "soon");
            refused(owner.submit(sources, sent), "source-until");
            assertThat(site.likeness.sources().list(camp.id())).isEmpty();
            sent.remove("until");
            assertThat(owner.submit(sources, sent).body()).contains("Saved.");
            refused(owner.submit(sources, sent), "source-name", "a source of this name already");

            SourceDesk.Held held = site.likeness.sources().list(camp.id()).getFirst();
            String source = held.source().id().toString();
            String grants = sources + "/" + source + "/grants";
            refused(
                    owner.submit(grants, Map.of("grantedBy", "Ida", "capacity", "REPORTED")),
                    "grant-" + source + "-uses",
                    "value=\"Ida\"");
            assertThat(owner.submit(grants, Map.of("grantedBy", "Ida", "capacity", "REPORTED", "uses", "SHARE"))
                            .body())
                    .contains("Saved.", "Ida");
            assertThat(site.likeness.sources().held(held.source().id()).grants())
                    .hasSize(2);
        }
    }

    @Test
    void members_and_their_roles_keep_what_was_typed() {
        try (Site site = Site.owned(data)) {
            Site.Visitor owner = site.owner();
            Map<String, String> otto = Map.of("name", "otto", "role", "PRIVACY_OFFICER", "where", "everywhere");
            refused(
                    owner.submit("/members", Map.of("name", "otto", "role", "VIEWER", "where", "everywhere")),
                    "invite-where",
                    "value=\"VIEWER\" data-everywhere=\"false\" selected");
            refused(
                    owner.submit("/members", Map.of("name", "x", "role", "PRIVACY_OFFICER")),
                    "invite-name",
                    "value=\"x\"");
            assertThat(owner.submit("/members", otto).body()).contains("/invitation/", "otto");
            assertThat(owner.get("/members").body())
                    .as("a link is shown once")
                    .doesNotContain("id=\"invitation-link\"");
            refused(owner.submit("/members", otto), "invite-name", "a member of this name already");

            Member ines = site.likeness.members().members().stream()
                    .filter(Member::isOwner)
                    .findFirst()
                    .orElseThrow();
            refused(
                    owner.submit(
                            "/members/" + ines.id() + "/role",
                            Map.of("where", "everywhere", "role", "PRIVACY_OFFICER")),
                    "role-" + ines.id(),
                    "This is the last",
                    "value=\"PRIVACY_OFFICER\" selected");
            refused(
                    owner.submit("/members/" + ines.id() + "/passkeys/removal", Map.of("present", "wrong")),
                    "passkeys-" + ines.id() + "-present");
        }
    }

    @Test
    void an_account_keeps_what_was_typed_but_no_password() {
        try (Site site = Site.owned(data)) {
            Site.Visitor owner = site.owner();
            HttpResponse<String> weak = owner.submit("/account/password", Map.of("present", "no", "password", "short"));
            refused(weak, "password-present");
            assertThat(weak.body()).contains("id=\"password-problem\"").doesNotContain("value=\"short\"");
            refused(
                    owner.submit(
                            "/account/tokens",
                            Map.of("name", "backup", "days", "400", "rights", "SEE_PHOTOS", "present", Site.PASSWORD)),
                    "token-days",
                    "value=\"backup\"",
                    "value=\"SEE_PHOTOS\" checked");
            refused(
                    owner.submit("/account/tokens", Map.of("name", "", "days", "x", "present", Site.PASSWORD)),
                    "token-name",
                    "token-rights");
            assertThat(site.likeness
                            .signIn()
                            .tokens(site.likeness.members().members().getFirst().id()))
                    .isEmpty();
            assertThat(owner.submit(
                                    "/account/tokens",
                                    Map.of(
                                            "name",
                                            "backup",
                                            "days",
                                            "4",
                                            "rights",
                                            "SEE_PHOTOS",
                                            "present",
                                            Site.PASSWORD))
                            .body())
                    .contains("id=\"token-text\"");
            assertThat(owner.get("/account").body())
                    .as("a secret is shown once")
                    .contains("backup")
                    .doesNotContain("id=\"token-text\"");
        }
    }

    @Test
    void a_folder_to_watch_keeps_what_was_typed() throws IOException {
        Path allowed = Site.watching(data, photos.resolve("in"));
        try (Site site = Site.owned(data)) {
            Site.Visitor owner = site.owner();
            Collection camp = site.likeness.createCollection("Camp", Profile.EVENT);
            String folders = "/c/" + camp.id() + "/watched-folders";
            refused(
                    owner.submit(folders, Map.of("folder", allowed + "/none", "source", "The club")),
                    "watch-folder",
                    "value=\"The club\"");
            refused(owner.submit(folders, Map.of("folder", "/etc", "storage", "LINK")), "watch-folder");
            refused(owner.submit(folders, Map.of("folder", allowed.toString())), "watch-source");
            assertThat(site.likeness.watches().list(camp.id())).isEmpty();
        }
    }
}
