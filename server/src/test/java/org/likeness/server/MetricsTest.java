package org.likeness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Right;
import org.likeness.core.rights.MemberDesk;

/// The numbers Prometheus reads: who may, that they can be read, and that they name nobody.
class MetricsTest {
    private static final Pattern LINE = Pattern.compile("# (HELP|TYPE) [a-z0-9_]+ .*"
            + "|[a-z][a-z0-9_]*(\\{([a-z_]+=\"[^\"\\\\]*\",?)+})? (-?[0-9.]+(E-?[0-9]+)?|NaN|\\+Inf)");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-");

    @TempDir
    Path data;

    private static String token(Site site, MemberId member, Right right) {
        return site.likeness
                .as(MemberDesk.actor(member))
                .signIn()
                .makeToken(
                        member,
                        "prometheus",
                        Set.of(right),
                        Optional.empty(),
                        Clock.systemUTC().instant().plus(Duration.ofDays(1)))
                .secret()
                .text();
    }

    private static HttpResponse<String> metrics(Site site, String token) {
        return site.visitor().get("/metrics", "Authorization", "Bearer " + token);
    }

    @Test
    void what_prometheus_reads_is_well_formed_and_names_nobody() {
        try (Site site = Site.owned(data)) {
            Collection collection = site.likeness.createCollection("The Aubergine family", Profile.HOUSEHOLD);
            Site.Visitor owner = site.owner();
            owner.get("/c/" + collection.id().value() + "/photos");
            owner.get("/Aubergine/secret-path?name=Aubergine");
            site.visitor().submit("/sign-in", Map.of("name", "Aubergine", "password", "wrong"));
            MemberId id = site.likeness.members().member(Site.OWNER).id();
            String text = metrics(site, token(site, id, Right.SEE_HEALTH)).body();
            assertThat(text.lines()).allMatch(line -> LINE.matcher(line).matches());
            assertThat(text)
                    .contains("seconds_count{method=\"GET\",route=\"/c/{collection}/photos\",status=\"200\"} 1")
                    .contains("route=\"/sign-in\",status=\"401\"} 1")
                    .contains("route=\"" + MetricsFilter.NO_ROUTE + "\",status=\"404\"} 1")
                    .contains("likeness_searches_seconds_count 0")
                    .contains("likeness_import_files_total{result=\"imported\"} 0.0")
                    .contains("likeness_imports_running 0.0")
                    .contains("likeness_imports_waiting 0.0")
                    .contains("likeness_members{state=\"active\"} 1.0")
                    .contains("likeness_sessions 2.0")
                    .contains("likeness_erasures_pending 0.0")
                    .contains("likeness_disk_free_bytes")
                    .contains("jvm_memory_used_bytes")
                    .doesNotContainIgnoringCase("aubergine")
                    .doesNotContain(Site.OWNER)
                    .doesNotContain(data.toString())
                    .doesNotContainPattern(ID);
        }
    }

    @Test
    void a_method_that_nobody_knows_makes_no_series_of_its_own() {
        try (Site site = Site.owned(data)) {
            Site.Visitor visitor = site.visitor();
            visitor.send("AUBERGINE", "/", "");
            MemberId id = site.likeness.members().member(Site.OWNER).id();
            assertThat(metrics(site, token(site, id, Right.SEE_HEALTH)).body())
                    .contains("method=\"OTHER\"")
                    .doesNotContain("AUBERGINE");
        }
    }

    @Test
    void only_a_token_that_may_see_the_health_reads_them() {
        try (Site site = Site.owned(data)) {
            assertThat(site.visitor().get("/metrics").statusCode()).isEqualTo(401);
            assertThat(metrics(site, "guessed").statusCode()).isEqualTo(401);
            MemberId owner = site.likeness.members().member(Site.OWNER).id();
            assertThat(metrics(site, token(site, owner, Right.SEE_PHOTOS)).statusCode())
                    .isEqualTo(403);
            String token = token(site, owner, Right.SEE_HEALTH);
            assertThat(metrics(site, token).statusCode()).isEqualTo(200);
            assertThat(site.visitor()
                            .get("/api/v1/collections", "Authorization", "Bearer " + token)
                            .body())
                    .doesNotContain("name");
        }
    }
}
