package org.likeness.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.likeness.core.LikenessException;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `likeness`: the door for people at a terminal and for scripts. Knows all commands, which its help
/// and the shell's completion need; a command itself is run below a bare [RootCommand].
@Command(
        subcommands = {
            DemoCommand.class,
            ServeCommand.class,
            MemberCommand.class,
            TokenCommand.class,
            CollectionCommand.class,
            SourceCommand.class,
            FolderCommand.class,
            PurgeCommand.class,
            ImportCommand.class,
            PhotoCommand.class,
            ReviewCommand.class,
            SearchCommand.class,
            NoticeCommand.class,
            PersonCommand.class,
            ConsentCommand.class,
            VerifyCommand.class,
            EraseCommand.class,
            ObjectCommand.class,
            RestrictCommand.class,
            UnrestrictCommand.class,
            AccessCommand.class,
            DemandCommand.class,
            ModelsCommand.class,
            AuditCommand.class,
            ReceiptCommand.class,
            DocumentsCommand.class,
            StatusCommand.class,
            DoctorCommand.class,
            ConfigCommand.class,
            VaultCommand.class,
            BackupCommand.class,
            BackupCommand.OfKeys.class,
            RestoreCommand.class,
            BreachDrillCommand.class,
            WarmUpCommand.class,
            GenerateCompletion.class
        })
public final class Main extends RootCommand {
    /// Libraries report what they do; a command's words are its own, so only warnings of theirs are
    /// shown.
    private static final Logger LIBRARIES = Logger.getLogger("");

    /// Who signed in and who was refused: a server's watcher wants it also where nothing went wrong.
    private static final Logger SECURITY = Logger.getLogger("org.likeness.security");

    /// One line each, with a time that says its zone.
    private static final String FORM = "%1$tFT%1$tT%1$tz %4$s %3$s: %5$s%6$s%n";

    /// Warns of what it has no page for by the path that a visitor made up.
    private static final Logger ROUTES = Logger.getLogger("org.springframework.web.servlet");

    private static final AtomicBoolean ENDED = new AtomicBoolean();

    /// Whether the command is done and the process is about to end by itself.
    static boolean hasEnded() {
        return ENDED.get();
    }

    public static void main(String[] args) {
        System.setProperty("java.util.logging.SimpleFormatter.format", FORM);
        LIBRARIES.setLevel(Level.WARNING);
        SECURITY.setLevel(Level.INFO);
        ROUTES.setLevel(Level.SEVERE);
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = run(out, err, args);
        ENDED.set(true);
        System.exit(delivered(out, code));
    }

    /// An answer that got lost, on a full disk for one, must not look like success.
    private static int delivered(PrintWriter out, int code) {
        if (!out.checkError() || code != ExitCode.OK.number()) {
            return code;
        }
        System.err.println(
                "likeness: the answer could not be written\nCheck where the output goes, and its free space.");
        return ExitCode.UNAVAILABLE.number();
    }

    static int run(PrintWriter out, PrintWriter err, String... args) {
        Optional<Class<?>> named = named(args);
        RootCommand root = named.isPresent() ? new RootCommand() : new Main();
        CommandLine line = new CommandLine(root);
        named.ifPresent(line::addSubcommand);
        return line.setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, where, parsed) -> failed(failure, root.shared(), err))
                .setParameterExceptionHandler((wrong, given) -> misused(wrong, err))
                .execute(args);
    }

    /// The command the arguments begin with, so that the options of all others need not be read first:
    /// half of the time of a small command. Empty where all are needed, or where picocli has to say
    /// what is wrong.
    private static Optional<Class<?>> named(String[] args) {
        int at = 0;
        while (at < args.length && args[at].startsWith("-")) {
            at += args[at].equals("--data") ? 2 : 1;
        }
        if (at >= args.length) {
            return Optional.empty();
        }
        String word = args[at];
        return Arrays.stream(Main.class.getAnnotation(Command.class).subcommands())
                .filter(command -> command != GenerateCompletion.class)
                .filter(command -> command.getAnnotation(Command.class).name().equals(word))
                .findFirst();
    }

    /// What is wrong and where help is; the whole help would push the first out of sight.
    private static int misused(CommandLine.ParameterException wrong, PrintWriter err) {
        err.println("likeness: " + Out.plain(String.valueOf(wrong.getMessage())));
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err);
        err.println("See: " + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE.number();
    }

    /// The one place where failures become exit codes.
    private static int failed(Exception failure, Shared shared, PrintWriter err) {
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
