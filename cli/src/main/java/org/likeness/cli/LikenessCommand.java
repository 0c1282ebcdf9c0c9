package org.likeness.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Collection;
import org.likeness.library.Likeness;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What every command has: the shared options, a place to write, and an exit code.
abstract class LikenessCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    Shared shared() {
        return ((RootCommand) spec.root().userObject()).shared();
    }

    Out out() {
        return new Out(spec.commandLine().getOut(), shared().json());
    }

    /// Where progress and warnings go, so that output stays clean.
    Out err() {
        return new Out(spec.commandLine().getErr(), false);
    }

    /// The only collection when there is one; otherwise it must be named.
    static Collection collection(Likeness likeness, Optional<String> name) {
        if (name.isPresent()) {
            return likeness.collection(name.get());
        }
        List<Collection> all = likeness.collections();
        if (all.size() == 1) {
            return all.getFirst();
        }
        throw new LikenessException(
                LikenessException.Kind.BAD_INPUT,
                all.isEmpty()
                        ? "there is no collection yet\nMake one: likeness collection create NAME --profile household."
                        : "there are " + all.size()
                                + " collections\nName one: --collection NAME; see likeness collection list.");
    }

    /// For a command line that names too little.
    CommandLine.ParameterException usage(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    /// Said before anything is made or opened, as [#requireThere].
    static void requirePhoto(Path photo) {
        requireThere(photo);
        if (Files.isDirectory(photo)) {
            throw new LikenessException(LikenessException.Kind.BAD_INPUT, photo + " is a folder\nName one photo.");
        }
        if (!Files.isReadable(photo)) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE, photo + " may not be read\nAllow reading it and try again.");
        }
    }

    /// Said before anything is made or opened: a mistyped path is the commonest mistake.
    static void requireThere(Path path) {
        if (!Files.exists(path)) {
            throw new LikenessException(
                    LikenessException.Kind.BAD_INPUT, "there is nothing at " + path + "\nCheck the path.");
        }
    }

    abstract ExitCode execute();

    @Override
    public Integer call() {
        return execute().number();
    }
}
