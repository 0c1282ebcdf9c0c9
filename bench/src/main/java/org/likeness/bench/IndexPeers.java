package org.likeness.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.likeness.core.photo.FaceId;
import org.likeness.core.template.FaceFilter;
import org.likeness.core.template.Template;
import org.likeness.core.template.TemplateIndex;
import org.likeness.core.template.TemplateIndex.Hit;
import org.likeness.index.ExactIndex;

/// Prints how fast and how complete [ExactIndex] and its peers are on the same vectors, in one thread, as a Markdown
/// table. Contenders take turns probe by probe in batches, so that whatever else the machine does hits all of them;
/// times are CPU time of the thread.
///
/// Arguments: faces, dimension, and `hnsw` to build Lucene's graph as well (0.4 to 0.8 ms a face).
public final class IndexPeers {
    private static final int K = 10;
    private static final int BATCH = 20;
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final SyntheticFaces faces;
    private final Map<FaceId, Integer> rows = new HashMap<>();
    private final List<Set<Integer>> truth = new ArrayList<>();

    /// Finds the rows of the best [#K].
    private interface Contender {
        int[] search(int probe) throws IOException;
    }

    private IndexPeers(int count, int dimension) {
        faces = new SyntheticFaces(count, dimension, 200, 7);
    }

    public static void main(String[] args) throws IOException {
        var peers = new IndexPeers(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
        Path folder = Files.createTempDirectory("likeness-bench");
        try {
            peers.run(args.length > 2 && args[2].equals("hnsw"), folder);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void run(boolean hnsw, Path folder) throws IOException {
        System.out.printf("%n### %,d x %d%n%n", faces.count, faces.dimension);
        long before = usedHeap();
        long start = cpu();
        ExactIndex index = ExactIndex.create(faces.model, faces.count);
        for (int row = 0; row < faces.count; row++) {
            index.add(SyntheticFaces.id(row), faces.template(row));
        }
        double fill = (cpu() - start) / 1e9;
        double heap = (double) (usedHeap() - before) / faces.count;
        System.out.printf(
                "Filling the index: %.2f s (%.2f µs a face). Heap: %.0f bytes a face.%n",
                fill, fill * 1e6 / faces.count, heap);
        for (int row = 0; row < faces.count; row++) {
            rows.put(SyntheticFaces.id(row), row);
        }
        Map<String, Contender> contenders = new LinkedHashMap<>();
        var plain = new FloatScan(faces, false);
        var simd = new FloatScan(faces, true);
        contenders.put("**ExactIndex, best 10**", i -> search(index, i, -1, K));
        contenders.put("**ExactIndex, best 10 above 0.5**", i -> search(index, i, 0.5, K));
        contenders.put("Java float scan, plain loop", i -> plain.search(faces.probes[i], K));
        contenders.put("Java float scan, Vector API", i -> simd.search(faces.probes[i], K));
        if (hnsw) {
            start = cpu();
            LucenePeer lucene = new LucenePeer(faces, folder);
            System.out.printf("Building Lucene's graph: %.0f s.%n", (cpu() - start) / 1e9);
            contenders.put("Lucene, exact scorer", i -> lucene.exact(faces.probes[i], K));
            for (int beam : new int[] {100, 400}) {
                contenders.put("Lucene HNSW, k = " + beam, i -> lucene.hnsw(faces.probes[i], K, beam));
            }
        }
        System.out.printf("%n| contender | p50 ms | p99 ms | recall@10 |%n|---|---|---|---|%n");
        measure(contenders);
        System.out.printf("%n| operation of ExactIndex | p50 ms | p99 ms |%n|---|---|---|%n");
        operations(index);
    }

    private int[] search(TemplateIndex index, int probe, double min, int limit) {
        List<Hit> hits = index.search(probe(probe), min, limit, new FaceFilter.All());
        return hits.stream().mapToInt(hit -> rows.get(hit.face())).toArray();
    }

    private Template probe(int i) {
        return new Template(faces.model.id(), faces.probes[i]);
    }

    private void measure(Map<String, Contender> contenders) throws IOException {
        Map<String, long[]> times = new HashMap<>();
        Map<String, Integer> found = new HashMap<>();
        var reference = new DoubleScan(faces);
        for (float[] probe : faces.probes) {
            truth.add(reference.best(probe, K));
        }
        for (int round = 0; round < 2; round++) { // the first warms up
            for (int from = 0; from < faces.probes.length; from += BATCH) {
                for (var contender : contenders.entrySet()) {
                    long[] taken = times.computeIfAbsent(contender.getKey(), name -> new long[faces.probes.length]);
                    for (int i = from; i < from + BATCH; i++) {
                        long start = cpu();
                        int[] hits = contender.getValue().search(i);
                        taken[i] = cpu() - start;
                        if (round == 1) {
                            int right = (int) Arrays.stream(hits)
                                    .filter(truth.get(i)::contains)
                                    .count();
                            found.merge(contender.getKey(), right, Integer::sum);
                        }
                    }
                }
            }
        }
        for (String name : contenders.keySet()) {
            String recall = name.contains("above")
                    ? "all above"
                    : String.format("%.4f", found.get(name) / (double) (K * faces.probes.length));
            System.out.printf("| %s | %s | %s |%n", name, percentiles(times.get(name)), recall);
        }
    }

    private void operations(ExactIndex index) {
        var random = new SplittableRandom(11);
        for (int perCent : new int[] {1, 10, 50}) {
            Set<FaceId> only = new HashSet<>();
            for (int row = 0; row < faces.count; row++) {
                if (random.nextInt(100) < perCent) {
                    only.add(SyntheticFaces.id(row));
                }
            }
            var filter = new FaceFilter.Only(only);
            report(
                    "search, filter " + perCent + " % of the faces",
                    i -> index.search(probe(i % faces.probes.length), -1, K, filter));
        }
        Template[] templates = new Template[2000];
        Arrays.setAll(templates, faces::template);
        report("remove", i -> index.remove(SyntheticFaces.id(i)));
        report("add", i -> index.add(SyntheticFaces.id(i), templates[i]));
        report("replace", i -> index.add(SyntheticFaces.id(i), templates[1999 - i]));
    }

    private static void report(String name, IntConsumer operation) {
        int times = name.startsWith("search") ? 400 : 2000;
        long[] taken = new long[times];
        for (int i = 0; i < times; i++) {
            long start = cpu();
            operation.accept(i);
            taken[i] = cpu() - start;
        }
        System.out.printf("| %s | %s |%n", name, percentiles(taken));
    }

    private static String percentiles(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return String.format("%.3f | %.3f", sorted[sorted.length / 2] / 1e6, sorted[sorted.length * 99 / 100] / 1e6);
    }

    private static long cpu() {
        return CPU.getCurrentThreadCpuTime();
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
