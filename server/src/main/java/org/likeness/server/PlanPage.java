package org.likeness.server;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.likeness.core.demand.ErasurePlan;
import org.likeness.core.demand.Scope;

/// What an erasure would delete, as people understand it. Immutable.
///
/// @param elsewhere names of the other collections it goes from that the caller may see
/// @param hidden how many more it goes from
/// @param said faces that were said to be the person's
/// @param back where to go when nothing is to be erased
public record PlanPage(
        ErasurePlan plan, Subject subject, List<String> elsewhere, long hidden, List<Face> said, String back) {
    public PlanPage {
        elsewhere = List.copyOf(elsewhere);
        said = List.copyOf(said);
    }

    /// A face that can go in the same go.
    public record Face(String id, String picture) {}

    /// What stores hold, by what it is to people, in the order in which it is shown.
    public enum Group {
        PICTURES,
        CUTOUTS,
        FACEPRINTS,
        DECISIONS,
        PEOPLE,
        RESULTS,
        SOURCES,
        LISTS
    }

    /// How many things of one group go.
    public record Line(Group group, long count) {}

    /// What a photo is kept as counts once, however many stores hold it.
    public List<Line> lines() {
        Map<Group, Long> counts = new EnumMap<>(Group.class);
        for (ErasurePlan.Line line : plan.lines()) {
            counts.merge(group(line.store()), line.count(), Math::max);
        }
        return counts.entrySet().stream()
                .map(entry -> new Line(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Group group(String store) {
        return switch (store) {
            case "originals", "previews", "thumbnails", "table photo", "table signal", "files on their way in" ->
                Group.PICTURES;
            case "crops", "table face" -> Group.CUTOUTS;
            case "table template", "indexes in memory", "table person_reference" -> Group.FACEPRINTS;
            case "table face_decision" -> Group.DECISIONS;
            case "keys of people", "table person", "table guardian", "table withdrawal_code", "table consent_event" ->
                Group.PEOPLE;
            case "pages with results",
                    "table search",
                    "table search_candidate",
                    "table search_attempt",
                    "table own_search" -> Group.RESULTS;
            case "table source", "table source_contact", "table permission_grant" -> Group.SOURCES;
            default -> Group.LISTS;
        };
    }

    public Scope scope() {
        return plan.target().scope();
    }

    /// Whether files go that show photos of any collection.
    public boolean isOfPages() {
        return plan.lines().stream().anyMatch(line -> line.store().equals("pages with results"));
    }

    /// Whether it can be kept and not used instead.
    public boolean isRestrictable() {
        return scope() != Scope.SOURCE && scope() != Scope.COLLECTION;
    }
}
