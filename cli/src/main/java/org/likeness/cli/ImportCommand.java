package org.likeness.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.likeness.core.ingest.FileOutcome;
import org.likeness.core.ingest.FileOutcome.Reason;
import org.likeness.core.ingest.FileOutcome.Result;
import org.likeness.core.ingest.ImportListener;
import org.likeness.core.ingest.ImportReport;
import org.likeness.core.photo.Storage;
import org.likeness.library.Likeness;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/// `likeness import PATH…`
@Command(
        name = "import",
        description = "Import photos you may lawfully use: files, and folders with everything below them.",
        footer = {
            "",
            "Running it again is safe: what is there already is found by its content. Interrupt it whenever you",
            "like; nothing that was reported is lost."
        })
final class ImportCommand extends LikenessCommand {
    private static final int PROBLEMS_SHOWN = 20;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files or folders.")
    private List<Path> paths;

    @Option(names = "--collection", paramLabel = "NAME", description = "Into which one; not needed when there is one.")
    private Optional<String> collection = Optional.empty();

    @Option(names = "--source", paramLabel = "NAME", description = "Where the photos come from: a person, a folder.")
    private Optional<String> source = Optional.empty();

    @Option(names = "--granted-by", paramLabel = "WHO", description = "Who allowed storing and searching them.")
    private Optional<String> grantedBy = Optional.empty();

    @Option(names = "--report", paramLabel = "FILE", description = "Write how each file ended, a JSON object a line.")
    private Optional<Path> report = Optional.empty();

    @ArgGroup
    private Where where = new Where();

    /// Copy or link; not both.
    static final class Where {
        @Option(names = "--copy", description = "Keep a copy in the data directory (the default).")
        boolean copy;

        @Option(names = "--link", description = "Leave the files where they are.")
        boolean link;
    }

    @Override
    ExitCode execute() {
        Out out = out();
        Optional<OutputFile> file = report.map(path -> new OutputFile(path, OutputFile.Kind.REPORT).requireFree());
        try (Likeness likeness = shared().open();
                FileLog log = new FileLog(file)) {
            Progress progress = new Progress(err(), !out.json());
            Problems problems = new Problems();
            ImportListener listener = (outcome, at) -> {
                Map<String, Object> line = describe(outcome);
                out.document(line);
                log.write(line);
                problems.add(outcome);
                progress.show(at.done(), at.found(), at.complete());
            };
            ImportReport done = likeness.importPhotos(
                    collection(likeness, collection),
                    paths,
                    where.link ? Storage.LINK : Storage.COPY,
                    source,
                    grantedBy,
                    listener);
            progress.end();
            problems.print(out, report.isPresent());
            summary(done).lines().forEach(out::line);
            if (done.count(Result.QUARANTINED) > 0) {
                out.line("Photos in quarantine are kept, and no face is looked for in them. Decide about them: likeness"
                        + " review list");
            }
            out.document(Out.map("summary", describe(done)));
            return done.count(Result.FAILED) > 0 ? ExitCode.FILES_FAILED : ExitCode.OK;
        }
    }

    static String summary(ImportReport report) {
        double seconds = Math.max(0.001, report.duration().toMillis() / 1000.0);
        String reasons = report.reasons().entrySet().stream()
                .sorted(Map.Entry.<Reason, Long>comparingByValue().reversed())
                .map(entry -> entry.getValue() + " " + words(entry.getKey(), entry.getValue() == 1))
                .collect(Collectors.joining(", "));
        long imported = report.count(Result.IMPORTED);
        long quarantined = report.count(Result.QUARANTINED);
        return String.format(
                        Locale.ROOT,
                        "%,d imported, %s, %s%,d refused, %,d failed in %.1f s%s%n",
                        imported,
                        Out.counted(report.count(Result.DUPLICATE), "duplicate", "duplicates"),
                        quarantined == 0 ? "" : String.format(Locale.ROOT, "%,d in quarantine, ", quarantined),
                        report.count(Result.REFUSED),
                        report.count(Result.FAILED),
                        seconds,
                        imported == 0 ? "" : String.format(Locale.ROOT, " (%.1f photos a second)", imported / seconds))
                + String.format(
                        Locale.ROOT,
                        "%s found (%,d of low quality), %s skipped%n",
                        Out.counted(report.faces(), "face", "faces"),
                        report.lowQuality(),
                        Out.counted(report.skippedFaces(), "region", "regions"))
                + (reasons.isEmpty() ? "" : "Not imported: " + reasons + "\n");
    }

