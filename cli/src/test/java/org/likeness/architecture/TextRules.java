package org.likeness.architecture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Rules about every text file.
final class TextRules {
    // Written so that the rules do not find themselves.
    private static final Pattern PROMISE = Pattern.compile("\\b(?:FIX" + "ME|TO" + "DO|X" + "XX)\\b");
    private static final Pattern HOME = Pattern.compile("(?<![\\w.:/~-])/(?:home|Users|root|work)/\\w[\\w.-]*");
    private static final Pattern HOST = Pattern.compile("\\bhttps?://(?:[^/@\\s]*@)?([\\w.-]+)");
    private static final Pattern PRIVATE_HOST = Pattern.compile(
            "[\\d.]+|[^.]+|.*\\.(?:corp|home|internal|intranet|lan|local)|.*(?:artifactory|mirror|nexus).*");
    private static final Pattern RESOLVED =
            Pattern.compile("\"resolved\": *\"(?!https:/" + "/registry\\.npmjs\\.org/)");

    private TextRules() {}

    /// A promise nobody keeps belongs in the tracker, with its reason.
    static List<Finding> promises(Repository repository) {
        return inEachLine(
                repository, repository.files(), line -> found(PROMISE, line).map(mark -> "says " + mark.group()));
    }

    /// A path of one person's machine works for nobody else, and tells about that person.
    static List<Finding> machinePaths(Repository repository) {
        return inEachLine(
                repository,
                repository.files(),
                line -> found(HOME, line).map(path -> "names a path of one machine: " + path.group()));
    }

    /// Whoever builds decides where packages come from; an address in the tree would decide for them.
    static List<Finding> downloadHosts(Repository repository) {
        return inEachLine(
                repository,
                repository.files(),
                line -> Stream.concat(
                        found(HOST, line)
                                .map(url -> url.group(1))
                                .filter(host -> PRIVATE_HOST.matcher(host).matches())
                                .filter(host -> !host.equals("localhost") && !host.equals("127.0.0.1"))
                                .map(host -> "names a host others cannot reach: " + host),
                        found(RESOLVED, line).map(lock -> "pins where a package is downloaded from")));
    }

    static List<Finding> inEachLine(
            Repository repository, List<Path> files, Function<String, Stream<String>> problemsOf) {
        List<Finding> findings = new ArrayList<>();
        for (Path file : files) {
            List<String> lines = repository.lines(file);
            for (int i = 0; i < lines.size(); i++) {
                int number = i + 1;
                problemsOf.apply(lines.get(i)).forEach(problem -> findings.add(new Finding(file, number, problem)));
            }
        }
        return findings;
    }

    private static Stream<MatchResult> found(Pattern pattern, String line) {
        return pattern.matcher(line).results();
    }
}
