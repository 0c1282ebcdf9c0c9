package org.likeness.server;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.Profile;
import org.likeness.core.member.Member;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Membership;
import org.likeness.core.member.Right;
import org.likeness.core.member.Role;
import org.likeness.core.rights.MemberDesk;
import org.likeness.library.Likeness;
import org.likeness.library.Summary;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Collections, and the members of the installation.
@RestController
@RequestMapping("/api/v1")
class MemberApi {
    private final Likeness likeness;

    MemberApi(Likeness likeness) {
        this.likeness = likeness;
    }

    private Likeness theirs() {
        return likeness.as(MemberDesk.actor(Callers.required().member()));
    }

    /// A collection in numbers.
    record CollectionView(UUID id, String name, Profile profile, String model, long photos, long faces) {}

    /// A new collection.
    record NewCollection(String name, Profile profile) {}

    /// What a collection is to be called.
    record NewName(String name) {}

    /// Where a member has a role; no collection means everywhere.
    record Place(Role role, Optional<UUID> collection) {}

    /// A member; the name is what they sign in with.
    record MemberView(UUID id, String name, Member.State state, List<Place> roles) {
        static MemberView of(Member member) {
            return new MemberView(
                    member.id().value(),
                    member.name(),
                    member.state(),
                    member.memberships().stream()
                            .map(each ->
                                    new Place(each.role(), each.collection().map(CollectionId::value)))
                            .toList());
        }
    }

    /// Somebody to invite.
    record Invitation(String name, Role role, Optional<UUID> collection) {}

    /// The code by which the invited choose a password at `/invitation/CODE`; told once.
    record Invited(UUID id, String code) {}

    /// Whether a member is shut out.
    record Shut(boolean disabled) {}

    /// Who asks, and what they may do.
    record Myself(UUID id, String name, List<Place> roles) {}

    private CollectionView view(Collection collection) {
        Summary summary = likeness.summary(collection);
        return new CollectionView(
                collection.id().value(),
                collection.name(),
                collection.profile(),
                collection.model().toString(),
                summary.photos(),
                summary.faces());
    }

    /// Says who asks, and in which roles; a token of one collection learns of no other.
    @GetMapping("/me")
    @SignedIn(token = true)
    Myself me() {
        Caller caller = Callers.required();
        return new Myself(
                caller.member().value(),
                caller.name(),
                caller.access().reached().stream()
                        .map(each -> new Place(each.role(), each.collection().map(CollectionId::value)))
                        .toList());
    }

    /// Lists the collections that the caller may see.
    @GetMapping("/collections")
    @SignedIn(token = true)
    List<CollectionView> collections() {
        Caller caller = Callers.required();
        return likeness.collections().stream()
                .filter(each -> caller.may(Right.SEE_COLLECTION, Optional.of(each.id())))
                .map(this::view)
                .toList();
    }

    /// Makes a collection.
    @PostMapping("/collections")
    @Allowed(Right.CREATE_COLLECTION)
    @ResponseStatus(HttpStatus.CREATED)
    CollectionView create(@RequestBody NewCollection wanted) {
        return view(theirs().createCollection(wanted.name().strip(), wanted.profile()));
    }

    /// Shows a collection.
    @GetMapping("/collections/{collection}")
    @Allowed(Right.SEE_COLLECTION)
    CollectionView collection(@PathVariable UUID collection) {
        return view(likeness.collection(new CollectionId(collection)));
    }

    /// Gives a collection another name.
    @PutMapping("/collections/{collection}/name")
    @Allowed(Right.MANAGE_COLLECTION)
    CollectionView rename(@PathVariable UUID collection, @RequestBody NewName wanted) {
        return view(theirs().renameCollection(
                        new CollectionId(collection), wanted.name().strip()));
    }

    /// Lists the members of the installation.
    @GetMapping("/members")
    @Allowed(Right.MANAGE_MEMBERS)
    List<MemberView> members() {
        return likeness.members().members().stream().map(MemberView::of).toList();
    }

    /// Whoever has the code of an owner, or makes one of themselves, has everything: that takes a person, who shows on
    /// the page that it is them.
    private static void requireNoOwner(Role role) {
        if (role == Role.OWNER) {
            throw inBrowser();
        }
    }

    private static LikenessException inBrowser() {
        return new LikenessException(
                        LikenessException.Kind.REFUSED,
                        "this takes a person who shows that it is them\nDo it on the page of the members.")
                .called("member.person");
    }

    /// Invites somebody, but no owner; the code is told once.
    @PostMapping("/members")
    @Allowed(Right.MANAGE_MEMBERS)
    @ResponseStatus(HttpStatus.CREATED)
    Invited invite(@RequestBody Invitation wanted) {
        requireNoOwner(wanted.role());
        MemberDesk.Invited invited = theirs().members()
                .invite(
                        wanted.name(),
                        List.of(new Membership(
                                wanted.role(), wanted.collection().map(CollectionId::new))));
        return new Invited(invited.member().value(), invited.code().text());
    }

    /// Makes a new code for somebody who was invited, is no owner and did not come yet. For who lost their password it
    /// is made on the page of the members.
    @PostMapping("/members/{member}/invitation")
    @Allowed(Right.MANAGE_MEMBERS)
    @ResponseStatus(HttpStatus.CREATED)
    Invited inviteAgain(@PathVariable UUID member) {
        Member found = likeness.members().member(new MemberId(member));
        if (found.state() != Member.State.INVITED || found.isOwner()) {
            throw inBrowser();
        }
        MemberDesk.Invited invited = theirs().members().inviteAgain(found.id());
        return new Invited(invited.member().value(), invited.code().text());
    }

    /// Shuts a member out at once, or lets them in again.
    @PutMapping("/members/{member}/disabled")
    @Allowed(Right.MANAGE_MEMBERS)
    MemberView disableMember(@PathVariable UUID member, @RequestBody Shut wanted) {
        MemberId id = new MemberId(member);
        theirs().members().setDisabled(id, wanted.disabled());
        return MemberView.of(likeness.members().member(id));
    }

    /// Gives a member a role, but not an owner's, instead of the one they have in the same place.
    @PutMapping("/members/{member}/roles")
    @Allowed(Right.MANAGE_MEMBERS)
    MemberView setRole(@PathVariable UUID member, @RequestBody Place place) {
        requireNoOwner(place.role());
        MemberId id = new MemberId(member);
        theirs().members().setRole(id, place.collection().map(CollectionId::new), Optional.of(place.role()));
        return MemberView.of(likeness.members().member(id));
    }

    /// Takes a member's role in a place.
    ///
    /// @param place a collection, or `everywhere`
    @DeleteMapping("/members/{member}/roles/{place}")
    @Allowed(Right.MANAGE_MEMBERS)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void takeRole(@PathVariable UUID member, @PathVariable String place) {
        theirs().members()
                .setRole(
                        new MemberId(member),
                        place.equals("everywhere") ? Optional.empty() : Optional.of(CollectionId.parse(place)),
                        Optional.empty());
    }

    /// Removes a member, and ends their sessions and tokens.
    @DeleteMapping("/members/{member}")
    @Allowed(Right.MANAGE_MEMBERS)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable UUID member) {
        theirs().members().remove(new MemberId(member));
    }
}
