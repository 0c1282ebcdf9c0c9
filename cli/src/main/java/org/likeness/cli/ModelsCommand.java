package org.likeness.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.likeness.library.CatalogueEntry;
import org.likeness.library.InstalledPack;
import org.likeness.library.Likeness;
import org.likeness.library.Packs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `likeness models …`
@Command(
        name = "models",
        description = "List and install model packs, and read what is known of them.",
        subcommands = {ModelsCommand.ListAll.class, ModelsCommand.Install.class, ModelsCommand.Card.class})
final class ModelsCommand extends LikenessCommand {
    @Override
    ExitCode execute() {
        return ListAll.list(shared(), out());
    }

    /// `likeness models list`
    @Command(name = "list", description = "List the packs that are installed and those that can be.")
    static final class ListAll extends LikenessCommand {
        @Override
        ExitCode execute() {
            return list(shared(), out());
        }

        static ExitCode list(Shared shared, Out out) {
            try (Likeness likeness = shared.open()) {
                List<Map<String, Object>> all = new ArrayList<>();
                for (InstalledPack pack : likeness.packs().installed()) {
                    boolean used = pack.name().equals(likeness.settings().model());
                    out.line(String.format(
                            Locale.ROOT,
                            "%-16s installed%s  %s, %s",
                            pack.name(),
                            used ? ", in use" : "",
                            pack.title(),
                            pack.licence()));
                    all.add(Out.map(
                            "name", pack.name(),
                            "model", pack.spec().id().toString(),
                            "installed", true,
                            "inUse", used,
                            "licence", pack.licence()));
                }
                Set<Object> here = all.stream().map(map -> map.get("name")).collect(Collectors.toSet());
                for (CatalogueEntry entry : likeness.packs().catalogue()) {
                    if (!here.contains(entry.name())) {
                        out.line(String.format(
                                Locale.ROOT,
                                "%-16s %.0f MB to fetch  %s, %s",
                                entry.name(),
                                entry.sizeBytes() / 1e6,
                                entry.title(),
                                entry.licence()));
                        all.add(Out.map(
                                "name", entry.name(),
                                "installed", false,
                                "sizeBytes", entry.sizeBytes(),
                                "licence", entry.licence()));
                    }
                }
                out.document(Out.map("models", all));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness models card NAME`
    @Command(name = "card", description = "Show what is known of a pack: origin, training data, weak groups.")
    static final class Card extends LikenessCommand {
        @Parameters(
                paramLabel = "NAME",
                defaultValue = Packs.DEFAULT,
                description = "Which pack (default: ${DEFAULT-VALUE}).")
        private String name;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                String card = likeness.packs().card(name);
                out().line(card.strip());
                out().document(Out.map("name", name, "card", card));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness models install PACK`
    @Command(
            name = "install",
            description = {
                "Install a pack: one from the list by name, or a folder or zip of the documented format.",
                "Licence and model card are shown before anything is fetched."
            })
    static final class Install extends LikenessCommand {
        @Parameters(paramLabel = "PACK", description = "A name from the list, a folder or a zip.")
        private String pack;

        @Option(names = "--from", paramLabel = "FOLDER", description = "Take the files from here; nothing is fetched.")
        private Optional<Path> from = Optional.empty();

        @Option(
                names = {"-y", "--yes"},
                description = "Do not ask.")
        private boolean yes;

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                InstalledPack installed = Files.exists(Path.of(pack))
                        ? likeness.packs().install(Path.of(pack))
                        : fromCatalogue(likeness.packs());
                out().line("Installed " + installed.name() + " ("
                        + installed.spec().id() + ").");
                out().line("New collections use it with the setting model=" + installed.name()
                        + "; collections that exist keep theirs.");
                out().document(Out.map(
                        "installed",
                        installed.name(),
                        "model",
                        installed.spec().id().toString()));
                return ExitCode.OK;
            }
        }

        private InstalledPack fromCatalogue(Packs packs) {
            CatalogueEntry entry = packs.entry(pack);
            Out err = err();
            err.line(packs.card(entry.name()).strip());
            err.line("");
            err.line("Licence: " + entry.licence());
            for (CatalogueEntry.RemoteFile file : entry.files()) {
                err.line(String.format(
                        Locale.ROOT,
                        "  %s  %.1f MB  from %s%n    SHA-256 %s",
                        file.name(),
                        file.sizeBytes() / 1e6,
                        from.isPresent() ? "the folder given" : file.address(),
                        file.sha256()));
            }
            if (!yes && from.isEmpty() && !agreed()) {
                throw new org.likeness.core.LikenessException(
                        org.likeness.core.LikenessException.Kind.REFUSED,
                        "nothing was fetched\nAnswer y, or pass --yes when you have read licence and card.");
            }
            Progress progress = new Progress(err, !out().json());
            InstalledPack installed = packs.install(entry, from, bytes -> progress.bytes(bytes, entry.sizeBytes()));
            progress.end();
            return installed;
        }

        private static boolean agreed() {
            String answer = Terminal.ask("Fetch and install it? [y/N] ");
            return answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
        }
    }
}
