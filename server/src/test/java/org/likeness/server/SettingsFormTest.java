package org.likeness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.collection.Basis;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;

/// The forms of a collection's settings say beside each input what is wrong, and lose nothing.
class SettingsFormTest {
    private static final Map<String, String> WHOLE = Map.ofEntries(
            Map.entry("controller", "The camp's club"),
            Map.entry("lawfulBasis", "CONSENT"),
            Map.entry("condition", "EXPLICIT_CONSENT"),
            Map.entry("purposes", "FIND_MYSELF"),
            Map.entry("photosKept", "18"),
            Map.entry("photosKeptUnit", "MONTHS"),
            Map.entry("templatesKept", "1"),
            Map.entry("templatesKeptUnit", "YEARS"),
            Map.entry("inactivity", "90"),
            Map.entry("inactivityUnit", "DAYS"),
            Map.entry("purposeEnds", "2099-08-31"),
            Map.entry("notice", "1"),
            Map.entry("alternative", "Looking by hand was tried."),
            Map.entry("dpia", "NOT_NEEDED"),
            Map.entry("dpiaReason", "a small camp"));

    @TempDir
    Path data;

    @Test
    void a_basis_that_is_not_whole_is_said_part_by_part_and_what_was_written_stays() {
        try (Site site = Site.owned(data)) {
            Site.Visitor owner = site.owner();
            String settings = settings(site);
            assertThat(owner.get(settings).body())
                    .contains("Publish first what people are told")
                    .doesNotContain("id=\"controller\"");
            HttpResponse<String> silent = owner.submit(settings + "/notices", Map.of("material", "true"));
            assertThat(silent.statusCode()).isEqualTo(422);
            assertThat(silent.body()).contains("id=\"english-problem\"", "at least one language", "checked");
            owner.submit(settings + "/notices", Map.of("english", "Only who says yes is found."));

            Map<String, String> sent = new HashMap<>(WHOLE);
            sent.putAll(Map.of("photosKept", "two", "inactivity", "4", "inactivityUnit", "YEARS", "dpiaReason", ""));
            sent.remove("lawfulBasis");
            HttpResponse<String> page = owner.submit(settings + "/basis", sent);
            assertThat(page.statusCode()).isEqualTo(422);
            assertThat(page.body())
                    .contains("4 parts need your attention", "Choose the ground of GDPR article 6.")
                    .contains("id=\"photosKept-problem\"", "id=\"inactivity-problem\"", "At most 3 years.")
                    .contains(
                            "value=\"The camp&#39;s club\"", "Looking by hand was tried.", "id=\"dpiaReason-problem\"")
                    .doesNotContain("--");
        }
    }

    @Test
    void a_whole_basis_is_recorded_and_all_of_it_shown_in_the_words_of_the_page() {
        try (Site site = Site.owned(data)) {
            Site.Visitor owner = site.owner();
            String settings = settings(site);
            owner.submit(settings + "/notices", Map.of("english", "Only who says yes is found."));
            String page = owner.submit(settings + "/basis", WHOLE).body();
            assertThat(page)
                    .contains("18 months", "90 days", "Aug 31, 2099", "version 1")
                    .contains("Looking by hand was tried.", "not needed: a small camp");
            assertThat(owner.get(settings, "Accept-Language", "de").body())
                    .contains("18 Monate", "90 Tage", "nicht nötig: a small camp");

            Map<String, String> next = new HashMap<>(WHOLE);
            next.putAll(Map.of("controller", "", "photosKept", "2", "photosKeptUnit", "YEARS"));
            assertThat(owner.submit(settings + "/basis", next).statusCode()).isEqualTo(200);
            Basis kept = site.likeness
                    .bases()
                    .inForce(site.likeness.collections().getFirst())
                    .orElseThrow();
            assertThat(kept.version()).isEqualTo(2);
            assertThat(kept.controller()).isEqualTo("The camp's club");
            assertThat(kept.retention().photos()).hasToString("P2Y");
            assertThat(kept.retention().purposeEndsAt())
                    .as("that day is still part of it")
                    .hasValue(LocalDate.of(2099, 9, 1)
                            .atStartOfDay(ZoneId.systemDefault())
                            .toInstant());
            assertThat(owner.get(settings).body()).contains("value=\"2099-08-31\"");
            next.remove("purposes");
            assertThat(owner.submit(settings + "/basis", next).body()).contains("id=\"purposes-problem\"");
        }
    }

    /// Publishes what people are told, and records a basis.
    static void ground(Site.Visitor owner, String settings) {
        owner.submit(settings + "/notices", Map.of("english", "Only who says yes is found."));
        owner.submit(settings + "/basis", WHOLE);
    }

    private static String settings(Site site) {
        Collection camp = site.likeness.createCollection("Summer camp", Profile.EVENT);
        return "/c/" + camp.id() + "/settings";
    }
}
