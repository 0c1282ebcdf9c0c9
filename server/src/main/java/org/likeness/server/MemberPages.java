package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.member.Member;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Membership;
import org.likeness.core.member.Right;
import org.likeness.core.member.Role;
import org.likeness.core.rights.MemberDesk;
import org.likeness.library.Likeness;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/// Who may use the installation, and for what.
@Controller
class MemberPages {
    private static final Duration LINK_SHOWN = Duration.ofMinutes(2);

    private final Likeness likeness;
    private final Pages pages;
    private final ServerOptions options;
    private final OpenId openId;
    private final Passkeys passkeys;
    private final Confirmation confirmation;
    private final BrowserCookie codes;

    MemberPages(
            Likeness likeness,
            Pages pages,
            ServerOptions options,
            OpenId openId,
            Passkeys passkeys,
            Confirmation confirmation,
            Cookies cookies) {
        this.codes = cookies.strict("invited");
        this.passkeys = passkeys;
        this.confirmation = confirmation;
        this.likeness = likeness;
        this.pages = pages;
        this.options = options;
        this.openId = openId;
    }

    private MemberDesk desk() {
        return likeness.as(MemberDesk.actor(Callers.required().member())).members();
    }

    /// Shows once the link that was just made.
    @GetMapping("/members")
    @Allowed(Right.MANAGE_MEMBERS)
    View members(HttpServletRequest request, HttpServletResponse response) {
        Optional<String> made = codes.read(request).filter(kept -> kept.indexOf('.') > 0);
        if (made.isPresent()) {
            codes.clear(response);
        }
        return page(request, made, Form.blank(), MemberForm.NONE);
    }

    /// @param made the id of somebody just invited, a dot and their code
    private View page(HttpServletRequest request, Optional<String> made, Form invitation, MemberForm wrong) {
        Map<String, Object> model = new HashMap<>();
        List<Member> members = likeness.members().members();
        model.put("members", members);
        model.put("all", likeness.collections());
        model.put(
                "invited",
                made.flatMap(kept -> members.stream()
                                .filter(each -> kept.startsWith(each.id() + "."))
                                .map(Member::name)
                                .findFirst())
                        .orElse(""));
        model.put(
                "link",
                made.map(kept -> link(request, kept.substring(kept.indexOf('.') + 1)))
                        .orElse(""));
        model.put("invitation", invitation);
        model.put("wrong", wrong);
        model.put("issuer", openId.issuer().map(OpenIdPages::host).orElse(""));
        model.put("linked", openId.issuer().map(likeness.members()::linked).orElse(Set.of()));
        model.put("host", passkeys.host(request));
        model.put(
                "own", !likeness.signIn().passkeys(Callers.required().member()).isEmpty());
        return pages.page(request, "members.jte", "members.title", "members", model);
    }

    private View again(HttpServletRequest request, HttpServletResponse response, Form invitation, MemberForm wrong) {
        response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
        return page(request, Optional.empty(), invitation, wrong);
    }

    /// Where a role holds: a collection's id, or `everywhere`.
    private static Optional<CollectionId> place(String where) {
        return where.equals("everywhere") ? Optional.empty() : Optional.of(CollectionId.parse(where));
    }

    @PostMapping("/members")
    @Allowed(Right.MANAGE_MEMBERS)
    View invite(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam Role role,
            @RequestParam(defaultValue = "everywhere") String where,
            @RequestParam MultiValueMap<String, String> sent) {
        Optional<CollectionId> place = role.isForCollection() ? place(where) : Optional.empty();
        Texts texts = pages.texts(request);
        Form form =
                ifOwner(request, response, Optional.of(role), Form.sent(sent).requiring(texts, "name"));
        Form tried = form.tried(
                texts,
                Map.of("member.role", "where"),
                "name",
                () -> show(response, desk().invite(form.value("name"), List.of(new Membership(role, place)))));
        return tried.isWrong() ? again(request, response, tried, MemberForm.NONE) : new RedirectView("/members");
    }

    private void show(HttpServletResponse response, MemberDesk.Invited invited) {
        codes.set(response, invited.member() + "." + invited.code().text(), LINK_SHOWN);
    }

