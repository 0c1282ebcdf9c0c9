package org.likeness.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Collection;
import org.likeness.core.demand.Census;
import org.likeness.core.demand.Demand;
import org.likeness.core.demand.DemandId;
import org.likeness.core.demand.ErasurePlan;
import org.likeness.core.demand.Residual;
import org.likeness.core.demand.Target;
import org.likeness.core.rights.DemandDesk;
import org.likeness.core.rights.Eraser;
import org.likeness.library.Likeness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `likeness erase …`
@Command(
        name = "erase",
        description = {
            "Erase a photo, face, person, source or collection from everywhere Likeness keeps anything, and prove it.",
            "It is shown in no answer from the first moment on. There is no way back, and a photo or face that was",
            "erased stays out, in every collection, also when it is imported again."
        })
final class EraseCommand extends LikenessCommand {
    /// More would not be read.
    private static final int PLACES_SHOWN = 20;

    @Mixin
    private Targets one = new Targets();

    @Option(names = "--source", paramLabel = "NAME", description = "A source with all its photos.")
    private Optional<String> source = Optional.empty();

    @Option(
            names = "--collection",
            paramLabel = "NAME",
            description = "A collection with all there is in it. With --source: the one it is in.")
    private Optional<String> collection = Optional.empty();

    @Option(names = "--resume", description = "Go on with erasures that did not end.")
    private boolean resume;

    @Option(names = "--plan", description = "Only show what would go. Nothing is changed.")
    private boolean planOnly;

    @Option(
            names = {"-y", "--yes"},
            description = "Really. Without it, the same as --plan.")
    private boolean yes;

    @Override
    ExitCode execute() {
        try (Likeness likeness = shared().open()) {
            Optional<Target> named = target(likeness);
            if (resume == named.isPresent()) {
                throw notOne();
            }
            if (resume) {
                return resume(likeness);
            }
            Target target = named.get();
            ErasurePlan plan = likeness.eraser().plan(target, likeness.demands().collection(target));
            if (planOnly || !yes) {
                show(plan);
                return ExitCode.OK;
            }
            DemandDesk.Received received = likeness.demands().erase(target);
            out().line(target + " is shown in no answer any more. Demand "
                    + received.demand().id() + ".");
            Eraser.Outcome outcome = likeness.eraser().execute(received.demand().id());
            likeness.eraser().resume(false); // what was demanded of another process meanwhile
            showLinked(plan);
            show(outcome, Optional.of(received.receipt().toString()), plan.linked());
            return exit(List.of(outcome));
        }
    }

    private Optional<Target> target(Likeness likeness) {
        Optional<Target> target = one.of();
        if (source.isPresent()) {
            Collection of = collection(likeness, collection);
            Target named =
                    Target.of(likeness.photoDesk().source(of.id(), source.get()).id());
            return only(target, named);
        }
        return collection.isPresent()
                ? only(target, Target.of(likeness.collection(collection.get()).id()))
                : target;
    }

    private static Optional<Target> only(Optional<Target> other, Target named) {
        if (other.isPresent()) {
            throw notOne();
        }
        return Optional.of(named);
    }

    private static LikenessException notOne() {
        return new LikenessException(
                LikenessException.Kind.BAD_INPUT,
                "erase needs exactly one thing\nName one of --photo, --face, --person, --source, --collection or"
                        + " --resume.");
    }

    private ExitCode resume(Likeness likeness) {
        List<Eraser.Outcome> outcomes = likeness.eraser().resume(true);
        outcomes.forEach(outcome -> show(outcome, Optional.empty(), List.of()));
        if (outcomes.isEmpty()) {
            out().line("Nothing to go on with.");
            out().document(Out.map("resumed", 0));
        }
        return exit(outcomes);
    }

    private static ExitCode exit(List<Eraser.Outcome> outcomes) {
        return outcomes.stream().allMatch(outcome -> outcome.attestation().isPresent())
                ? ExitCode.OK
                : ExitCode.UNAVAILABLE;
    }

