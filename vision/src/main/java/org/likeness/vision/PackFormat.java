package org.likeness.vision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.likeness.core.LikenessException;
import org.likeness.core.LikenessException.Kind;
import org.likeness.core.photo.Sha256;
import org.likeness.core.template.Calibration;
import org.likeness.core.template.Metric;
import org.likeness.core.template.ModelId;
import org.likeness.core.template.ModelSpec;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads `pack.json`, format 1, see `docs/reference/model-pack.md`. One thread at a time.
final class PackFormat {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    /// A plain name in the pack's own folder: no path, nothing hidden.
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    private static final int SIDE_MAX = 8192;

    private final List<String> problems = new ArrayList<>();

    private PackFormat() {}

    /// @throws LikenessException BAD_INPUT naming everything that is wrong
    static PackDescription read(byte[] json) {
        var format = new PackFormat();
        JsonNode root;
        try {
            root = JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .readTree(json);
        } catch (JacksonException e) {
            throw new LikenessException(
                    Kind.BAD_INPUT,
                    "pack.json must be JSON but is not: " + e.getOriginalMessage() + "\nBuild or fetch the pack again.",
                    e);
        }
        Optional<PackDescription> description = format.pack(JsonFields.of(root, format.problems));
        return description.filter(d -> format.problems.isEmpty()).orElseThrow(() -> invalid(format.problems));
    }

    static LikenessException invalid(List<String> problems) {
        return new LikenessException(
                Kind.BAD_INPUT,
                "model pack cannot be used:\n- " + String.join("\n- ", problems)
                        + "\nCorrect pack.json, or build or fetch the pack again.");
    }

    /// Empty only when there are problems.
    private Optional<PackDescription> pack(JsonFields fields) {
        fields.whole("format", 1, 1);
        String name = id(fields, "name");
        String version = id(fields, "version");
        String title = fields.text("title");
        String licence = fields.text("licence");
        String provenance = fields.text("provenance");
        Map<String, Sha256> files = files(fields.object("files"));
        Optional<PackDescription.Detector> detector = detector(fields.object("detector"));
        Optional<JsonFields> landmarkFields = fields.optionalObject("landmarks");
        Optional<PackDescription.LandmarkNet> landmarks = landmarkFields.flatMap(this::landmarks);
        JsonFields embedderFields = fields.object("embedder");
        Optional<PackDescription.Embedder> embedder = embedder(embedderFields);
        Metric metric = fields.word("metric", List.of("euclidean", "cosine")).equals("cosine")
                ? Metric.COSINE
                : Metric.EUCLIDEAN;
        Optional<Calibration> calibration = calibration(fields.object("calibration"));
        String card = file(fields, "card");
        fields.end();
        if (detector.isEmpty() || embedder.isEmpty() || calibration.isEmpty() || !problems.isEmpty()) {
            return Optional.empty();
        }
        checkTogether(detector.get(), landmarks, embedder.get(), metric);
        checkFiles(files, card, detector.get(), landmarks, embedder.get());
        var id = new ModelId(name, version, embedder.get().alignment().word());
        var spec = new ModelSpec(id, metric, embedder.get().dimension(), calibration.get());
        return Optional.of(new PackDescription(
                spec, title, licence, provenance, files, detector.get(), landmarks, embedder.get(), card));
    }

    private static String id(JsonFields fields, String name) {
        String value = fields.text(name);
        if (!value.equals("?") && !ID.matcher(value).matches()) {
            fields.problem(name, "1 to 64 letters, digits, dots, dashes or underscores", '"' + value + '"');
        }
        return value;
    }

    private static String file(JsonFields fields, String name) {
        String value = fields.text(name);
        if (!value.equals("?") && !FILE.matcher(value).matches()) {
            fields.problem(name, "a plain file name", '"' + value + '"');
        }
        return value;
    }

    private static Map<String, Sha256> files(JsonFields fields) {
        var files = new LinkedHashMap<String, Sha256>();
        for (String name : fields.names()) {
            String hex = fields.text(name);
            if (!FILE.matcher(name).matches() || name.equals(ModelPack.DESCRIPTION)) {
                fields.problem(name, "a plain file name other than pack.json", '"' + name + '"');
            } else if (!hex.matches("[0-9a-f]{64}")) {
                fields.problem(name, "a SHA-256 of 64 lower-case hexadecimal digits", '"' + hex + '"');
            } else {
                files.put(name, new Sha256(hex));
            }
        }
        return files;
    }

    private static Optional<Normalisation> pixels(JsonFields fields) {
        Normalisation.Colour colour =
                fields.word("colour", List.of("rgb", "bgr")).equals("bgr")
                        ? Normalisation.Colour.BGR
                        : Normalisation.Colour.RGB;
        List<Double> mean = fields.numbers("mean", 3, 3, -1000, 1000);
        List<Double> std = fields.numbers("std", 3, 3, 1e-6, 1000);
        return mean.isEmpty() || std.isEmpty() ? Optional.empty() : Optional.of(new Normalisation(colour, mean, std));
    }

