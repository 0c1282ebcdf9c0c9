package org.likeness.cli;

import org.likeness.core.rights.DemandDesk;
import org.likeness.library.Likeness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `likeness restrict`
@Command(
        name = "restrict",
        description = {
            "Keep a photo, face or person and use nothing of them: no answer shows them. Nothing is deleted.",
            "Lifted by: likeness unrestrict."
        })
final class RestrictCommand extends LikenessCommand {
    @Mixin
    private Targets targets = new Targets();

    @Override
    ExitCode execute() {
        try (Likeness likeness = shared().open()) {
            DemandDesk.Received received = likeness.demands().restrict(targets.one());
            out().line(received.demand().target() + " is kept and shown in no answer. Receipt: likeness receipt "
                    + received.receipt());
            out().document(Out.map(
                    "demand", received.demand().id().toString(),
                    "state", received.demand().state().word(),
                    "receipt", received.receipt().toString()));
            return ExitCode.OK;
        }
    }
}
