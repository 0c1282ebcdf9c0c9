package org.likeness.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.likeness.core.LikenessException;
import org.likeness.core.template.Metric;
import org.likeness.core.template.Template;

/// What turning templates by a key is worth, measured: attacks by somebody who broke the seals and has no key.
/// Immutable.
///
/// @param people how many
/// @param templates of how many photos
/// @param skipped photos without a usable face
public record AttackTable(int people, int templates, int skipped, Metric metric, long seed, List<Row> rows) {
    static final int SEED = 1;
    private static final int SAME_PHOTOS_MAX = 200;
    private static final int GRAPH_PEOPLE_MAX = 100;
    private static final List<Integer> PAIRS = List.of(4, 8, 16, 32, 64, 128);

    public AttackTable {
        rows = List.copyOf(rows);
    }

    /// One measurement.
    ///
    /// @param measure what the value is: `D_sys`, `relinked`, `re-identified`, `score change`
    /// @param cases how many scores or trials it comes from
    public record Row(String attack, String setting, String measure, double value, int cases) {}

    /// @param people for each person their templates, all of one model and space
    static AttackTable of(List<List<Template>> people, Metric metric, int skipped, long seed) {
        if (people.size() < 8) {
            throw new LikenessException(
                    LikenessException.Kind.BAD_INPUT,
                    "the attacks need templates of at least 8 people but there are " + people.size()
                            + "\nName more photos: --photos DIR, with a folder for each person.");
        }
        List<List<float[]>> vectors = people.stream()
                .map(own -> own.stream().map(Template::values).toList())
                .toList();
        int templates = vectors.stream().mapToInt(List::size).sum();
        Attacks attacks = new Attacks(vectors, metric, seed);
        List<Row> rows = new ArrayList<>();
        unlinkability(attacks, metric, rows);
        rows.add(new Row("accuracy", "turned, and turned again", "score change", attacks.scoreChangeMax(), templates));
        boolean several = vectors.stream().anyMatch(own -> own.size() > 1);
        if (several) {
            knownPairs(attacks, templates, rows);
        }
        int same = Math.min(SAME_PHOTOS_MAX, templates);
        rows.add(new Row(
                "same photos in two collections",
                "sorted inner products, no key",
                "relinked",
                attacks.samePhotos(SAME_PHOTOS_MAX),
                same));
        if (several) {
            graphs(
                    attacks,
                    Math.toIntExact(
                            vectors.stream().filter(own -> own.size() > 1).count()),
                    rows);
        }
        return new AttackTable(people.size(), templates, skipped, metric, seed, rows);
    }

    private static void unlinkability(Attacks attacks, Metric metric, List<Row> rows) {
        List<Attacks.Pair> mated = attacks.mated();
        List<Attacks.Pair> same = attacks.same();
        if (!mated.isEmpty()) {
            add(rows, "other photo, no protection", attacks.linkability(mated, Attacks.Second.PLAIN, attacks::score));
            add(rows, "other photo, two keys", attacks.linkability(mated, Attacks.Second.OTHER_KEY, attacks::score));
            add(
                    rows,
                    "other photo, before and after re-keying",
                    attacks.linkability(mated, Attacks.Second.REKEYED, attacks::score));
        }
        add(rows, "same photo, two keys", attacks.linkability(same, Attacks.Second.OTHER_KEY, attacks::score));
        Attacks.Linkability rekeyed = attacks.linkability(same, Attacks.Second.REKEYED, attacks::score);
        add(rows, "same photo, before and after re-keying", rekeyed);
        rows.add(new Row("linking by score", "strangers (the floor)", "D_sys", rekeyed.floor(), rekeyed.scores()));
        if (metric == Metric.EUCLIDEAN) { // lengths differ and turning keeps them, so they are looked at apart
            apart(rows, "linking by angle", attacks, Attacks::angleScore);
            apart(rows, "linking by length", attacks, Attacks::lengthScore);
        }
    }

    private static void apart(
            List<Row> rows, String attack, Attacks attacks, ToDoubleBiFunction<float[], float[]> score) {
        List<Attacks.Pair> mated = attacks.mated();
        if (!mated.isEmpty()) {
            Attacks.Linkability found = attacks.linkability(mated, Attacks.Second.OTHER_KEY, score);
            rows.add(row(attack, "other photo, two keys", found));
        }
        Attacks.Linkability found = attacks.linkability(attacks.same(), Attacks.Second.OTHER_KEY, score);
        rows.add(row(attack, "same photo, two keys", found));
    }

    private static void add(List<Row> rows, String setting, Attacks.Linkability found) {
        rows.add(row("linking by score", setting, found));
    }

    private static Row row(String attack, String setting, Attacks.Linkability found) {
        return new Row(attack, setting, "D_sys", found.dSys(), found.scores());
    }

    private static void knownPairs(Attacks attacks, int templates, List<Row> rows) {
        rows.add(new Row("known pairs", "the key itself is known", "re-identified", attacks.knownPairs(0), templates));
        for (int pairs : PAIRS) {
            if (pairs * 2 <= templates) {
                rows.add(new Row(
                        "known pairs",
                        pairs + " pairs",
                        "re-identified",
                        attacks.knownPairs(pairs),
                        templates - pairs));
            }
        }
    }

    private static void graphs(Attacks attacks, int people, List<Row> rows) {
        int n = Math.min(GRAPH_PEOPLE_MAX, people);
        for (int seeds : IntStream.of(0, 5, 10).filter(s -> s < n).toArray()) {
            rows.add(new Row(
                    "same people, other photos",
                    seeds == 0 ? "graph matching, blind" : "graph matching, " + seeds + " people known",
                    "relinked",
                    attacks.graph(GRAPH_PEOPLE_MAX, seeds, 5),
                    (n - seeds) * 5));
        }
    }

    /// The value of one measurement.
    ///
    /// @throws IllegalArgumentException when it was not made
    double value(String attack, String setting) {
        return rows.stream()
                .filter(row -> row.attack().equals(attack) && row.setting().equals(setting))
                .mapToDouble(Row::value)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not measured: " + attack + ", " + setting));
    }

    /// The table as Markdown.
    public String markdown() {
        StringBuilder text =
                new StringBuilder("| attack | setting | measure | value | cases |\n|---|---|---|---|---|\n");
        for (Row row : rows) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %,d |\n",
                    row.attack(),
                    row.setting(),
                    row.measure(),
                    number(row),
                    row.cases()));
        }
        return text.toString();
    }

    private static String number(Row row) {
        return switch (row.measure()) {
            case "D_sys" -> String.format(Locale.ROOT, "%.3f", row.value());
            case "score change" -> String.format(Locale.ROOT, "%.1e", row.value());
            default -> String.format(Locale.ROOT, "%.1f %%", row.value() * 100);
        };
    }
}
