package org.likeness.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// What stands before every command: its name, the options all share, and help when nothing follows.
@Command(
        name = "likeness",
        description = "Self-hosted face search for photo collections, built on permission.",
        versionProvider = Main.Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Exit codes: 0 done, 1 defect, 2 wrong command line, 3 bad input, 4 not found, 5 conflict,",
            "6 refused, 7 unavailable, 8 corrupt, 9 imported but some files failed."
        })
class RootCommand implements Runnable {
    @Mixin
    private Shared shared;

    @Spec
    private CommandSpec spec;

    Shared shared() {
        return shared;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
