package org.likeness.vision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.likeness.core.photo.AnalysedPhoto;
import org.likeness.core.photo.AnalysedPhoto.AnalysedFace;
import org.likeness.core.photo.Box;
import org.likeness.core.photo.FaceReader.Depth;
import org.likeness.core.photo.PhotoReading;
import org.likeness.core.photo.Quality;
import org.likeness.core.template.Metric;

/// Measures a pack with the pipeline as it is and prints its calibration and a report. Not a test: run
/// it by hand after any change to detection, landmarks, alignment or networks.
///
/// Arguments: the folder of real photos, then optionally a pack. Scores come from `london` and `orl`
/// only, whose people agreed; the other sets only count found faces.
final class Calibrate {
    private static final double[] RATES = {1e-2, 3e-3, 1e-3, 3e-4, 1e-4};

    private final PackFaceReader reader;
    private final Path photos;

    private Calibrate(PackFaceReader reader, Path photos) {
        this.reader = reader;
        this.photos = photos;
    }

    public static void main(String[] arguments) throws IOException {
        ModelPack pack = arguments.length > 1 ? ModelPack.open(Path.of(arguments[1])) : SharedFiles.defaultPack();
        try (var reader = PackFaceReader.open(pack, Limits.defaults())) {
            new Calibrate(reader, Path.of(arguments[0])).run(pack.spec().metric());
        }
    }

    private void run(Metric metric) throws IOException {
        Comparisons london = verification("london", metric);
        Comparisons orl = verification("orl", metric);
        Comparisons both = london.and(orl);
        report("london", london, both);
        report("orl", orl, both);
        report("both", both, both);
        System.out.printf(
                Locale.ROOT,
                "calibration: %d people, %d comparisons; smallest rate supported %.1e%n",
                both.people(),
                both.nonMatedCount(),
                3.0 / both.nonMatedCount());
        for (double rate : RATES) {
            System.out.printf(Locale.ROOT, "    { \"score\": %.4f, \"fmr\": %.0e }%n", both.scoreAt(rate), rate);
        }
        detection("afw80");
        detection("dlib_faces");
        everyday();
    }

