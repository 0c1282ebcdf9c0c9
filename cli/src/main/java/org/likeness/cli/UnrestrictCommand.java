package org.likeness.cli;

import org.likeness.core.demand.Demand;
import org.likeness.library.Likeness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `likeness unrestrict`
@Command(name = "unrestrict", description = "Lift a restriction: everything is as it was before.")
final class UnrestrictCommand extends LikenessCommand {
    @Mixin
    private Targets targets = new Targets();

    @Override
    ExitCode execute() {
        try (Likeness likeness = shared().open()) {
            Demand closed = likeness.demands().lift(targets.one());
            out().line(closed.target() + " is not restricted any more.");
            out().document(Out.map(
                    "demand", closed.id().toString(), "state", closed.state().word()));
            return ExitCode.OK;
        }
    }
}
