package org.likeness.library;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.likeness.core.template.Metric;
import org.likeness.core.template.Rotation;

/// What somebody could do who broke the seals of two collections, or of one and has photos, but has no
/// key: each attack of [AttackTable], on real templates turned by the real [Rotation] under keys of its
/// own. Seeded. One thread at a time.
final class Attacks {
    private static final int KEY_PAIRS = 50;
    private static final int MATED_OF_PERSON_MAX = 10;
    private static final int BINS = 40;
    private static final int DRAWS = 10;

    private final List<List<float[]>> people;
    private final Metric metric;
    private final int dimension;
    private final Random random;

    /// @param people for each person their templates as the model made them, at least one
    @SuppressWarnings("SameNameButDifferent")
    Attacks(List<List<float[]>> people, Metric metric, long seed) {
        this.people = people;
        this.metric = metric;
        this.dimension = people.getFirst().getFirst().length;
        this.random = new Random(seed);
    }

    Rotation newKey() {
        byte[] seed = new byte[Rotation.SEED_BYTES];
        random.nextBytes(seed);
        return Rotation.of(seed, dimension);
    }

    /// Two templates: of whom, and which.
    record Pair(int onePerson, int one, int otherPerson, int other) {}

    /// Pairs of different photos of one person.
    List<Pair> mated() {
        List<Pair> all = new ArrayList<>();
        for (int person = 0; person < people.size(); person++) {
            List<Pair> own = new ArrayList<>();
            int photos = people.get(person).size();
            for (int i = 0; i < photos; i++) {
                for (int j = i + 1; j < photos; j++) {
                    own.add(new Pair(person, i, person, j));
                }
            }
            Collections.shuffle(own, random);
            all.addAll(own.subList(0, Math.min(MATED_OF_PERSON_MAX, own.size())));
        }
        return all;
    }

    /// The same photo twice.
    List<Pair> same() {
        List<Pair> all = new ArrayList<>();
        for (int person = 0; person < people.size(); person++) {
            for (int i = 0; i < people.get(person).size(); i++) {
                all.add(new Pair(person, i, person, i));
            }
        }
        return all;
    }

    /// Pairs of photos of two people.
    List<Pair> strangers(int count) {
        List<Pair> all = new ArrayList<>();
        while (all.size() < count) {
            int one = random.nextInt(people.size());
            int other = random.nextInt(people.size());
            if (one != other) {
                all.add(new Pair(
                        one,
                        random.nextInt(people.get(one).size()),
                        other,
                        random.nextInt(people.get(other).size())));
            }
        }
        return all;
    }

    /// How the second collection's templates came about.
    enum Second {
        /// No protection at all: neither is turned.
        PLAIN,
        /// A collection with a key of its own.
        OTHER_KEY,
        /// The same collection after re-keying: turned back and turned anew, as the vault does.
        REKEYED
    }

