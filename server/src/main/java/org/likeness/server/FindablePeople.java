package org.likeness.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.consent.Audience;
import org.likeness.core.member.Right;
import org.likeness.core.person.Details;
import org.likeness.core.person.PersonId;
import org.likeness.core.rights.FindableDesk.Findable;
import org.likeness.core.rights.MemberDesk;
import org.likeness.library.Likeness;
import org.likeness.server.SearchChoices.Choice;
import org.springframework.stereotype.Component;

/// Whom the search page of an event offers, on whose behalf, and what it says of the others. Thread-safe.
@Component
final class FindablePeople {
    private final Likeness likeness;

    FindablePeople(Likeness likeness) {
        this.likeness = likeness;
    }

    /// Whom to search for, and on whose behalf.
    record Whom(PersonId person, Audience audience) {
        /// @throws LikenessException BAD_INPUT when it is not what a choice says
        static Whom parse(String text) {
            int cut = text.indexOf(':');
            try {
                return new Whom(
                        new PersonId(UUID.fromString(text.substring(0, Math.max(0, cut)))),
                        Audience.parse(text.substring(cut + 1)));
            } catch (IllegalArgumentException e) {
                throw new LikenessException(
                                LikenessException.Kind.BAD_INPUT,
                                "nobody was chosen to search for\nChoose somebody.",
                                e)
                        .called("search.whom");
            }
        }

        @Override
        public String toString() {
            return person + ":" + audience.word();
        }
    }

    /// The choices, and by name those who cannot be found now, with the reason. That names were shown is
    /// recorded.
    record Offer(List<Choice> whom, List<Choice> others) {}

    Offer offer(Caller caller, CollectionId collection, Texts texts) {
        boolean named = caller.may(Right.SEE_PEOPLE, Optional.of(collection));
        List<Choice> whom = new ArrayList<>();
        List<Choice> others = new ArrayList<>();
        List<Findable> people = likeness.find().findable().people(collection);
        for (Findable each : people) {
            String name = named ? name(each.person(), texts) : each.person().toString();
            for (Audience audience : each.audiences()) {
                whom.add(new Choice(
                        new Whom(each.person(), audience).toString(),
                        texts.of("search.whom", name, behalf(audience, texts))));
            }
            if (each.audiences().isEmpty()) {
                others.add(new Choice(name, obstacle(each, texts)));
            }
        }
        if (named && !people.isEmpty()) {
            likeness.as(MemberDesk.actor(caller.member())).people().shown(collection, people.size());
        }
        return new Offer(List.copyOf(whom), List.copyOf(others));
    }

    private String name(PersonId person, Texts texts) {
        return likeness.people().known(person).details().flatMap(Details::name).orElse(texts.of("people.unnamed"));
    }

    private static String behalf(Audience audience, Texts texts) {
        return switch (audience) {
            case Audience.Myself _ -> texts.of("search.behalf.myself");
            case Audience.Staff _ -> texts.of("search.behalf.staff");
            case Audience.Group(String name) -> texts.of("search.behalf.group", name);
        };
    }

    private static String obstacle(Findable person, Texts texts) {
        return person.obstacle()
                .map(reason -> texts.of("search.cannot." + reason.name()))
                .orElse(texts.of("search.cannot.reference"));
    }

    /// Why nobody may be searched for as was asked now; empty when it is not their consent or reference.
    Optional<String> refusal(CollectionId collection, Whom whom, Texts texts) {
        return likeness.find().findable().people(collection).stream()
                .filter(each -> each.person().equals(whom.person()))
                .filter(each -> !each.audiences().contains(whom.audience()))
                .map(each -> each.audiences().isEmpty()
                        ? texts.of("search.refused.because", obstacle(each, texts))
                        : texts.of("search.cannot.audience", behalf(whom.audience(), texts)))
                .findFirst();
    }
}
