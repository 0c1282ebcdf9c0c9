package org.likeness.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionKey;
import org.likeness.core.rights.Vaults;
import org.likeness.library.Likeness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `likeness vault …`
@Command(
        name = "vault",
        description = "The keys of collections: show, replace, destroy, and what they are worth.",
        subcommands = {
            VaultCommand.Status.class,
            VaultCommand.Rekey.class,
            VaultCommand.Shred.class,
            VaultAttackCommand.class
        })
final class VaultCommand extends LikenessCommand {
    @Override
    ExitCode execute() {
        return Status.show(shared(), out(), Optional.empty());
    }

    /// `likeness vault status`
    @Command(name = "status", description = "Show the keys of collections, never the keys themselves.")
    static final class Status extends LikenessCommand {
        @Option(names = "--collection", paramLabel = "NAME", description = "Only this one.")
        private Optional<String> name = Optional.empty();

        @Override
        ExitCode execute() {
            return show(shared(), out(), name);
        }

        static ExitCode show(Shared shared, Out out, Optional<String> name) {
            try (Likeness likeness = shared.open()) {
                List<Collection> chosen =
                        name.isPresent() ? List.of(likeness.collection(name.get())) : likeness.collections();
                List<Map<String, Object>> all = new ArrayList<>();
                for (Collection collection : chosen) {
                    Vaults.Status status = likeness.vault().status(collection);
                    all.add(describe(collection, status));
                    out.line(collection.name() + ": " + inWords(status));
                }
                if (all.isEmpty()) {
                    out.line("No collection yet. Make one: likeness collection create NAME --profile household");
                }
                out.document(Out.map("vaults", all));
                return ExitCode.OK;
            }
        }

        private static String inWords(Vaults.Status status) {
            if (status.shredded()) {
                return "shredded, its keys are destroyed";
            }
            CollectionKey current = status.keys().getLast();
            String text = String.format(
                    Locale.ROOT,
                    "key %d of %s, %,d templates sealed",
                    current.version(),
                    current.madeAt(),
                    status.templates());
            if (!status.retiring().isEmpty()) {
                return text
                        + String.format(
                                Locale.ROOT,
                                "; re-keying not finished, %,d templates to go: likeness vault rekey",
                                status.behind());
            }
            return status.behind() == 0
                    ? text
                    : text
                            + String.format(
                                    Locale.ROOT,
                                    "; %,d in the form of an older version: likeness vault rekey",
                                    status.behind());
        }

        private static Map<String, Object> describe(Collection collection, Vaults.Status status) {
            return Out.map(
                    "collection", collection.name(),
                    "shredded", status.shredded(),
                    "templates", status.templates(),
                    "behind", status.behind(),
                    "keys",
                            status.keys().stream()
                                    .map(key -> Out.map(
                                            "version",
                                            key.version(),
                                            "madeAt",
                                            key.madeAt().toString(),
                                            "destroyed",
                                            key.destroyedAt().isPresent()))
                                    .toList());
        }
    }

    /// `likeness vault rekey --collection NAME`
    @Command(
            name = "rekey",
            description = {
                "Give a collection a new key and destroy the old one. No photo is read; searches go on.",
                "Stopped half-way it goes on at the next call."
            })
    static final class Rekey extends LikenessCommand {
        @Option(names = "--collection", paramLabel = "NAME", description = "Which one; not needed if there is one.")
        private Optional<String> name = Optional.empty();

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                Collection collection = collection(likeness, name);
                Vaults.Rekeyed done = likeness.vault().rekey(collection, _ -> {});
                out().line(String.format(
                        Locale.ROOT,
                        "%s has key %d now%s. %,d templates moved, %d old key(s) destroyed.",
                        collection.name(),
                        done.version(),
                        done.resumed() ? " (an earlier re-keying was finished)" : "",
                        done.moved(),
                        done.destroyed()));
                out().line("Back up the folder of keys now, and destroy backups of the old key.");
                out().document(Out.map(
                        "collection", collection.name(),
                        "keyVersion", done.version(),
                        "resumed", done.resumed(),
                        "moved", done.moved(),
                        "destroyed", done.destroyed()));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness vault shred --collection NAME --yes`
    @Command(
            name = "shred",
            description = {
                "Destroy the keys of a collection for good: its templates become useless, in every backup too.",
                "So does everything else that is sealed. Photos and rows stay."
            })
    static final class Shred extends LikenessCommand {
        @Option(names = "--collection", required = true, paramLabel = "NAME", description = "Which one.")
        private String name;

        @Option(names = "--yes", description = "Really. There is no way back.")
        private boolean yes;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                Collection collection = likeness.collection(name);
                if (!yes) {
                    throw new LikenessException(
                            LikenessException.Kind.REFUSED,
                            String.format(
                                    Locale.ROOT,
                                    "this would make %,d templates of %s useless for ever, in every backup too"
                                            + "\nSay --yes to do it.",
                                    likeness.vault().status(collection).templates(),
                                    collection.name()));
                }
                Vaults.Shredded done = likeness.vault().shred(collection);
                out().line(
                                done.keys() == 0
                                        ? collection.name() + " had been shredded before."
                                        : String.format(
                                                Locale.ROOT,
                                                "Shredded %s: %d key(s) destroyed, %,d templates cannot be opened any"
                                                        + " more.",
                                                collection.name(),
                                                done.keys(),
                                                done.templates()));
                out().line("Destroy backups of its keys too: whoever has one can still open an older copy.");
                out().document(Out.map(
                        "collection", collection.name(), "keys", done.keys(), "templates", done.templates()));
                return ExitCode.OK;
            }
        }
    }
}
