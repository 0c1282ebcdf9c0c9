package org.likeness.cli;

import java.util.List;
import java.util.Locale;
import org.likeness.library.Checkup;
import org.likeness.library.Checkup.Finding;
import picocli.CommandLine.Command;

/// `likeness doctor`
@Command(name = "doctor", description = "Check that this machine and this data directory are in order.")
final class DoctorCommand extends LikenessCommand {
    @Override
    ExitCode execute() {
        List<Finding> findings = Checkup.run(shared().settings());
        Out out = out();
        for (Finding finding : findings) {
            out.line(String.format(
                    Locale.ROOT, "%-5s %s", finding.state().toString().toLowerCase(Locale.ROOT), finding.what()));
            finding.advice().ifPresent(advice -> out.line("      " + advice));
        }
        out.document(Out.map(
                "findings",
                findings.stream()
                        .map(f -> Out.map(
                                "state", f.state().toString().toLowerCase(Locale.ROOT),
                                "what", f.what(),
                                "advice", f.advice().orElse("")))
                        .toList()));
        boolean bad = findings.stream().anyMatch(f -> f.state() == Checkup.State.BAD);
        return bad ? ExitCode.UNAVAILABLE : ExitCode.OK;
    }
}
