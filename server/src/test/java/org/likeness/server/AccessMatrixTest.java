package org.likeness.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.member.Membership;
import org.likeness.core.member.Right;
import org.likeness.core.member.Role;
import org.likeness.core.rights.MemberDesk;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.MediaType;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Who may use which endpoint: asked of a running server for every role, and compared with what the
/// endpoint says.
class AccessMatrixTest {
    private static final Path TABLE = Path.of("..", "docs", "reference", "access.md");

    @TempDir
    Path data;

    /// One endpoint.
    record Endpoint(String method, String path, HandlerMethod handler, Set<String> consumes) {
        Optional<Allowed> rule() {
            return Optional.ofNullable(AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), Allowed.class));
        }

        boolean isOpen() {
            return AnnotatedElementUtils.hasAnnotation(handler.getMethod(), Open.class);
        }

        boolean isForMembers() {
            return AnnotatedElementUtils.hasAnnotation(handler.getMethod(), SignedIn.class);
        }

        /// Whether no token will do.
        boolean isForBrowsers() {
            SignedIn rule = AnnotatedElementUtils.findMergedAnnotation(handler.getMethod(), SignedIn.class);
            return rule != null && !rule.token();
        }

        boolean allows(Role role) {
            return isOpen()
                    || isForMembers()
                    || rule().filter(rule -> role.rights().contains(rule.value()))
                            .filter(rule -> role == Role.OWNER || rule.somewhere() || path.contains("{collection}"))
                            .isPresent();
        }

        String needs() {
            return isOpen()
                    ? "nothing"
                    : isForMembers()
                            ? "to be a member" + (isForBrowsers() ? ", in a browser" : "")
                            : rule().map(rule -> rule.value() + (rule.somewhere() ? " in some collection" : ""))
                                    .orElse("");
        }
    }

    static List<Endpoint> endpoints(Site site) {
        List<Endpoint> endpoints = new ArrayList<>();
        Map<RequestMappingInfo, HandlerMethod> all = site.server
                .context()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods();
        all.forEach((info, handler) -> {
            Set<RequestMethod> methods = info.getMethodsCondition().getMethods();
            for (String path : info.getPatternValues()) {
                for (RequestMethod method : methods.isEmpty() ? Set.of(RequestMethod.GET) : methods) {
                    endpoints.add(new Endpoint(
                            method.name(),
                            path,
                            handler,
                            info.getConsumesCondition().getConsumableMediaTypes().stream()
                                    .map(MediaType::toString)
                                    .collect(Collectors.toSet())));
                }
            }
        });
        endpoints.sort(Comparator.comparing(Endpoint::path).thenComparing(Endpoint::method));
        return endpoints;
    }

    @Test
    void every_endpoint_has_exactly_one_rule() {
        try (Site site = Site.fresh(data)) {
            Set<String> wrong = new TreeSet<>();
            for (Endpoint endpoint : endpoints(site)) {
                long rules = Stream.of(
                                endpoint.isOpen(),
                                endpoint.isForMembers(),
                                endpoint.rule().isPresent())
                        .filter(each -> each)
                        .count();
                if (rules != 1) {
                    wrong.add(endpoint.method() + " " + endpoint.path());
                }
            }
            assertThat(wrong)
                    .as("endpoints without @Allowed, @SignedIn or @Open, or with more than one of them")
                    .isEmpty();
        }
    }

    @Test
    void every_role_reaches_what_its_rights_allow_and_nothing_else() {
        try (Site site = Site.owned(data)) {
            Collection collection = site.likeness.createCollection("ours", Profile.HOUSEHOLD);
            List<Endpoint> endpoints = endpoints(site).stream()
                    .filter(AccessMatrixTest::canBeAsked)
                    .toList();
            List<String> wrong = new ArrayList<>();
            for (Role role : Role.values()) {
                Site.Visitor visitor = member(site, role, collection);
                for (Endpoint endpoint : endpoints) {
                    int status = call(visitor, endpoint, collection);
                    if ((status != 403) != endpoint.allows(role)) {
                        wrong.add(role + " " + endpoint.method() + " " + endpoint.path() + " -> " + status);
                    }
                }
            }
            Site.Visitor stranger = site.visitor();
            for (Endpoint endpoint : endpoints) {
                int status = call(stranger, endpoint, collection);
                boolean refused = status == 401 || status == 302;
                if (!refused && !endpoint.isOpen()) {
                    wrong.add("nobody " + endpoint.method() + " " + endpoint.path() + " -> " + status);
                }
            }
            assertThat(wrong).isEmpty();
        }
    }

    /// Not those that end the visitor's session, stay open, or whose own refusals look like a
    /// missing right.
    private static boolean canBeAsked(Endpoint endpoint) {
        String path = endpoint.path();
        return !path.equals("/sign-out")
                && !path.equals("/error")
                && !path.endsWith("/events")
                && !path.startsWith("/account/")
                && !path.endsWith("/settings/basis")
                && !path.startsWith("/welcome")
                && !path.startsWith("/invitation");
    }

    private static int call(Site.Visitor visitor, Endpoint endpoint, Collection collection) {
        String path = endpoint.path()
                .replace("{collection}", collection.id().toString())
                .replace("{number}", "1")
                .replaceAll("\\{[^}]+}", new UUID(0, 1).toString());
        String type = endpoint.consumes().stream().findFirst().orElse("application/json");
        HttpRequest.Builder request = visitor.request(path)
                .header("Content-Type", type.equals("image/*") ? "image/jpeg" : type)
                .method(endpoint.method(), HttpRequest.BodyPublishers.ofString(""));
        if (!endpoint.method().equals("GET")) {
            request.header("X-XSRF-TOKEN", visitor.token());
        }
        return visitor.sendWithoutFollowing(request).statusCode();
    }

    static Site.Visitor member(Site site, Role role, Collection collection) {
        MemberDesk members = site.likeness.members();
        String name = "member " + role.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        MemberDesk.Invited invited = members.invite(
                name,
                List.of(new Membership(
                        role, role.isForCollection() ? Optional.of(collection.id()) : Optional.empty())));
        members.accept(
                invited.code().text(),
                site.server.context().getBean(PasswordEncoder.class).encode(Site.PASSWORD));
        return site.signedIn(name, Site.PASSWORD);
    }

    @Test
    void the_table_in_the_documentation_says_what_is_true() throws IOException {
        try (Site site = Site.fresh(data)) {
            String table = table(endpoints(site));
            if (System.getenv("LIKENESS_REFRESH") != null) {
                Files.writeString(TABLE, table);
            }
            assertThat(Files.exists(TABLE) ? Files.readString(TABLE) : "")
                    .as("docs/reference/access.md; tools/refresh.sh writes it anew")
                    .isEqualTo(table);
        }
    }

    private static String table(List<Endpoint> endpoints) {
        StringBuilder text = new StringBuilder("# Who may do what\n\n")
                .append("Generated from the server's code by `AccessMatrixTest`, which also asks a running server for")
                .append(" every\nrole. A role other than owner holds in the collections it was given for;")
                .append(" an owner is one everywhere.\n\n")
                .append("## Rights of the roles\n\n| right |");
        for (Role role : Role.values()) {
            text.append(' ')
                    .append(role.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .append(" |");
        }
        text.append("\n|---|").append("---|".repeat(Role.values().length)).append('\n');
        for (Right right : Right.values()) {
            text.append("| ").append(right).append(" |");
            for (Role role : Role.values()) {
                text.append(role.rights().contains(right) ? " yes |" : " |");
            }
            text.append('\n');
        }
        text.append("\n## Endpoints\n\n| endpoint | needs |\n|---|---|\n");
        for (Endpoint endpoint : endpoints) {
            text.append("| `")
                    .append(endpoint.method())
                    .append(' ')
                    .append(endpoint.path())
                    .append("` | ")
                    .append(endpoint.needs())
                    .append(" |\n");
        }
        return text.toString();
    }
}