    private Optional<PackDescription.Detector> detector(JsonFields fields) {
        String kind = fields.word("kind", List.of("ssd-mobilenet", "yunet", "scrfd"));
        String file = file(fields, "file");
        Optional<Normalisation> pixels = pixels(fields);
        int multiple = fields.whole("sideMultiple", 1, 512);
        int sideMin = fields.whole("sideMin", 1, SIDE_MAX);
        List<Double> passes = fields.numbers("passes", 1, 8, 64, SIDE_MAX);
        for (int i = 0; i < passes.size(); i++) {
            boolean rising = i == 0 || passes.get(i) > passes.get(i - 1);
            if (passes.get(i) % multiple != 0 || passes.getFirst() < sideMin || !rising) {
                fields.problem(
                        "passes",
                        "rising multiples of sideMultiple " + multiple + ", none below sideMin " + sideMin,
                        passes.toString());
                break;
            }
        }
        double scoreMin = fields.number("scoreMin", 0.01, 1);
        double iouMax = fields.number("iouMax", 0, 1);
        DetectorHead head = switch (kind) {
            case "yunet" -> new YunetHead();
            case "scrfd" -> new ScrfdHead();
            default -> new SsdHead(fields.objects("priors", 16, PackFormat::level));
        };
        if (multiple % head.strideMax() != 0) {
            fields.problem("sideMultiple", "a multiple of " + head.strideMax() + " for " + kind, "" + multiple);
        }
        fields.end();
        List<Integer> sides = passes.stream().map(Double::intValue).toList();
        return pixels.map(p -> new PackDescription.Detector(head, file, p, multiple, sideMin, sides, scoreMin, iouMax));
    }

    private static SsdHead.Level level(JsonFields fields) {
        int stride = fields.whole("stride", 1, 1024);
        List<SsdHead.Size> sizes = fields.rows("sizes", 32, "pairs [width, height] in pixels", PackFormat::size);
        return new SsdHead.Level(stride, sizes);
    }

    private static SsdHead.@Nullable Size size(JsonNode pair) {
        boolean numbers = pair.isArray()
                && pair.size() == 2
                && pair.get(0).isNumber()
                && pair.get(1).isNumber();
        double width = numbers ? pair.get(0).doubleValue() : 0;
        double height = numbers ? pair.get(1).doubleValue() : 0;
        return width > 0 && width <= SIDE_MAX && height > 0 && height <= SIDE_MAX
                ? new SsdHead.Size(width, height)
                : null;
    }

    private Optional<PackDescription.LandmarkNet> landmarks(JsonFields fields) {
        fields.word("kind", List.of("face-api-68"));
        String file = file(fields, "file");
        int side = fields.whole("side", 16, 1024);
        Optional<Normalisation> pixels = pixels(fields);
        fields.end();
        return pixels.map(p -> new PackDescription.LandmarkNet(file, side, p));
    }

    private Optional<PackDescription.Embedder> embedder(JsonFields fields) {
        String file = file(fields, "file");
        int width = fields.whole("width", 16, 1024);
        int height = fields.whole("height", 16, 1024);
        Optional<Normalisation> pixels = pixels(fields);
        Alignment alignment =
                Alignment.named(fields.word("alignment", Alignment.words())).orElse(Alignment.DLIB_33);
        if (width != alignment.width() || height != alignment.height()) {
            fields.problem(
                    "width and height",
                    alignment.width() + " and " + alignment.height() + ", which " + alignment.word() + " makes",
                    width + " and " + height);
        }
        int dimension = fields.whole("dimension", 1, 8192);
        boolean mirror = fields.flag("mirror");
        boolean unit = fields.flag("unit");
        fields.end();
        return pixels.map(p -> new PackDescription.Embedder(file, p, alignment, dimension, mirror, unit));
    }

    private Optional<Calibration> calibration(JsonFields fields) {
        String measuredOn = fields.text("measuredOn");
        int people = fields.whole("people", 1, Integer.MAX_VALUE);
        long comparisons = fields.whole("comparisons", 1L, Long.MAX_VALUE);
        List<Calibration.Point> points = fields.objects("points", 1000, point -> {
            double score = point.number("score", -1000, 1000);
            return new Calibration.Point(score, point.number("fmr", 0, 1));
        });
        fields.end();
        try {
            return Optional.of(new Calibration(measuredOn, people, comparisons, points));
        } catch (IllegalArgumentException e) {
            if (problems.isEmpty()) { // otherwise this is their consequence
                problems.add("calibration.points cannot be used: " + e.getMessage());
            }
            return Optional.empty();
        }
    }

    private void checkTogether(
            PackDescription.Detector detector,
            Optional<PackDescription.LandmarkNet> landmarks,
            PackDescription.Embedder embedder,
            Metric metric) {
        boolean five = !(detector.head() instanceof SsdHead);
        if (landmarks.isEmpty() && (embedder.alignment().needs68() || !five)) {
            problems.add("landmarks is missing; detector and alignment "
                    + embedder.alignment().word() + " need it");
        }
        if (metric == Metric.COSINE && !embedder.unit()) {
            problems.add("embedder.unit must be true for metric cosine but is false");
        }
    }

    private void checkFiles(
            Map<String, Sha256> files,
            String card,
            PackDescription.Detector detector,
            Optional<PackDescription.LandmarkNet> landmarks,
            PackDescription.Embedder embedder) {
        Set<String> used = new TreeSet<>(List.of(card, detector.file(), embedder.file()));
        landmarks.ifPresent(net -> used.add(net.file()));
        for (String name : used) {
            if (!files.containsKey(name)) {
                problems.add("files must list the SHA-256 of " + name + " but does not");
            }
        }
    }
}