    private Comparisons verification(String set, Metric metric) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(photos.resolve(set))) {
            files = all.filter(file ->
                            file.toString().endsWith(".jpg") || file.toString().endsWith(".pgm"))
                    .sorted()
                    .toList();
        }
        var samples = new ArrayList<Comparisons.Sample>();
        var several = 0;
        var worst = new double[] {1, 1, 1, 0};
        Set<Quality.Flaw> flaws = new TreeSet<>();
        for (Path file : files) {
            List<AnalysedFace> faces = read(file, Permits.TEMPLATES).faces();
            several += faces.size() > 1 ? 1 : 0;
            if (!faces.isEmpty()) {
                AnalysedFace face = faces.getFirst();
                samples.add(new Comparisons.Sample(person(file), face.template().orElseThrow()));
                Quality quality = face.quality();
                flaws.addAll(quality.flaws());
                worst[0] = Math.min(worst[0], quality.sharpness());
                worst[1] = Math.min(worst[1], quality.frontality());
                worst[2] = Math.min(worst[2], quality.exposure());
                worst[3] = Math.max(worst[3], quality.exposure());
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%s: a face in %d of %d photos, several in %d; sharpness from %.2f, frontality from %.2f, exposure %.2f"
                        + " to %.2f, flaws %s%n",
                set,
                samples.size(),
                files.size(),
                several,
                worst[0],
                worst[1],
                worst[2],
                worst[3],
                flaws);
        return Comparisons.of(samples, metric);
    }

    private static void report(String set, Comparisons own, Comparisons all) {
        System.out.printf(
                Locale.ROOT,
                "%s: %d people, %d mated and %d non-mated pairs; mated from %.3f, non-mated to %.3f%n",
                set,
                own.people(),
                own.matedCount(),
                own.nonMatedCount(),
                own.matedMin(),
                own.nonMatedMax());
        for (double rate : RATES) {
            System.out.printf(
                    Locale.ROOT,
                    "    FMR %.0e: own threshold %.4f FNMR %.2f %%; threshold of both %.4f FMR %.1e FNMR %.2f %%%n",
                    rate,
                    own.scoreAt(rate),
                    100 * own.fnmr(own.scoreAt(rate)),
                    all.scoreAt(rate),
                    own.fmr(all.scoreAt(rate)),
                    100 * own.fnmr(all.scoreAt(rate)));
        }
    }

    private void detection(String set) throws IOException {
        var total = new int[4];
        var found = new int[4];
        int detected = 0;
        int skipped = 0;
        int small = 0;
        int extra = 0;
        for (SharedFiles.Labelled photo : SharedFiles.labelled(photos.resolve(set))) {
            AnalysedPhoto read = read(photo.file(), Depth.FACES);
            List<Box> kept = read.faces().stream().map(AnalysedFace::box).toList();
            List<Box> any = Stream.concat(kept.stream(), read.skipped().stream().map(AnalysedPhoto.SkippedFace::box))
                    .toList();
            for (Box box : photo.boxes()) {
                int size = box.height() < 24 ? 0 : box.height() < 48 ? 1 : 2;
                boolean hit = kept.stream().anyMatch(b -> same(b, box));
                for (int i : new int[] {size, 3}) {
                    total[i]++;
                    found[i] += hit ? 1 : 0;
                }
                detected += any.stream().anyMatch(b -> same(b, box)) ? 1 : 0;
            }
            skipped += read.skipped().size();
            small += (int) read.skipped().stream()
                    .filter(s -> s.reason() == AnalysedPhoto.SkippedFace.Reason.TOO_SMALL)
                    .count();
            extra += (int) kept.stream()
                    .filter(b -> photo.boxes().stream().noneMatch(box -> same(b, box)))
                    .count();
        }
        System.out.printf(
                Locale.ROOT,
                "%s: kept %d of %d labelled faces (under 24 px %d of %d, to 47 px %d of %d, from 48 px %d of %d);"
                        + " detected %d; %d kept without label; skipped too small %d, inconsistent %d%n",
                set,
                found[3],
                total[3],
                found[0],
                total[0],
                found[1],
                total[1],
                found[2],
                total[2],
                detected,
                extra,
                small,
                skipped - small);
    }

    /// Labels of other people are drawn differently, so the centre of each must lie in the other.
    static boolean same(Box a, Box b) {
        return holds(a, b) && holds(b, a) && a.iou(b) > 0.2;
    }

    private static boolean holds(Box outer, Box inner) {
        double x = inner.x() + inner.width() / 2 - outer.x();
        double y = inner.y() + inner.height() / 2 - outer.y();
        return x > 0 && x < outer.width() && y > 0 && y < outer.height();
    }

    private void everyday() throws IOException {
        Path folder = photos.resolve("everyday_compreface");
        int labelled = 0;
        int kept = 0;
        for (String line : Files.readAllLines(folder.resolve("counts.csv")).stream()
                .skip(1)
                .toList()) {
            labelled += Integer.parseInt(line.split(",", -1)[1]);
            kept += read(folder.resolve(line.split(",", -1)[0]), Depth.FACES)
                    .faces()
                    .size();
        }
        System.out.printf(Locale.ROOT, "everyday_compreface: kept %d faces, %d counted by people%n", kept, labelled);
    }

    private AnalysedPhoto read(Path file, Depth depth) {
        return switch (reader.read(file, depth)) {
            case PhotoReading.Read(var photo) -> photo;
            case PhotoReading.Unreadable(var reason, var advice) ->
                throw new IllegalStateException("unreadable: " + reason + " " + advice);
        };
    }

    /// Every person has a folder.
    private static String person(Path file) {
        return file.getName(file.getNameCount() - 2).toString();
    }
}
