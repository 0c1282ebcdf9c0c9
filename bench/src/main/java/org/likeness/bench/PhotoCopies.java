package org.likeness.bench;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.collection.Collection;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.Sha256;
import org.likeness.core.photo.Storage;
import org.likeness.core.records.Records;
import org.likeness.core.template.Template;
import org.likeness.library.Likeness;
import org.likeness.library.Settings;
import org.likeness.models.DefaultPack;
import org.likeness.store.Keys;
import org.likeness.store.SqlRecords;

/// Fills a collection with many photos that can be looked at and searched: a few are imported, the others are copies of
/// them with a content, date and faces of their own. A copy's templates are those of its original, a little changed.
final class PhotoCopies {
    private static final int BATCH = 500;
    private static final int LARGE_PX = 4_000;
    private static final int MINUTES = 15 * 365 * 24 * 60;
    private static final double CHANGE = 0.05;

    private final Settings settings;
    private final boolean searchable;
    private final SplittableRandom random = new SplittableRandom(1);

    /// @param searchable whether copies have originals and faces, too; without, a hundred thousand take a minute
    PhotoCopies(Settings settings, boolean searchable) {
        this.settings = settings;
        this.searchable = searchable;
    }

    /// What copies are made of.
    private record Model(Photo photo, List<Face> faces, List<Template> templates, byte[] bytes) {}

    /// The six photos that come with Likeness, each also as large as a telephone's.
    static List<Path> demo(Path folder) throws IOException {
        List<Path> photos = new ArrayList<>(DefaultPack.unpackPhotos(folder));
        for (Path small : List.copyOf(photos)) {
            Path large = folder.resolve("large-" + small.getFileName());
            ImageIO.write(enlarged(ImageIO.read(small.toFile())), "jpg", large.toFile());
            photos.add(large);
        }
        return photos;
    }

    private static BufferedImage enlarged(BufferedImage small) {
        int height = LARGE_PX * small.getHeight() / small.getWidth();
        BufferedImage large = new BufferedImage(LARGE_PX, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = large.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(small, 0, 0, LARGE_PX, height, null);
        graphics.dispose();
        return large;
    }

    /// Imports the photos and copies them until there are so many.
    void fill(Collection collection, List<Path> photos, int count) throws IOException {
        List<Model> models;
        try (Likeness likeness = Likeness.open(settings)) {
            likeness.importPhotos(
                    collection, photos, Storage.COPY, Optional.of("album"), Optional.of("album"), (_, _) -> {});
            models = models(likeness, collection);
        }
        try (SqlRecords records = SqlRecords.sqlite(
                settings.data().resolve("records.sqlite"), new Keys(settings.keys()), Clock.systemUTC())) {
            for (int made = models.size(); made < count; made += BATCH) {
                copy(records, models, made, Math.min(BATCH, count - made));
            }
        }
    }

    private List<Model> models(Likeness likeness, Collection collection) throws IOException {
        List<Model> models = new ArrayList<>();
        for (Photo photo : likeness.photos(collection, 1_000)) {
            List<Face> faces =
                    likeness.browse().photo(collection.id(), photo.id()).faces();
            List<Template> templates = faces.stream()
                    .filter(_ -> searchable)
                    .map(face -> likeness.find().probe(collection, face.id()).template(1))
                    .toList();
            models.add(new Model(photo, faces, templates, Files.readAllBytes(likeness.original(photo))));
        }
        return models;
    }

    private void copy(SqlRecords records, List<Model> models, int first, int count) throws IOException {
        List<Path[]> links = new ArrayList<>();
        List<Photo> photos = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Model model = models.get((first + i) % models.size());
            photos.add(searchable ? written(model, first + i) : dated(model, randomDigest(), 0));
        }
        AuditEntry entry = AuditEntry.of(
                Instant.now(),
                Actor.OWNER,
                AuditEntry.Action.PHOTO_IMPORTED,
                models.getFirst().photo().collection().value(),
                models.getFirst().photo().collection());
        boolean added = records.change(tx -> {
            for (int i = 0; i < count; i++) {
                Photo photo = photos.get(i);
                Model model = models.get((first + i) % models.size());
                tx.add(photo);
                links.add(new Path[] {
                    file(model.photo(), "thumbnails", model.photo().id().value(), ".jpg"),
                    file(photo, "thumbnails", photo.id().value(), ".jpg")
                });
                for (int n = 0; searchable && n < model.faces().size(); n++) {
                    Face old = model.faces().get(n);
                    Face face = new Face(
                            FaceId.next(), photo.id(), old.box(), old.landmarks(), old.quality(), old.detectionScore());
                    tx.add(photo.collection(), face);
                    tx.addFeatureSet(
                            photo.collection(),
                            face.id(),
                            changed(model.templates().get(n)),
                            Optional.empty());
                    links.add(new Path[] {
                        file(photo, "crops", old.id().value(), ".png"),
                        file(photo, "crops", face.id().value(), ".png")
                    });
                }
            }
            return new Records.Changed<>(true, entry);
        });
        assert added;
        for (Path[] link : links) {
            Files.createDirectories(link[1].getParent());
            Files.createLink(link[1], link[0]);
        }
    }

    /// A copy whose bytes differ behind the end of the picture.
    private Photo written(Model model, int number) throws IOException {
        byte[] tail = ("number " + number).getBytes(StandardCharsets.UTF_8);
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(model.bytes());
            Photo photo = dated(model, Sha256.of(sha256.digest(tail)), tail.length);
            String hash = photo.sha256().hex();
            Path file = folder(photo)
                    .resolve("photos")
                    .resolve(hash.substring(0, 2))
                    .resolve(hash);
            Files.createDirectories(file.getParent());
            Files.write(file, model.bytes());
            Files.write(file, tail, StandardOpenOption.APPEND);
            return photo;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private Sha256 randomDigest() {
        byte[] digest = new byte[32];
        random.nextBytes(digest);
        return Sha256.of(digest);
    }

    private Photo dated(Model model, Sha256 sha256, int more) {
        Photo old = model.photo();
        return new Photo(
                PhotoId.next(),
                old.collection(),
                old.source(),
                old.grant(),
                sha256,
                old.sizeBytes() + more,
                old.mediaType(),
                old.width(),
                old.height(),
                Storage.COPY,
                old.location(),
                Instant.now(),
                Optional.of(LocalDateTime.of(2011, 1, 1, 0, 0).plusMinutes(random.nextInt(MINUTES))));
    }

    private Template changed(Template template) {
        float[] values = template.values();
        double squares = 0;
        for (float value : values) {
            squares += value * value;
        }
        double size = CHANGE * Math.sqrt(squares);
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (random.nextDouble(-size, size));
        }
        return new Template(template.model(), template.space(), values);
    }

    private Path folder(Photo photo) {
        return settings.data().resolve("collections").resolve(photo.collection().toString());
    }

    private Path file(Photo photo, String kind, UUID id, String suffix) {
        String name = id.toString();
        return folder(photo)
                .resolve(kind)
                .resolve(name.substring(name.length() - 2))
                .resolve(name + suffix);
    }
}
