package org.likeness.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.likeness.core.LikenessException;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `likeness`: the door for people at a terminal and for scripts.
@Command(
        name = "likeness",
        description = "Self-hosted face search for photo collections, built on permission.",
        versionProvider = Main.Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            CollectionCommand.class,
            ImportCommand.class,
            PhotoCommand.class,
            ReviewCommand.class,
            SearchCommand.class,
            VerifyCommand.class,
            EraseCommand.class,
            ObjectCommand.class,
            RestrictCommand.class,
            UnrestrictCommand.class,
            DemandCommand.class,
            ModelsCommand.class,
            AuditCommand.class,
            ReceiptCommand.class,
            StatusCommand.class,
            DoctorCommand.class,
            ConfigCommand.class,
            VaultCommand.class,
            WarmUpCommand.class,
            GenerateCompletion.class
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 defect, 2 wrong command line, 3 bad input, 4 not found, 5 conflict,",
            "6 refused, 7 unavailable, 8 corrupt, 9 imported but some files failed."
        })
public final class Main implements Runnable {
    @Mixin
    private Shared shared;

    @Spec
    private CommandSpec spec;

    /// Libraries report what they do; a command's words are its own, so only warnings of theirs are shown.
    private static final Logger LIBRARIES = Logger.getLogger("");

    public static void main(String[] args) {
        LIBRARIES.setLevel(Level.WARNING);
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = run(out, err, args);
        out.flush();
        System.exit(code);
    }

    static int run(PrintWriter out, PrintWriter err, String... args) {
        Main main = new Main();
        CommandLine line = new CommandLine(main)
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, where, parsed) -> main.failed(failure, err));
        return line.execute(args);
    }

    /// The one place where failures become exit codes.
    private int failed(Exception failure, PrintWriter err) {
        if (failure instanceof LikenessException known) {
            ExitCode code = ExitCode.of(known.kind());
            if (shared.json()) {
                new Out(err, true)
                        .document(Out.map(
                                "error",
                                known.kind().toString(),
                                "message",
                                known.getMessage(),
                                "exit",
                                code.number()));
            } else {
                err.println("likeness: " + Out.plain(known.getMessage()));
            }
            return code.number();
        }
        err.println("likeness: this is a defect of Likeness, not of your input. Please report what follows.");
        failure.printStackTrace(err);
        return ExitCode.INTERNAL.number();
    }

    Shared shared() {
        return shared;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// Prints the version of the jar.
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"likeness " + number()};
        }

        static String number() {
            String version = Main.class.getPackage().getImplementationVersion();
            return version == null ? "(not packaged)" : version;
        }
    }
}
