package org.likeness.architecture;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Rules about the Markdown documents.
final class DocumentRules {
    private static final Pattern FENCE = Pattern.compile("^ *(?:```|~~~).*");
    private static final Pattern LINK = Pattern.compile("\\]\\(<?([^)\\s>]+)>?(?: \"[^\"]*\")?\\)");
    private static final Pattern CODE = Pattern.compile("`[^`]*`");
    private static final Pattern SCHEME = Pattern.compile("^(?:[a-z][a-z0-9+.-]*:|//).*");
    private static final Pattern DECISION = Pattern.compile("\\d{4}-[a-z0-9-]+\\.md");
    private static final Path DECISIONS = Path.of("docs", "decisions");

    private DocumentRules() {}

    static List<Finding> titles(Repository repository) {
        List<Finding> findings = new ArrayList<>();
        for (Path file : repository.files(".md")) {
            List<String> prose = prose(repository.lines(file));
            long titles = prose.stream().filter(line -> line.startsWith("# ")).count();
            if (titles != 1) {
                findings.add(new Finding(file, 0, "must have one title but has " + titles));
            }
        }
        return findings;
    }

    static List<Finding> deadLinks(Repository repository) {
        List<Finding> findings = new ArrayList<>();
        for (Path file : repository.files(".md")) {
            List<String> prose = prose(repository.lines(file));
            for (int i = 0; i < prose.size(); i++) {
                var links = LINK.matcher(CODE.matcher(prose.get(i)).replaceAll(""));
                while (links.find()) {
                    String link = links.group(1);
                    if (!SCHEME.matcher(link).matches() && !leadsSomewhere(repository, file, link)) {
                        findings.add(new Finding(file, i + 1, "links to nothing: " + link));
                    }
                }
            }
        }
        return findings;
    }

    /// Decisions are numbered without gaps, say their status, and the index links each under its title.
    static List<Finding> decisions(Repository repository) {
        Path index = DECISIONS.resolve("README.md");
        String contents = repository.has(index) ? repository.text(index) : "";
        List<Finding> findings = new ArrayList<>();
        int number = 0;
        for (Path file : repository.files(".md")) {
            String name = file.getFileName().toString();
            if (!file.startsWith(DECISIONS) || !DECISION.matcher(name).matches()) {
                continue;
            }
            number++;
            if (Integer.parseInt(name.substring(0, 4)) != number) {
                findings.add(new Finding(file, 0, "should be number " + number));
            }
            List<String> lines = repository.lines(file);
            String title = lines.isEmpty() ? "" : lines.getFirst().replaceFirst("^# \\d{4}: ", "");
            if (!contents.contains("[" + title + "](" + name + ")")) {
                findings.add(new Finding(index, 0, "must link [" + title + "](" + name + ")"));
            }
            if (lines.stream().noneMatch(line -> line.startsWith("Status: "))) {
                findings.add(new Finding(file, 0, "must say its status"));
            }
        }
        return findings;
    }

    private static boolean leadsSomewhere(Repository repository, Path file, String link) {
        int hash = link.indexOf('#');
        String path = URLDecoder.decode(hash < 0 ? link : link.substring(0, hash), StandardCharsets.UTF_8);
        Path target = path.isEmpty() ? file : file.resolveSibling(path).normalize();
        if (!repository.has(target)) {
            return false;
        }
        return hash < 0
                || !target.toString().endsWith(".md")
                || anchors(repository.lines(target)).contains(link.substring(hash + 1));
    }

    /// The anchors a forge makes of headings: lower case, blanks to hyphens, without punctuation.
    private static Set<String> anchors(List<String> lines) {
        return prose(lines).stream()
                .filter(line -> line.matches("#{1,6} .*"))
                .map(line -> line.replaceFirst("^#+ +", "").strip().toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    /// The same lines, those of code blocks made empty, so that numbers still fit.
    private static List<String> prose(List<String> lines) {
        List<String> prose = new ArrayList<>();
        boolean code = false;
        for (String line : lines) {
            boolean fence = FENCE.matcher(line).matches();
            code ^= fence;
            prose.add(code || fence ? "" : line);
        }
        return prose;
    }
}
