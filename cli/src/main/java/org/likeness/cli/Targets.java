package org.likeness.cli;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.likeness.core.LikenessException;
import org.likeness.core.demand.Scope;
import org.likeness.core.demand.Target;
import picocli.CommandLine.Option;

/// What a demand is about, as options. Filled by picocli.
final class Targets {
    @Option(names = "--photo", paramLabel = "ID", description = "A photo.")
    private Optional<String> photo = Optional.empty();

    @Option(names = "--face", paramLabel = "ID", description = "A face.")
    private Optional<String> face = Optional.empty();

    @Option(names = "--person", paramLabel = "ID", description = "A person.")
    private Optional<String> person = Optional.empty();

    /// The one that is named; empty: none is.
    ///
    /// @throws LikenessException BAD_INPUT when several are
    Optional<Target> of() {
        List<Target> named = Stream.of(
                        target(Scope.PHOTO, photo), target(Scope.FACE, face), target(Scope.PERSON, person))
                .flatMap(Optional::stream)
                .toList();
        if (named.size() > 1) {
            throw new LikenessException(
                    LikenessException.Kind.BAD_INPUT,
                    "only one thing can be named\nGive one of --photo, --face, --person.");
        }
        return named.stream().findFirst();
    }

    /// @throws LikenessException BAD_INPUT when none or several are named
    Target one() {
        return of().orElseThrow(() -> new LikenessException(
                LikenessException.Kind.BAD_INPUT, "nothing is named\nGive one of --photo, --face, --person."));
    }

    private static Optional<Target> target(Scope scope, Optional<String> id) {
        return id.map(text -> new Target(scope, uuid(scope.word(), text)));
    }

    static UUID uuid(String what, String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new LikenessException(
                    LikenessException.Kind.BAD_INPUT,
                    text + " is not the id of a " + what
                            + "\nIds are shown by: likeness photo show, person list, demand" + " list.",
                    e);
        }
    }
}
