package org.likeness.server;

import java.util.List;
import java.util.Optional;
import org.likeness.core.member.Right;
import org.likeness.core.rights.MemberDesk;

/// The first steps of somebody who set the installation up: what is done, and where the next one is. Immutable.
public record Tour(List<Step> steps) {
    /// One step.
    ///
    /// @param text the key of its words
    /// @param address where it is done; empty where a step before it has to come first, or it is done
    public record Step(String text, boolean done, String address) {}

    public Tour {
        steps = List.copyOf(steps);
    }

    /// How many steps are done.
    public long done() {
        return steps.stream().filter(Step::done).count();
    }

    boolean isDone() {
        return done() == steps.size();
    }

    /// The step to do next.
    public boolean isNext(Step step) {
        return steps.stream().filter(each -> !each.done()).findFirst().equals(Optional.of(step));
    }

    /// @param cards the collections the member may see
    static Tour of(Caller caller, List<CollectionCard> cards, MemberDesk.Tour member) {
        Optional<CollectionCard> filled = first(caller, cards, Right.SEARCH, true);
        Optional<CollectionCard> empty = first(caller, cards, Right.ADD_PHOTOS, false);
        boolean made = !cards.isEmpty();
        boolean added = cards.stream().anyMatch(each -> each.photos() > 0);
        return new Tour(List.of(
                new Step("tour.one", made, made ? "" : "/#new-collection"),
                new Step("tour.two", added, added ? "" : address(empty, "photos#add-photos")),
                new Step("tour.three", member.searched(), member.searched() ? "" : address(filled, "search"))));
    }

    private static Optional<CollectionCard> first(
            Caller caller, List<CollectionCard> cards, Right right, boolean filled) {
        return cards.stream()
                .filter(each -> each.photos() > 0 == filled)
                .filter(each -> caller.may(right, Optional.of(each.collection().id())))
                .findFirst();
    }

    private static String address(Optional<CollectionCard> card, String page) {
        return card.map(each -> "/c/" + each.collection().id() + "/" + page).orElse("");
    }
}
