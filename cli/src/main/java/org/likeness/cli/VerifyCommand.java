package org.likeness.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.likeness.core.search.Comparison;
import org.likeness.core.search.Probe;
import org.likeness.core.template.Rate;
import org.likeness.library.Likeness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `likeness verify A B`
@Command(
        name = "verify",
        description = "Say how alike a face in one photo and a face in another are. Nothing is stored.")
final class VerifyCommand extends LikenessCommand {
    @Parameters(index = "0", paramLabel = "A", description = "One photo.")
    private Path one;

    @Parameters(index = "1", paramLabel = "B", description = "The other photo.")
    private Path other;

    @Option(names = "--face-a", paramLabel = "N", description = "Which face of A, when it shows several.")
    private Optional<Integer> faceOfOne = Optional.empty();

    @Option(names = "--face-b", paramLabel = "N", description = "Which face of B, when it shows several.")
    private Optional<Integer> faceOfOther = Optional.empty();

    @Option(
            names = "--max-false",
            paramLabel = "RATE",
            defaultValue = "1/1000",
            description = "Call it alike when at most this share of pairs of strangers is (default: ${DEFAULT-VALUE}).")
    private String maxFalse;

    @Override
    ExitCode execute() {
        Rate rate = Rate.parse(maxFalse);
        requirePhoto(one);
        requirePhoto(other);
        SearchCommand.requireFace(faceOfOne);
        SearchCommand.requireFace(faceOfOther);
        try (Likeness likeness = shared().open()) {
            Probe a = SearchCommand.probe(faceOfOne, all -> likeness.probe(one, all));
            Probe b = SearchCommand.probe(faceOfOther, all -> likeness.probe(other, all));
            Comparison comparison =
                    likeness.verify(a, SearchCommand.choose(a, faceOfOne), b, SearchCommand.choose(b, faceOfOther));
            boolean alike = comparison.fmr() <= rate.value();
            out().line(String.format(
                    Locale.ROOT,
                    "%s: score %.3f; %s would look this alike.",
                    alike ? "Alike" : "Not alike enough",
                    comparison.score(),
                    comparison.rarity().words()));
            out().document(Out.map(
                    "alike", alike,
                    "score", comparison.score(),
                    "falseMatchRate", comparison.rarity().fmr(),
                    "measured", comparison.rarity().measured(),
                    "maxFalse", rate.value()));
            return ExitCode.OK;
        }
    }
}
