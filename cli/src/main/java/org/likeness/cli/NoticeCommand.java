package org.likeness.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Collection;
import org.likeness.core.consent.Notice;
import org.likeness.library.Likeness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `likeness notice …`
@Command(
        name = "notice",
        description = "Publish and show the texts people are shown before they choose.",
        subcommands = {NoticeCommand.Publish.class, NoticeCommand.ListAll.class, NoticeCommand.Show.class})
final class NoticeCommand extends LikenessCommand {
    private static final long FILE_BYTES_MAX = 400_000;

    @Override
    ExitCode execute() {
        return ListAll.list(shared(), out(), Optional.empty());
    }

    private static LikenessException bad(String message) {
        return new LikenessException(LikenessException.Kind.BAD_INPUT, message);
    }

    static Map<String, Object> describe(Notice notice, boolean texts) {
        Map<String, Object> described = Out.map(
                "version", notice.version(),
                "material", notice.material(),
                "publishedAt", notice.publishedAt().toString());
        List<Map<String, Object>> all = new ArrayList<>();
        for (Notice.Text text : notice.texts()) {
            Map<String, Object> one =
                    Out.map("language", text.language(), "sha256", text.sha256().hex());
            if (texts) {
                one.put("text", text.text());
            }
            all.add(one);
        }
        described.put("texts", all);
        return described;
    }

    /// `likeness notice publish`
    @Command(
            name = "publish",
            description = {
                "Publish the next version of the notice. It never changes afterwards.",
                "Every answer names the version, the language and the hash of the text that was shown."
            })
    static final class Publish extends LikenessCommand {
        @Option(names = "--collection", paramLabel = "NAME", description = "Of which collection.")
        private Optional<String> collection = Optional.empty();

        @Option(
                names = "--text",
                paramLabel = "LANGUAGE=FILE",
                required = true,
                description = "The text in one language, UTF-8. Once for each language.")
        private Map<String, Path> texts = new LinkedHashMap<>();

        @Option(
                names = "--material",
                description = {
                    "Purpose, controller or audience changed: consent to older versions rests until it is",
                    "given again."
                })
        private boolean material;

        @Override
        ExitCode execute() {
            List<Notice.Text> read = new ArrayList<>();
            texts.forEach((language, file) -> read.add(Notice.Text.of(language, content(file))));
            try (Likeness likeness = shared().open()) {
                Collection of = collection(likeness, collection);
                Notice notice = likeness.notices().publish(of.id(), read, material);
                out().line(String.format(
                        Locale.ROOT,
                        "Published notice %d of %s in %s.",
                        notice.version(),
                        of.name(),
                        notice.texts().stream().map(Notice.Text::language).collect(Collectors.joining(", "))));
                if (material && notice.version() > 1) {
                    out().line("Consent to older notices rests until it is given again: likeness consent renew.");
                }
                out().document(describe(notice, false));
                return ExitCode.OK;
            }
        }

        private static String content(Path file) {
            try {
                if (Files.size(file) > FILE_BYTES_MAX) {
                    throw bad(file + " is too long for a notice\nPeople must be able to read it.");
                }
                return Files.readString(file);
            } catch (CharacterCodingException e) {
                throw new LikenessException(
                        LikenessException.Kind.BAD_INPUT, file + " is not UTF-8\nSave it as UTF-8 text.", e);
            } catch (IOException e) {
                throw new LikenessException(
                        LikenessException.Kind.BAD_INPUT,
                        file + " cannot be read\nName the file with the text, as --text en=FILE.",
                        e);
            }
        }
    }

    /// `likeness notice list`
    @Command(name = "list", description = "List the versions of the notice.")
    static final class ListAll extends LikenessCommand {
        @Option(names = "--collection", paramLabel = "NAME", description = "Of which collection.")
        private Optional<String> collection = Optional.empty();

        @Override
        ExitCode execute() {
            return list(shared(), out(), collection);
        }

        static ExitCode list(Shared shared, Out out, Optional<String> collection) {
            try (Likeness likeness = shared.open()) {
                List<Notice> notices = likeness.notices()
                        .notices(collection(likeness, collection).id());
                for (Notice notice : notices) {
                    out.line(String.format(
                            Locale.ROOT,
                            "%4d  %s  %s%s",
                            notice.version(),
                            notice.publishedAt(),
                            notice.texts().stream().map(Notice.Text::language).collect(Collectors.joining(", ")),
                            notice.material() ? "  material" : ""));
                }
                if (notices.isEmpty()) {
                    out.line("No notice yet. Publish one: likeness notice publish --text en=FILE");
                }
                out.document(Out.map(
                        "notices",
                        notices.stream().map(notice -> describe(notice, false)).toList()));
                return ExitCode.OK;
            }
        }
    }

    /// `likeness notice show`
    @Command(name = "show", description = "Show the text of a notice as it was published.")
    static final class Show extends LikenessCommand {
        @Parameters(arity = "0..1", paramLabel = "VERSION", description = "Which one; without it, the current one.")
        private Optional<Integer> version = Optional.empty();

        @Option(names = "--collection", paramLabel = "NAME", description = "Of which collection.")
        private Optional<String> collection = Optional.empty();

        @Option(names = "--language", paramLabel = "TAG", description = "In one language only.")
        private Optional<String> language = Optional.empty();

        @Override
        ExitCode execute() {
            try (Likeness likeness = shared().open()) {
                List<Notice> notices = likeness.notices()
                        .notices(collection(likeness, collection).id());
                Notice notice = notices.stream()
                        .filter(one -> version.isEmpty() || one.version() == version.get())
                        .reduce((_, later) -> later)
                        .orElseThrow(() -> new LikenessException(
                                LikenessException.Kind.NOT_FOUND,
                                "there is no such notice\nSee: likeness notice list; publish one with: likeness notice"
                                        + " publish."));
                if (language.isPresent()) {
                    Notice.Shown shown = notice.shown(language); // refuses a language it does not have
                    out().line(notice.text(shown.language())
                            .orElseThrow()
                            .text()
                            .stripTrailing());
                } else {
                    for (Notice.Text text : notice.texts()) {
                        out().line("--- notice " + notice.version() + ", " + text.language() + ", SHA-256 "
                                + text.sha256().hex());
                        out().line(text.text().stripTrailing());
                    }
                }
                out().document(describe(notice, true));
                return ExitCode.OK;
            }
        }
    }
}
