package org.likeness.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.member.Right;
import org.likeness.core.person.Details;
import org.likeness.core.person.Person;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.FaceId;
import org.likeness.core.rights.DecisionDesk.Standing;
import org.likeness.core.rights.MemberDesk;
import org.likeness.library.Likeness;
import org.likeness.server.SearchChoices.Choice;
import org.springframework.stereotype.Component;

/// Names of people beside faces, for callers who may see them; each time they are shown is recorded.
/// Thread-safe.
@Component
final class Names {
    private final Likeness likeness;

    Names(Likeness likeness) {
        this.likeness = likeness;
    }

    private static boolean mayBeSeen(CollectionId collection) {
        return Callers.required().may(Right.SEE_PEOPLE, Optional.of(collection));
    }

    /// Whom the caller may name in a collection; nobody where they may not see who is in it.
    List<Choice> choices(Collection collection) {
        if (!mayBeSeen(collection.id())) {
            return List.of();
        }
        List<Choice> choices = likeness.find().decisions().nameable(collection.id()).stream()
                .map(Person::id)
                .map(id -> new Choice(id.toString(), name(id)))
                .toList();
        shown(collection.id(), choices.size());
        return choices;
    }

    /// What was said of faces, with names: [SearchView.Said] for each.
    Map<FaceId, List<SearchView.Said>> said(CollectionId collection, List<FaceId> faces) {
        if (!mayBeSeen(collection)) {
            return Map.of();
        }
        Map<FaceId, List<SearchView.Said>> said = new LinkedHashMap<>();
        Map<PersonId, String> names = new LinkedHashMap<>();
        likeness.find().decisions().standing(collection, faces).forEach((face, all) -> {
            List<SearchView.Said> words = new ArrayList<>();
            for (Standing each : all) {
                words.add(new SearchView.Said(names.computeIfAbsent(each.person(), this::name), key(each)));
            }
            said.put(face, List.copyOf(words));
        });
        shown(collection, names.size());
        return said;
    }

    private static String key(Standing standing) {
        return standing.denied() ? "said.not" : standing.confirmed() ? "said.is" : "said.waits";
    }

    private String name(PersonId id) {
        return likeness.people().known(id).details().flatMap(Details::name).orElse(id.toString());
    }

    private void shown(CollectionId collection, int count) {
        if (count > 0) {
            likeness.as(MemberDesk.actor(Callers.required().member())).people().shown(collection, count);
        }
    }
}