    /// A link by which somebody chooses a password; shown once, and to be passed on by whoever
    /// asked for it.
    private String link(HttpServletRequest request, String code) {
        String base = options.publicUrl().isEmpty()
                ? request.getRequestURL().toString().replaceFirst("(://[^/]+)/.*", "$1/")
                : options.publicUrl().replaceFirst("/*$", "/");
        return base + "invitation/" + code;
    }

    @PostMapping("/members/{member}/invitation")
    @Allowed(Right.MANAGE_MEMBERS)
    View inviteAgain(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID member,
            @RequestParam MultiValueMap<String, String> sent) {
        Form tried = confirmed(request, response, Form.sent(sent))
                .tried(
                        pages.texts(request),
                        Map.of(),
                        "present",
                        () -> show(response, desk().inviteAgain(new MemberId(member))));
        return tried.isWrong()
                ? again(request, response, Form.blank(), new MemberForm(member.toString(), "invitation", tried))
                : new RedirectView("/members");
    }

    @PostMapping("/members/{member}/role")
    @Allowed(Right.MANAGE_MEMBERS)
    View role(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID member,
            @RequestParam String where,
            @RequestParam Optional<Role> role,
            @RequestParam MultiValueMap<String, String> sent) {
        Form tried = ifOwner(request, response, role, Form.sent(sent))
                .tried(
                        pages.texts(request),
                        Map.of(),
                        "role",
                        () -> desk().setRole(new MemberId(member), place(where), role));
        return done(request, response, member, "role", tried, "notice.saved");
    }

    /// Back to the list, or to what has to be corrected.
    private View done(
            HttpServletRequest request,
            HttpServletResponse response,
            UUID member,
            String part,
            Form form,
            String notice) {
        if (form.isWrong()) {
            return again(request, response, Form.blank(), new MemberForm(member.toString(), part, form));
        }
        Notices.show(response, notice);
        return new RedirectView("/members");
    }

    /// The form, saying when it does not show that it is the caller who sends it.
    private Form confirmed(HttpServletRequest request, HttpServletResponse response, Form form) {
        return confirmation.holds(request, response, Callers.required(), form.value("present"), form.value("assertion"))
                ? form
                : form.saying("present", pages.texts(request).of("failure.present-password"));
    }

    /// As [#confirmed] where the role is an owner's, who may do everything.
    private Form ifOwner(HttpServletRequest request, HttpServletResponse response, Optional<Role> role, Form form) {
        return role.filter(Role.OWNER::equals).isPresent() ? confirmed(request, response, form) : form;
    }

    @PostMapping("/members/{member}/disabled")
    @Allowed(Right.MANAGE_MEMBERS)
    View disable(HttpServletResponse response, @PathVariable UUID member, @RequestParam boolean disabled) {
        desk().setDisabled(new MemberId(member), disabled);
        Notices.show(response, "notice.saved");
        return new RedirectView("/members");
    }

    /// Lets a member sign in through the provider of OpenID Connect, or ends that.
    @PostMapping("/members/{member}/identity")
    @Allowed(Right.MANAGE_MEMBERS)
    View link(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID member,
            @RequestParam MultiValueMap<String, String> sent) {
        String issuer = openId.issuer()
                .orElseThrow(() -> new LikenessException(
                                LikenessException.Kind.NOT_FOUND,
                                "no OpenID Connect provider is set\nSet server.oidc.issuer first.")
                        .called("oidc.none"));
        Form form = confirmed(request, response, Form.sent(sent));
        Form tried = form.tried(
                pages.texts(request),
                Map.of(),
                "subject",
                () -> desk().link(new MemberId(member), issuer, form.filled("subject")));
        return done(request, response, member, "identity", tried, "notice.saved");
    }

    /// For a member who lost theirs.
    @PostMapping("/members/{member}/passkeys/removal")
    @Allowed(Right.MANAGE_MEMBERS)
    View removePasskeys(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID member,
            @RequestParam MultiValueMap<String, String> sent) {
        Form tried = confirmed(request, response, Form.sent(sent))
                .tried(pages.texts(request), Map.of(), "present", () -> desk().removePasskeys(new MemberId(member)));
        return done(request, response, member, "passkeys", tried, "notice.passkeys-removed");
    }

    @PostMapping("/members/{member}/removal")
    @Allowed(Right.MANAGE_MEMBERS)
    View remove(HttpServletResponse response, @PathVariable UUID member) {
        desk().remove(new MemberId(member));
        Notices.show(response, "notice.removed");
        return new RedirectView("/members");
    }
}