    private void show(ErasurePlan plan) {
        out().line("This will go with " + plan.target() + ":");
        for (ErasurePlan.Line line : plan.lines()) {
            out().line(String.format(
                    Locale.ROOT,
                    "  %,10d  %s (%s)",
                    line.count(),
                    line.store(),
                    line.means().words()));
        }
        long collections = plan.reach().stream()
                .map(ErasurePlan.Reach::collection)
                .distinct()
                .count();
        if (collections > 1) {
            out().line("It goes from " + collections
                    + " collections, which hold the same content, and never comes back.");
        }
        for (Residual residual : plan.residuals()) {
            out().line("This stays: " + residual);
        }
        showLinked(plan);
        out().line("Nothing was changed. To do it: the same command with --yes");
        List<Map<String, Object>> lines = new ArrayList<>();
        plan.lines()
                .forEach(line -> lines.add(
                        Out.map("store", line.store(), "means", line.means().words(), "count", line.count())));
        out().document(Out.map(
                "scope", plan.target().scope().word(),
                "target", plan.target().id().toString(),
                "plan", lines,
                "collections", collections,
                "residuals", residuals(plan.residuals()),
                "linked", plan.linked().stream().map(Out::file).toList()));
    }

    private void showLinked(ErasurePlan plan) {
        if (plan.linked().isEmpty()) {
            return;
        }
        out().line("Likeness does not own these files and leaves them where they are; delete them yourself:");
        plan.linked().stream().limit(PLACES_SHOWN).forEach(place -> out().line("  " + Out.file(place)));
        if (plan.linked().size() > PLACES_SHOWN) {
            out().line("  and " + (plan.linked().size() - PLACES_SHOWN) + " more; all of them with --json");
        }
    }

    private static List<Map<String, Object>> residuals(List<Residual> residuals) {
        return residuals.stream()
                .map(residual -> Out.map("what", residual.what(), "count", residual.count()))
                .toList();
    }

    private void show(Eraser.Outcome outcome, Optional<String> receipt, List<String> linked) {
        show(outcome, receipt, linked, out());
    }

    /// Shared with `object`, which shows less before.
    static void show(Eraser.Outcome outcome, Optional<String> receipt, List<String> linked, Out out) {
        Demand demand = outcome.demand();
        for (Census.Count count : outcome.census().counts()) {
            if (count.found() > 0 || !count.isZero()) {
                out.line(String.format(
                        Locale.ROOT,
                        "  %,10d  %s (%s)%s",
                        count.found(),
                        count.store(),
                        count.means().words(),
                        count.isZero() ? "" : count.left().isPresent() ? ", SOME LEFT" : ", CANNOT BE COUNTED"));
            }
        }
        for (Residual residual : outcome.residuals()) {
            out.line("Not reached: " + residual);
        }
        out.line(
                outcome.attestation().isPresent()
                        ? "Erased. Counted again in "
                                + outcome.census().counts().size()
                                + " places: nothing is left. Proof: likeness receipt "
                                + outcome.attestation().get()
                        : "Not finished, and not attested. It stays out of every answer."
                                + " When the cause is gone: likeness erase --resume");
        Map<String, Object> document = Out.map(
                "demand",
                demand.id().toString(),
                "state",
                demand.state().word(),
                "stores",
                outcome.census().counts().stream().map(EraseCommand::describe).toList(),
                "residuals",
                residuals(outcome.residuals()),
                "linked",
                linked.stream().map(Out::file).toList());
        receipt.ifPresent(id -> document.put("receipt", id));
        outcome.attestation().ifPresent(id -> document.put("attestation", id.toString()));
        out.document(document);
    }

    /// Without `left` where nobody could count.
    private static Map<String, Object> describe(Census.Count count) {
        Map<String, Object> map =
                Out.map("store", count.store(), "means", count.means().words(), "found", count.found());
        count.left().ifPresent(left -> map.put("left", left));
        return map;
    }

    static DemandId demandId(String text) {
        return new DemandId(Targets.uuid("demand", text));
    }
}
