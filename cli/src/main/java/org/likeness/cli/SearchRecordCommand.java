package org.likeness.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.person.PersonId;
import org.likeness.core.rights.DecisionDesk;
import org.likeness.core.search.FaceDecision;
import org.likeness.core.search.FaceDecision.Verdict;
import org.likeness.core.search.Search;
import org.likeness.core.search.SearchAttempt;
import org.likeness.core.search.SearchId;
import org.likeness.core.template.TemplateIndex;
import org.likeness.library.Likeness;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What is done with a search afterwards: `likeness search show`, `list` and `decide`. Stateless.
final class SearchRecordCommand {
    private SearchRecordCommand() {}

    private static Map<String, Object> describe(SearchAttempt attempt) {
        Map<String, Object> map = Out.map(
                "search", attempt.id().toString(),
                "collection", attempt.collection().toString(),
                "purpose", attempt.purpose().word(),
                "actor", attempt.actor().pseudonym(),
                "model", attempt.model().toString(),
                "state", attempt.state().word(),
                "startedAt", attempt.startedAt().toString());
        attempt.endedAt().ifPresent(end -> map.put("endedAt", end.toString()));
        attempt.person().ifPresent(person -> map.put("person", person.toString()));
        attempt.audience().ifPresent(audience -> map.put("audience", audience.word()));
        attempt.probe().ifPresent(hash -> map.put("probeSha256", hash.hex()));
        return map;
    }

    private static Map<String, Object> describe(FaceDecision decision) {
        return Out.map(
                "face", decision.face().toString(),
                "person", decision.person().toString(),
                "verdict", decision.verdict().word(),
                "by", decision.actor().pseudonym(),
                "at", decision.at().toString());
    }

    /// `likeness search show SEARCH`
    @Command(name = "show", description = "Show all that is recorded of a search: who, why, when, what, who confirmed.")
    static final class Show extends LikenessCommand {
        @Parameters(paramLabel = "SEARCH", description = "The search's id.")
        private String search;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                DecisionDesk.Recorded recorded =
                        likeness.find().decisions().search(SearchCommand.id("search", search, SearchId::parse));
                SearchAttempt attempt = recorded.attempt();
                Map<String, Object> map = describe(attempt);
                map.forEach((key, value) -> out().line(String.format(Locale.ROOT, "%-12s %s", key, value)));
                List<Map<String, Object>> candidates = new ArrayList<>();
                recorded.answer().ifPresent(answer -> candidates.addAll(candidates(answer, out())));
                List<Map<String, Object>> decisions = new ArrayList<>();
                for (FaceDecision decision : recorded.decisions()) {
                    decisions.add(describe(decision));
                    out().line("decided      face " + decision.face() + " "
                            + decision.verdict().word() + " person " + decision.person() + ", by "
                            + decision.actor().pseudonym());
                }
                recorded.answer()
                        .ifPresent(
                                answer -> map.put("scoreMin", answer.threshold().scoreMin()));
                map.put("candidates", candidates);
                map.put("decisions", decisions);
                out().document(map);
                return ExitCode.OK;
            }
        }

        private static List<Map<String, Object>> candidates(Search answer, Out out) {
            out.line(String.format(
                    Locale.ROOT, "%-12s %.4f", "scoreMin", answer.threshold().scoreMin()));
            List<Map<String, Object>> candidates = new ArrayList<>();
            int rank = 1;
            for (TemplateIndex.Hit hit : answer.answer()) {
                out.line(String.format(
                        Locale.ROOT, "candidate %-2d face %s  score %.3f", rank, hit.face(), hit.score()));
                candidates.add(Out.map("rank", rank++, "face", hit.face().toString(), "score", hit.score()));
            }
            return candidates;
        }
    }

    /// `likeness search list --person ID`
    @Command(name = "list", description = "List the searches for a person, newest first. The person may see them.")
    static final class ListAll extends LikenessCommand {
        @Option(names = "--person", paramLabel = "ID", required = true, description = "The person's id.")
        private String person;

        @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "How many (default: 100).")
        private int limit;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                List<SearchAttempt> all = likeness.find().decisions().searches(SearchCommand.personId(person), limit);
                for (SearchAttempt attempt : all) {
                    out().line(attempt.startedAt() + "  " + attempt.state().word() + "  by "
                            + attempt.actor().pseudonym() + ", for "
                            + attempt.audience().map(a -> a.word()).orElse("nobody") + "  " + attempt.id());
                }
                if (all.isEmpty()) {
                    out().line("Nobody searched for this person.");
                }
                out().document(Out.map(
                        "searches",
                        all.stream().map(SearchRecordCommand::describe).toList()));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness search decide SEARCH RANK --is|--is-not`
    @Command(
            name = "decide",
            description = {
                "Say that a candidate of a search is, or is not, the person.",
                "A face that is not theirs is never suggested for them again. In an archive two people must confirm."
            })
    static final class Decide extends LikenessCommand {
        @Parameters(index = "0", paramLabel = "SEARCH", description = "The search's id.")
        private String search;

        @Parameters(index = "1", paramLabel = "RANK", description = "The candidate's number in its answer.")
        private int rank;

        @ArgGroup(multiplicity = "1")
        private Said said = new Said();

        /// One of the two.
        static final class Said {
            @SuppressWarnings("UnusedVariable") // picocli makes sure that it is one of the two
            @Option(names = "--is", required = true, description = "It is the person.")
            private boolean is;

            @Option(names = "--is-not", required = true, description = "It is not the person.")
            private boolean isNot;

            @Option(
                    names = "--take-back",
                    required = true,
                    description = "What was said before does not hold any more.")
            private boolean takeBack;

            Verdict verdict() {
                if (takeBack) {
                    return Verdict.OPEN;
                }
                return isNot ? Verdict.IS_NOT : Verdict.IS;
            }
        }

        @Option(
                names = "--person",
                paramLabel = "ID",
                description = "Who; not needed when the search was for a person.")
        private Optional<String> person = Optional.empty();

        @Option(
                names = "--by",
                paramLabel = "PSEUDONYM",
                description = "Who decides: small letters, digits and hyphens, no name (default: owner).")
        private Optional<String> by = Optional.empty();

        @Override
        ExitCode execute() {
            Actor actor = by.map(Decide::actor).orElse(Actor.OWNER);
            try (Likeness likeness = shared().open()) {
                Verdict verdict = said.verdict();
                Optional<PersonId> whom = person.map(SearchCommand::personId);
                DecisionDesk.Decided decided = likeness.find()
                        .decisions()
                        .decide(SearchCommand.id("search", search, SearchId::parse), rank, whom, verdict, actor);
                out().line(words(decided));
                Map<String, Object> map = describe(decided.decision());
                map.put("confirmed", decided.confirmed());
                out().document(map);
                return ExitCode.OK;
            }
        }

        private static String words(DecisionDesk.Decided decided) {
            return switch (decided.decision().verdict()) {
                case IS_NOT -> "Recorded. That face is not suggested for this person again.";
                case OPEN -> "Taken back. The face may be suggested for this person again.";
                case IS -> decided.confirmed() ? "Confirmed." : "Recorded. A second person must confirm it.";
            };
        }

        private static Actor actor(String pseudonym) {
            try {
                return new Actor(pseudonym);
            } catch (IllegalArgumentException e) {
                throw new LikenessException(
                        LikenessException.Kind.BAD_INPUT,
                        "a pseudonym must be 1 to 64 small letters, digits and hyphens\nGive no name: --by desk-2.",
                        e);
            }
        }
    }
}