    /// D_sys (Gomez-Barrero et al. 2018,
    /// [doi:10.1109/TIFS.2017.2788000](https://doi.org/10.1109/TIFS.2017.2788000),
    /// with equal priors) of linking pairs of templates by a score: 0 says it tells nothing, 1 that it
    /// tells all. Scores
    /// are standardised for each pair of keys, so that a shift that only keys cause hides nothing.
    ///
    /// @return the value, and the number of mated scores
    Linkability linkability(List<Pair> mated, Second second, ToDoubleBiFunction<float[], float[]> score) {
        int rounds = second == Second.PLAIN ? 1 : KEY_PAIRS;
        int strangers = second == Second.PLAIN ? 20_000 : Math.max(1_000, mated.size());
        List<double[]> matedScores = new ArrayList<>();
        List<double[]> strangerScores = new ArrayList<>();
        List<double[]> otherStrangerScores = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Views views = views(second);
            double[] others = scores(views, strangers(strangers), score);
            double mean = Arrays.stream(others).average().orElseThrow();
            double spread = Math.sqrt(Arrays.stream(others)
                    .map(s -> (s - mean) * (s - mean))
                    .average()
                    .orElseThrow());
            strangerScores.add(standardised(others, mean, spread));
            matedScores.add(standardised(scores(views, mated, score), mean, spread));
            otherStrangerScores.add(standardised(scores(views, strangers(mated.size()), score), mean, spread));
        }
        double[] pooled = pooled(strangerScores);
        return new Linkability(
                dSys(pooled(matedScores), pooled), dSys(pooled(otherStrangerScores), pooled), mated.size() * rounds);
    }

    /// @param floor what the same computation says of strangers against strangers, where the truth is 0
    record Linkability(double dSys, double floor, int scores) {}

    /// Every template as each of two thieves sees it.
    private record Views(List<List<float[]>> one, List<List<float[]>> other) {}

    private Views views(Second second) {
        if (second == Second.PLAIN) {
            return new Views(people, people);
        }
        Rotation old = newKey();
        Rotation anew = newKey();
        List<List<float[]>> one = turned(old);
        return new Views(
                one,
                second == Second.OTHER_KEY
                        ? turned(anew)
                        : one.stream()
                                .map(own -> own.stream()
                                        .map(t -> anew.turn(old.back(t)))
                                        .toList())
                                .toList());
    }

    private List<List<float[]>> turned(Rotation key) {
        return people.stream().map(own -> own.stream().map(key::turn).toList()).toList();
    }

    private static double[] scores(Views views, List<Pair> pairs, ToDoubleBiFunction<float[], float[]> score) {
        return pairs.stream()
                .mapToDouble(pair -> score.applyAsDouble(
                        views.one().get(pair.onePerson()).get(pair.one()),
                        views.other().get(pair.otherPerson()).get(pair.other())))
                .toArray();
    }

    private static double[] standardised(double[] scores, double mean, double spread) {
        return Arrays.stream(scores).map(s -> (s - mean) / spread).toArray();
    }

    private static double[] pooled(List<double[]> all) {
        return all.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    /// By histograms over bins that hold equally many of the strangers' scores.
    static double dSys(double[] mated, double[] strangers) {
        double[] sorted = strangers.clone();
        Arrays.sort(sorted);
        double[] edges = IntStream.range(1, BINS)
                .mapToDouble(i -> sorted[(int) ((long) i * sorted.length / BINS)])
                .toArray();
        double[] ofMated = shares(mated, edges);
        double[] ofStrangers = shares(strangers, edges);
        double sum = 0;
        for (int bin = 0; bin < BINS; bin++) {
            if (ofMated[bin] > ofStrangers[bin]) { // the likelihood ratio is above 1
                double ratio = ofMated[bin] / ofStrangers[bin];
                sum += ofMated[bin] * (ofStrangers[bin] == 0 ? 1 : 2 * ratio / (1 + ratio) - 1);
            }
        }
        return sum;
    }

    private static double[] shares(double[] scores, double[] edges) {
        double[] shares = new double[edges.length + 1];
        for (double score : scores) {
            int at = Arrays.binarySearch(edges, score);
            shares[at >= 0 ? at + 1 : -at - 1] += 1.0 / scores.length;
        }
        return shares;
    }

    double score(float[] one, float[] other) {
        return metric.score(one, other);
    }

    /// The cosine of the angle between the two: what remains to link by when lengths are left out.
    static double angleScore(float[] one, float[] other) {
        double dot = 0;
        for (int i = 0; i < one.length; i++) {
            dot += (double) one[i] * other[i];
        }
        return dot / (length(one) * length(other));
    }

    /// The difference of lengths, as a score: what turning cannot change.
    static double lengthScore(float[] one, float[] other) {
        return -Math.abs(length(one) - length(other));
    }

    private static double length(float[] vector) {
        double sum = 0;
        for (float value : vector) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    /// The greatest change of a score by turning, and by turning again.
    double scoreChangeMax() {
        double most = 0;
        for (Second second : List.of(Second.OTHER_KEY, Second.REKEYED)) {
            Views views = views(second);
            for (Pair pair : mated().isEmpty() ? strangers(1_000) : mated()) {
                float[] a = people.get(pair.onePerson()).get(pair.one());
                float[] b = people.get(pair.otherPerson()).get(pair.other());
                float[] x = views.other().get(pair.onePerson()).get(pair.one());
                float[] y = views.other().get(pair.otherPerson()).get(pair.other());
                most = Math.max(most, Math.abs(metric.score(a, b) - metric.score(x, y)));
            }
        }
        return most;
    }

    /// A template with its place, so that it can be drawn.
    @SuppressWarnings("ArrayRecordComponent") // drawn from, never compared
    private record One(int person, int photo, double[] vector) {}

    private List<One> all(List<List<float[]>> from) {
        List<One> all = new ArrayList<>();
        for (int person = 0; person < from.size(); person++) {
            for (int photo = 0; photo < from.get(person).size(); photo++) {
                all.add(new One(person, photo, doubles(from.get(person).get(photo))));
            }
        }
        return all;
    }

    private static double[] doubles(float[] values) {
        return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }

    /// The thief has a collection's turned templates, and of `pairs` of them the photo too: the turning
    /// is estimated as
    /// the polar factor of KᵀK' from the plain rows K and the turned rows K'. Every other template is
    /// turned back and
    /// given the person of the most alike plain template of *another* photo.
    ///
    /// @param pairs 0: the turning is known, which is the most that can be reached
    /// @return the share given the right person
    double knownPairs(int pairs) {
        double hits = 0;
        double tries = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            Rotation key = newKey();
            List<One> plain = all(people);
            List<One> kept = all(turned(key));
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, plain.size()).boxed().toList());
            Collections.shuffle(order, random);
            List<Integer> known = order.subList(0, Math.min(pairs, order.size()));
            double[][] back = pairs == 0 ? null : estimated(plain, kept, known);
            for (int target : order.subList(known.size(), order.size())) {
                One hidden = kept.get(target);
                if (people.get(hidden.person()).size() < 2) {
                    continue; // nothing else to be found by
                }
                double[] found = back == null
                        ? plain.get(target).vector()
                        : Matrices.product(new double[][] {hidden.vector()}, back)[0];
                tries++;
                hits += nearest(found, hidden, plain) == hidden.person() ? 1 : 0;
            }
        }
        return tries == 0 ? Double.NaN : hits / tries;
    }

    private static double[][] estimated(List<One> plain, List<One> kept, List<Integer> known) {
        double[][] k = known.stream().map(i -> plain.get(i).vector()).toArray(double[][]::new);
        double[][] turned = known.stream().map(i -> kept.get(i).vector()).toArray(double[][]::new);
        return Matrices.polar(Matrices.product(Matrices.transposed(turned), k));
    }

    private static int nearest(double[] vector, One hidden, List<One> plain) {
        int person = -1;
        double least = Double.POSITIVE_INFINITY;
        for (One one : plain) {
            if (one.person() == hidden.person() && one.photo() == hidden.photo()) {
                continue;
            }
            double distance = 0;
            for (int i = 0; i < vector.length; i++) {
                double d = vector[i] - one.vector()[i];
                distance += d * d;
            }
            if (distance < least) {
                least = distance;
                person = one.person();
            }
        }
        return person;
    }

    /// Two collections hold the same photos under two keys: each template of one is given that of the
    /// other whose sorted
    /// row of inner products with all of its collection is most alike.
    ///
    /// @return the share relinked
    double samePhotos(int countMax) {
        List<One> one = all(turned(newKey()));
        List<One> other = all(turned(newKey()));
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, one.size()).boxed().toList());
        Collections.shuffle(order, random);
        List<Integer> chosen = order.subList(0, Math.min(countMax, order.size()));
        double[][] a = signatures(one, chosen);
        double[][] b = signatures(other, chosen);
        int hits = 0;
        for (int i = 0; i < a.length; i++) {
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int j = 0; j < b.length; j++) {
                double distance = 0;
                for (int k = 0; k < a.length; k++) {
                    distance += (a[i][k] - b[j][k]) * (a[i][k] - b[j][k]);
                }
                if (distance < least) {
                    least = distance;
                    best = j;
                }
            }
            hits += best == i ? 1 : 0;
        }
        return hits / (double) a.length;
    }

    private static double[][] signatures(List<One> all, List<Integer> chosen) {
        double[][] gram =
                Matrices.gram(chosen.stream().map(i -> all.get(i).vector()).toArray(double[][]::new));
        for (double[] row : gram) {
            Arrays.sort(row);
        }
        return gram;
    }

    /// Two collections hold the same people in different photos under two keys. Each person's templates
    /// are averaged,
    /// half of the photos in each collection, and the two graphs of inner products are matched.
    ///
    /// @param seeds how many of the people are known in both
    /// @return the share of the others relinked
    double graph(int countMax, int seeds, int draws) {
        List<List<float[]>> several =
                people.stream().filter(own -> own.size() > 1).toList();
        double hits = 0;
        double tries = 0;
        for (int draw = 0; draw < draws; draw++) {
            List<List<float[]>> chosen = new ArrayList<>(several);
            Collections.shuffle(chosen, random);
            chosen = chosen.subList(0, Math.min(countMax, chosen.size()));
            int n = chosen.size();
            if (n <= seeds) {
                return Double.NaN;
            }
            Rotation oneKey = newKey();
            Rotation otherKey = newKey();
            List<Integer> order = new ArrayList<>(IntStream.range(0, n).boxed().toList());
            Collections.shuffle(order, random); // order.get(i): where person i is in the other collection
            double[][] a = new double[n][];
            double[][] b = new double[n][];
            for (int i = 0; i < n; i++) {
                List<float[]> own = chosen.get(i);
                a[i] = mean(own.subList(0, own.size() / 2), oneKey);
                b[order.get(i)] = mean(own.subList(own.size() / 2, own.size()), otherKey);
            }
            @Nullable Integer[] known = new Integer[n];
            for (int i = 0; i < seeds; i++) {
                known[i] = order.get(i);
            }
            int[] partner = Matrices.match(Matrices.gram(centred(a)), Matrices.gram(centred(b)), known);
            for (int i = seeds; i < n; i++) {
                tries++;
                hits += partner[i] == order.get(i) ? 1 : 0;
            }
        }
        return hits / tries;
    }

    private static double[] mean(List<float[]> vectors, Rotation key) {
        double[] sum = new double[vectors.getFirst().length];
        for (float[] vector : vectors) {
            float[] turned = key.turn(vector);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += turned[i] / vectors.size();
            }
        }
        return sum;
    }

    private static double[][] centred(double[][] rows) {
        double[] mean = new double[rows[0].length];
        for (double[] row : rows) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += row[i] / rows.length;
            }
        }
        return Arrays.stream(rows)
                .map(row -> IntStream.range(0, row.length)
                        .mapToDouble(i -> row[i] - mean[i])
                        .toArray())
                .toArray(double[][]::new);
    }
}
