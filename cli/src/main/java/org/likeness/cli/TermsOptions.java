package org.likeness.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.likeness.core.LikenessException;
import org.likeness.core.photo.Sha256;
import org.likeness.core.rights.SourceDesk;
import org.likeness.core.source.Capacity;
import org.likeness.core.source.Use;
import picocli.CommandLine.Option;

/// The options by which a grant is written down. Filled by picocli, then read only.
final class TermsOptions {
    private static final int BUFFER_BYTES = 1 << 16;

    @Option(names = "--granted-by", required = true, paramLabel = "WHO", description = "Who allowed it.")
    private String grantedBy;

    @Option(
            names = "--capacity",
            paramLabel = "CAPACITY",
            defaultValue = "reported",
            description = {
                "In which capacity: owner (the source itself), representative (acts for it), or reported",
                "(you say so; the default)."
            })
    private Capacity capacity;

    @Option(
            names = "--uses",
            paramLabel = "USES",
            split = ",",
            description = "What is allowed, with commas: store, face-search, share (default: store,face-search).")
    private List<String> uses = List.of("store", "face-search");

    @Option(names = "--until", paramLabel = "DATE", description = "The last day it holds (default: until it is ended).")
    private Optional<String> until = Optional.empty();

    @Option(names = "--evidence", paramLabel = "FILE", description = "What proves it; its SHA-256 is kept.")
    private Optional<Path> evidence = Optional.empty();

    SourceDesk.Terms read() {
        return new SourceDesk.Terms(
                grantedBy, capacity, uses(), until.map(TermsOptions::dayAfter), evidence.map(TermsOptions::hash));
    }

    private Set<Use> uses() {
        Set<Use> read = EnumSet.noneOf(Use.class);
        for (String text : uses) {
            read.add(Arrays.stream(Use.values())
                    .filter(use -> word(use).equals(text.strip().toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new LikenessException(
                            LikenessException.Kind.BAD_INPUT,
                            "there is no use " + text + "\nName one or more of: "
                                    + Arrays.stream(Use.values())
                                            .map(TermsOptions::word)
                                            .collect(Collectors.joining(", "))
                                    + ".")));
        }
        return read;
    }

    static String word(Use use) {
        return use.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Instant dayAfter(String text) {
        try {
            return LocalDate.parse(text)
                    .plusDays(1)
                    .atStartOfDay(ZoneId.systemDefault())
                    .toInstant();
        } catch (DateTimeParseException e) {
            throw new LikenessException(
                    LikenessException.Kind.BAD_INPUT, text + " is not a date\nWrite it as 2026-05-31.", e);
        }
    }

    private static Sha256 hash(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
            return Sha256.of(digest.digest());
        } catch (IOException e) {
            throw new LikenessException(
                    LikenessException.Kind.NOT_FOUND,
                    "the evidence " + file + " cannot be read\nName a file that proves the grant.",
                    e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