    private static String words(Reason reason, boolean one) {
        return switch (reason) {
            case NO_GRANT -> "without a grant";
            case SOURCE_STOPPED -> "of a source that said stop";
            case BLOCKED -> "blocked";
            case NOT_A_PHOTO -> one ? "not a photo" : "not photos";
            case UNSUPPORTED -> "of a kind that is not read";
            case EMPTY -> "empty";
            case TRUNCATED -> "truncated";
            case DAMAGED -> "damaged";
            case TOO_MANY_BYTES -> "too large";
            case TOO_MANY_PIXELS -> "with too many pixels";
            case UNREADABLE -> "unreadable";
            case LINK_LOOP -> one ? "link in a circle" : "links in a circle";
            case LINK_OUTSIDE -> one ? "link out of the folder" : "links out of the folder";
            case GONE -> "gone";
            case UNAVAILABLE -> "to be tried again";
        };
    }

    private static Map<String, Object> describe(FileOutcome outcome) {
        Map<String, Object> map = Out.map(
                "file",
                Out.file(outcome.location()),
                "result",
                outcome.result().toString().toLowerCase(Locale.ROOT));
        outcome.photo().ifPresent(photo -> map.put("photo", photo.toString()));
        outcome.reason().ifPresent(reason -> map.put("reason", reason.toString().toLowerCase(Locale.ROOT)));
        outcome.advice().ifPresent(advice -> map.put("advice", advice));
        return map;
    }

    private static Map<String, Object> describe(ImportReport report) {
        Map<String, Object> map = Out.map("import", report.run().toString());
        for (Result result : Result.values()) {
            map.put(result.toString().toLowerCase(Locale.ROOT), report.count(result));
        }
        map.put("faces", report.faces());
        map.put("lowQuality", report.lowQuality());
        map.put("skippedFaces", report.skippedFaces());
        map.put("milliseconds", report.duration().toMillis());
        return map;
    }

    /// Keeps the first problems to show at the end; files that never claimed to be photos are only
    /// counted.
    private static final class Problems {
        private final List<FileOutcome> first = new java.util.ArrayList<>();
        private long more;

        void add(FileOutcome outcome) {
            boolean problem = outcome.result() == Result.FAILED
                    || outcome.result() == Result.QUARANTINED
                    || (outcome.result() == Result.REFUSED
                            && !outcome.reason().equals(Optional.of(Reason.NOT_A_PHOTO)));
            if (problem && first.size() < PROBLEMS_SHOWN) {
                first.add(outcome);
            } else if (problem) {
                more++;
            }
        }

        void print(Out out, boolean reported) {
            for (FileOutcome outcome : first) {
                out.line(outcome.result().toString().toLowerCase(Locale.ROOT) + "  " + Out.file(outcome.location()));
                out.line("        " + outcome.advice().orElse(""));
            }
            if (more > 0) {
                out.line("… and " + more + " more" + (reported ? "." : "; see all of them with --report FILE."));
            }
        }
    }

    /// The report file, when one was asked for.
    private static final class FileLog implements AutoCloseable {
        private final Optional<PrintWriter> writer;
        private final JsonMapper mapper = JsonMapper.builder().build();

        FileLog(Optional<OutputFile> file) {
            writer = file.map(to -> new PrintWriter(to.open()));
        }

        void write(Map<String, Object> line) {
            writer.ifPresent(to -> to.println(mapper.writeValueAsString(line)));
        }

        @Override
        public void close() {
            writer.ifPresent(PrintWriter::close);
        }
    }
}
