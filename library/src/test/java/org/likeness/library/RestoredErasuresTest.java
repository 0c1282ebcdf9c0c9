package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.demand.Demand;
import org.likeness.core.demand.Target;
import org.likeness.core.ingest.FileOutcome.Result;
import org.likeness.core.ingest.ImportReport;
import org.likeness.core.person.Details;
import org.likeness.core.person.Person;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.Storage;
import org.likeness.core.rights.DemandDesk.Pointed;
import org.likeness.testkit.TestPhotos;

/// An old backup put back after erasures, objections and restrictions, on real photos.
class RestoredErasuresTest {
    @TempDir
    private Path temp;

    private final MovableClock clock = new MovableClock();

    private Settings settings(String data) {
        return Settings.read(
                temp.resolve(data),
                Map.of(),
                Map.of(Setting.KEYS, temp.resolve("keys").toString()));
    }

    private ImportReport importPhotos(Likeness likeness, Collection collection, List<Path> photos) {
        return likeness.importPhotos(
                collection, photos, Storage.COPY, Optional.empty(), Optional.empty(), (_, _) -> {});
    }

    private static Photo photo(Likeness likeness, Collection collection, Path file) {
        return likeness.photos(collection, 10).stream()
                .filter(photo -> photo.location().endsWith(String.valueOf(file.getFileName())))
                .findFirst()
                .orElseThrow();
    }

    private static List<FaceId> faces(Likeness likeness, Photo photo) {
        return likeness.records()
                .read(tx -> tx.faces(photo.id()).stream().map(Face::id).toList());
    }

    private static void erase(Likeness likeness, Target target) {
        likeness.eraser().execute(likeness.demands().erase(target).demand().id());
    }

    private List<String> files(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(temp.resolve(folder))) {
            return files.map(Path::toString).toList();
        }
    }

    /// What there was before the backup, and what happened to it after.
    private record Before(Photo erased, Photo partly, Photo restricted, FaceId objected, Person person) {}

    private Before backedUpThenErased(List<Path> files) {
        try (Likeness likeness = Likeness.open(settings("data"), clock)) {
            Collection ours = likeness.createCollection("ours", Profile.HOUSEHOLD);
            importPhotos(likeness, ours, files.subList(0, 3));
            Photo erased = photo(likeness, ours, files.get(0));
            Photo partly = photo(likeness, ours, files.get(1));
            Photo restricted = photo(likeness, ours, files.get(2));
            Details details = new Details(Optional.of("Ada Lovelace"), Optional.empty(), Optional.empty());
            Person person = likeness.people().add(ours.id(), details, Optional.empty());
            likeness.backups().backup(temp.resolve("backup"));
            likeness.backups().backupKeys(temp.resolve("backup-keys"));
            importPhotos(likeness, ours, files.subList(3, 4));
            erase(likeness, Target.of(photo(likeness, ours, files.get(3)).id())); // the backup never heard of it
            erase(likeness, Target.of(erased.id()));
            erase(likeness, Target.of(person.id()));
            List<FaceId> faces = faces(likeness, partly);
            likeness.demands().object(partly.sha256(), new Pointed.Numbered(1)); // recorded, and then the power goes
            likeness.demands().restrict(Target.of(restricted.id()));
            List<FaceId> searchable = searchable(likeness, ours);
            FaceId objected = faces.stream()
                    .filter(face -> !searchable.contains(face))
                    .findFirst()
                    .orElseThrow();
            return new Before(erased, partly, restricted, objected, person);
        }
    }

    @Test
    void r38_an_old_backup_brings_back_nothing_that_was_erased_or_objected_to_since() throws IOException {
        List<Path> files = TestPhotos.demo(temp.resolve("photos")).subList(0, 4);
        Before before = backedUpThenErased(files);
        String erased = before.erased().sha256().hex();
        assertThat(files("backup")).anyMatch(name -> name.contains(erased));

        Restoration.Restored restored = Restoration.restore(
                settings("restored"), temp.resolve("backup"), Optional.of(temp.resolve("backup-keys")), clock);
        assertThat(restored.followed().entries()).isGreaterThanOrEqualTo(5);
        try (Likeness likeness = Likeness.open(settings("restored"), clock)) {
            Collection ours = likeness.collection("ours");
            assertThat(likeness.photos(ours, 10))
                    .extracting(Photo::id)
                    .doesNotContain(before.erased().id());
            assertThat(files("restored")).noneMatch(name -> name.contains(erased));
            List<FaceId> partly = faces(likeness, before.partly());
            List<FaceId> restricted = faces(likeness, before.restricted());
            assertThat(partly).isNotEmpty().doesNotContain(before.objected());
            assertThat(restricted).isNotEmpty();
            assertThat(searchable(likeness, ours))
                    .doesNotContain(before.objected())
                    .doesNotContainAnyElementsOf(restricted)
                    .containsAll(partly);
            assertThat(likeness.records()
                            .<Boolean>read(
                                    tx -> tx.people().hasSecret(before.person().id())))
                    .isFalse();
            assertThat(likeness.demands().demands())
                    .filteredOn(demand -> demand.kind() != Demand.Kind.RESTRICT)
                    .extracting(Demand::state)
                    .hasSizeGreaterThanOrEqualTo(4)
                    .containsOnly(Demand.State.DONE);
            ImportReport again = importPhotos(likeness, ours, files);
            assertThat(again.count(Result.REFUSED)).isEqualTo(2);
            assertThat(again.count(Result.DUPLICATE)).isEqualTo(2);
            assertThat(likeness.log().verify(List.of()).findings()).isEmpty();
        }
    }

    private List<FaceId> searchable(Likeness likeness, Collection collection) {
        return likeness.records()
                .read(tx -> tx.searchableFaces(collection.id(), clock.instant(), Optional.empty(), 1_000));
    }
}
