package org.likeness.core.search;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.likeness.core.audit.Actor;
import org.likeness.core.collection.Profile;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.FaceId;
import org.likeness.core.search.FaceDecision.Verdict;

/// What each actor last said of one face and one person, without what was taken back. In an archive each
/// takes back only what they said themselves; elsewhere one word is enough, and so is one to take it back.
/// Not thread-safe.
public final class Verdicts {
    private final boolean archive;
    private final Map<Actor, Verdict> last = new HashMap<>();

    public Verdicts(Profile profile) {
        this.archive = profile == Profile.ARCHIVE;
    }

    /// To be called in the order things were said.
    public void add(Actor actor, Verdict verdict) {
        if (verdict != Verdict.OPEN) {
            last.put(actor, verdict);
        } else if (archive) {
            last.remove(actor);
        } else {
            last.clear();
        }
    }

    public Optional<Verdict> of(Actor actor) {
        return Optional.ofNullable(last.get(actor));
    }

    /// Whether there is anything that this actor could take back.
    public boolean mayTakeBack(Actor actor) {
        return archive ? last.containsKey(actor) : !last.isEmpty();
    }

    public boolean isEmpty() {
        return last.isEmpty();
    }

    /// Whether somebody says that the face is not the person.
    public boolean denied() {
        return last.containsValue(Verdict.IS_NOT);
    }

    /// Whether nobody says no, and enough say yes: two in an archive.
    public boolean confirmed() {
        long yes = last.values().stream().filter(Verdict.IS::equals).count();
        return !denied() && yes >= (archive ? 2 : 1);
    }

    /// The faces that must not be suggested for a person: somebody says that it is not them, or that it is
    /// somebody else and nobody that it is them.
    ///
    /// @param decisions on faces of one collection, in the order they were made
    public static Set<FaceId> notThem(Profile profile, PersonId person, Collection<FaceDecision> decisions) {
        Map<FaceId, Map<PersonId, Verdicts>> said = new LinkedHashMap<>();
        for (FaceDecision decision : decisions) {
            said.computeIfAbsent(decision.face(), _ -> new HashMap<>())
                    .computeIfAbsent(decision.person(), _ -> new Verdicts(profile))
                    .add(decision.actor(), decision.verdict());
        }
        Set<FaceId> notThem = new HashSet<>();
        said.forEach((face, verdicts) -> {
            Verdicts own = verdicts.getOrDefault(person, new Verdicts(profile));
            boolean another = verdicts.values().stream().anyMatch(Verdicts::saysYes);
            if (own.denied() || (own.isEmpty() && another)) {
                notThem.add(face);
            }
        });
        return notThem;
    }

    private boolean saysYes() {
        return last.containsValue(Verdict.IS);
    }
}
