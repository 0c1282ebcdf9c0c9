package org.likeness.cli;

import java.util.List;
import java.util.Map;
import org.likeness.core.audit.Statement;
import org.likeness.core.demand.Demand;
import org.likeness.core.demand.DemandId;
import org.likeness.library.Likeness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `likeness demand …`
@Command(
        name = "demand",
        description = "What was demanded, until when an answer is owed, and how far it is.",
        subcommands = {DemandCommand.ListAll.class, DemandCommand.Show.class})
final class DemandCommand extends LikenessCommand {
    @Override
    ExitCode execute() {
        throw usage("demand needs to know what to do\nSay: likeness demand list, or likeness demand show ID.");
    }

    /// `likeness demand list`
    @Command(name = "list", description = "List all demands, newest first.")
    static final class ListAll extends LikenessCommand {
        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                List<Demand> demands = likeness.demands().demands();
                demands.forEach(demand -> out().line(line(demand)));
                if (demands.isEmpty()) {
                    out().line("Nothing was demanded.");
                }
                out().document(Out.map(
                        "demands", demands.stream().map(DemandCommand::describe).toList()));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness demand show ID`
    @Command(name = "show", description = "Show a demand and what was stated about it.")
    static final class Show extends LikenessCommand {
        @Parameters(paramLabel = "ID", description = "Which one.")
        private String id;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                DemandId demandId = EraseCommand.demandId(id);
                Demand demand = likeness.demands().demand(demandId);
                List<Statement> statements = likeness.demands().statements(demandId);
                out().line(line(demand));
                demand.closedAt().ifPresent(at -> out().line("closed " + at));
                statements.forEach(statement -> out().line(
                                statement
                                                .kind()
                                                .name()
                                                .toLowerCase(java.util.Locale.ROOT)
                                                .replace('_', ' ') + ": likeness receipt " + statement.id()));
                Map<String, Object> document = describe(demand);
                document.put(
                        "statements",
                        statements.stream()
                                .map(statement -> Out.map(
                                        "id",
                                        statement.id().toString(),
                                        "kind",
                                        statement.kind().name()))
                                .toList());
                out().document(document);
                return ExitCode.OK;
            }
        }
    }

    private static String line(Demand demand) {
        return demand.id() + "  " + demand.kind().word() + " " + demand.target() + "  "
                + demand.state().word() + ", received " + demand.receivedAt() + ", due " + demand.dueAt();
    }

    private static Map<String, Object> describe(Demand demand) {
        Map<String, Object> map = Out.map(
                "demand", demand.id().toString(),
                "kind", demand.kind().word(),
                "scope", demand.target().scope().word(),
                "target", demand.target().id().toString(),
                "collection", demand.collection().toString(),
                "state", demand.state().word(),
                "receivedAt", demand.receivedAt().toString(),
                "dueAt", demand.dueAt().toString());
        demand.closedAt().ifPresent(at -> map.put("closedAt", at.toString()));
        return map;
    }
}
