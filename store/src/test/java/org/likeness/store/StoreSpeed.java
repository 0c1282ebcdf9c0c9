package org.likeness.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.likeness.core.collection.Profile;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Photo;
import org.likeness.core.records.Records;

/// Measures by hand, never in the build: `StoreSpeed <folder> <photos>`, five faces a photo. A folder that
/// holds records is only opened and read, so a second run measures a cold process.
final class StoreSpeed {
    private static final int FACES = 5;

    private StoreSpeed() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        boolean fill = !Files.exists(folder.resolve("records.db"));
        Samples samples = new Samples(1);
        long start = System.nanoTime();
        try (Records records =
                SqlRecords.sqlite(folder.resolve("records.db"), new Keys(folder.resolve("keys")), Samples.CLOCK)) {
            say("open ms", (System.nanoTime() - start) / 1e6);
            measured(
                    "first question",
                    1,
                    () -> records.<Integer>read(tx -> tx.collections().size()));
            if (fill) {
                Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
                int photos = Integer.parseInt(args[1]);
                measured("change of 1 photo, 5 faces, 5 templates", photos, () -> fill(records, home, samples, photos));
            }
            var home = records.<org.likeness.core.collection.Collection>read(
                    tx -> tx.collections().getFirst());
            long faces = measured(
                    "count of searchable faces",
                    1,
                    () -> records.<Long>read(tx -> tx.searchableFaceCount(home.id(), Samples.NOW)));
            for (int round = 0; round < 3; round++) {
                measured(
                        "template opened",
                        faces,
                        () -> records.<Long>read(
                                tx -> tx.templates(home.id(), 0, Samples.NOW, (face, template) -> {})));
            }
            measured(
                    "searchable, 100 faces",
                    1,
                    () -> records.<Integer>read(tx -> {
                        List<FaceId> some = tx.searchableFaces(home.id(), Samples.NOW, Optional.empty(), 100);
                        return tx.searchable(home.id(), some, Samples.NOW).size();
                    }));
        }
        vault(folder, samples);
    }

    private static int fill(Records records, Samples.Home home, Samples samples, int photos) {
        for (int i = 0; i < photos; i++) {
            Photo photo = samples.photo(home);
            Samples.change(records, tx -> {
                tx.add(photo);
                for (int f = 0; f < FACES; f++) {
                    Face face = samples.face(photo);
                    tx.add(home.id(), face);
                    tx.addFeatureSet(home.id(), face.id(), samples.template(), Optional.empty());
                }
            });
        }
        return photos;
    }

    private static void vault(Path folder, Samples samples) {
        var collection = org.likeness.core.collection.CollectionId.next();
        Keys keys = new Keys(folder.resolve("keys"));
        keys.create(collection);
        Vault vault = new Vault(new org.likeness.core.template.Space.Keyed(collection, 1), keys, new Rotations());
        FaceId face = FaceId.next();
        List<Vault.Sealed> sealed = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            sealed.add(vault.seal(face, Vault.Kind.FEATURE_SET, samples.template(), java.util.Optional.empty()));
        }
        for (int round = 0; round < 4; round++) {
            measured("vault alone, template opened", 200_000, () -> {
                for (int i = 0; i < 200_000; i++) {
                    Vault.Sealed one = sealed.get(i % sealed.size());
                    vault.open(face, Vault.Kind.FEATURE_SET, Samples.MODEL, java.util.Optional.empty(), one);
                }
                return 0;
            });
        }
    }

    private static long measured(String what, long times, LongSupplier work) {
        long start = System.nanoTime();
        long value = work.getAsLong();
        say(what + ", us each", (System.nanoTime() - start) / 1e3 / Math.max(1, times));
        return value;
    }

    private static void say(String what, double value) {
        System.out.printf(Locale.ROOT, "%s: %.2f%n", what, value);
    }
}
