package org.likeness.server;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Membership;
import org.likeness.core.member.Right;
import org.likeness.core.member.Role;
import org.likeness.core.rights.MemberDesk;
import org.likeness.library.Likeness;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.view.RedirectView;

/// Who may use the installation, and for what.
@Controller
class MemberPages {
    private final Likeness likeness;
    private final Pages pages;
    private final ServerOptions options;
    private final OpenId openId;
    private final Passkeys passkeys;
    private final Confirmation confirmation;

    MemberPages(
            Likeness likeness,
            Pages pages,
            ServerOptions options,
            OpenId openId,
            Passkeys passkeys,
            Confirmation confirmation) {
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

    @GetMapping("/members")
    @Allowed(Right.MANAGE_MEMBERS)
    View members(HttpServletRequest request) {
        return page(request, "", "");
    }

    private View page(HttpServletRequest request, String invited, String link) {
        Map<String, Object> model = new HashMap<>();
        model.put("members", likeness.members().members());
        model.put("all", likeness.collections());
        model.put("invited", invited);
        model.put("link", link);
        model.put("issuer", openId.issuer().map(OpenIdPages::host).orElse(""));
        model.put("linked", openId.issuer().map(likeness.members()::linked).orElse(Set.of()));
        model.put("host", passkeys.host(request));
        model.put(
                "own", !likeness.signIn().passkeys(Callers.required().member()).isEmpty());
        return pages.page(request, "members.jte", "members.title", "members", model);
    }

    /// Where a role holds: a collection's id, or `everywhere`.
    private static Optional<CollectionId> place(String where) {
        return where.equals("everywhere") ? Optional.empty() : Optional.of(CollectionId.parse(where));
    }

    @PostMapping("/members")
    @Allowed(Right.MANAGE_MEMBERS)
    View invite(
            HttpServletRequest request,
            @RequestParam String name,
            @RequestParam Role role,
            @RequestParam(defaultValue = "everywhere") String where) {
        Optional<CollectionId> place = role.isForCollection() ? place(where) : Optional.empty();
        MemberDesk.Invited invited = desk().invite(name, List.of(new Membership(role, place)));
        return page(request, name.strip(), link(request, invited));
    }

    /// A link by which somebody chooses a password; shown once, and to be passed on by whoever
    /// asked for it.
    private String link(HttpServletRequest request, MemberDesk.Invited invited) {
        String base = options.publicUrl().isEmpty()
                ? request.getRequestURL().toString().replaceFirst("(://[^/]+)/.*", "$1/")
                : options.publicUrl().replaceFirst("/*$", "/");
        return base + "invitation/" + invited.code().text();
    }

    @PostMapping("/members/{member}/invitation")
    @Allowed(Right.MANAGE_MEMBERS)
    View inviteAgain(HttpServletRequest request, @PathVariable UUID member) {
        MemberId id = new MemberId(member);
        return page(request, likeness.members().member(id).name(), link(request, desk().inviteAgain(id)));
    }

    @PostMapping("/members/{member}/role")
    @Allowed(Right.MANAGE_MEMBERS)
    View role(
            HttpServletResponse response,
            @PathVariable UUID member,
            @RequestParam String where,
            @RequestParam Optional<Role> role) {
        desk().setRole(new MemberId(member), place(where), role);
        Notices.show(response, "notice.saved");
        return new RedirectView("/members");
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
            @RequestParam String subject,
            @RequestParam(defaultValue = "") String present,
            @RequestParam(defaultValue = "") String assertion) {
        String issuer = openId.issuer()
                .orElseThrow(() -> new LikenessException(
                                LikenessException.Kind.NOT_FOUND,
                                "no OpenID Connect provider is set\nSet server.oidc.issuer first.")
                        .called("oidc.none"));
        confirmation.require(request, response, Callers.required(), present, assertion);
        desk().link(new MemberId(member), issuer, Optional.of(subject.strip()).filter(each -> !each.isEmpty()));
        Notices.show(response, "notice.saved");
        return new RedirectView("/members");
    }

    /// For a member who lost theirs.
    @PostMapping("/members/{member}/passkeys/removal")
    @Allowed(Right.MANAGE_MEMBERS)
    View removePasskeys(
            HttpServletRequest request,
            HttpServletResponse response,
            @PathVariable UUID member,
            @RequestParam(defaultValue = "") String present,
            @RequestParam(defaultValue = "") String assertion) {
        confirmation.require(request, response, Callers.required(), present, assertion);
        desk().removePasskeys(new MemberId(member));
        Notices.show(response, "notice.passkeys-removed");
        return new RedirectView("/members");
    }

    @PostMapping("/members/{member}/removal")
    @Allowed(Right.MANAGE_MEMBERS)
    View remove(HttpServletResponse response, @PathVariable UUID member) {
        desk().remove(new MemberId(member));
        Notices.show(response, "notice.removed");
        return new RedirectView("/members");
    }
}
