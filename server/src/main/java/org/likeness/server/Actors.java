package org.likeness.server;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.likeness.core.audit.Actor;
import org.likeness.core.member.Member;
import org.likeness.core.member.Right;
import org.likeness.core.rights.MemberDesk;

/// Who acted, in words for whoever looks. The log holds pseudonyms only; names are put to them here, for
/// those who may see
/// the members anyway. Immutable.
public final class Actors {
    private final Texts texts;
    private final Actor self;
    private final Map<Actor, String> names;

    private Actors(Texts texts, Actor self, Map<Actor, String> names) {
        this.texts = texts;
        this.self = self;
        this.names = names;
    }

    static Actors seenBy(Caller caller, Texts texts, MemberDesk members) {
        return new Actors(
                texts,
                MemberDesk.actor(caller.member()),
                caller.may(Right.MANAGE_MEMBERS, Optional.empty())
                        ? members.members().stream()
                                .collect(Collectors.toMap(each -> MemberDesk.actor(each.id()), Member::name))
                        : Map.of());
    }

    /// Whether words can be put to the actor; else [#of] gives the pseudonym.
    public boolean knows(Actor actor) {
        return actor.equals(self)
                || actor.equals(Actor.OWNER)
                || actor.equals(Actor.WATCH)
                || actor.equals(WithdrawalPages.HOLDER)
                || names.containsKey(actor);
    }

    /// `you`, the machine itself (commands and upkeep), a name, or the pseudonym of somebody who is not known to the
    /// reader.
    public String of(Actor actor) {
        if (actor.equals(self)) {
            return texts.of("actor.you");
        }
        if (actor.equals(Actor.WATCH)) {
            return texts.of("actor.watch");
        }
        if (actor.equals(Actor.OWNER)) {
            return texts.of("actor.machine");
        }
        if (actor.equals(WithdrawalPages.HOLDER)) {
            return texts.of("actor.code");
        }
        return names.getOrDefault(actor, actor.pseudonym());
    }

    /// Names are personal.
    @Override
    public String toString() {
        return "Actors[" + names.size() + "]";
    }
}
