package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.ingest.FileOutcome.Result;
import org.likeness.core.ingest.ImportId;
import org.likeness.core.ingest.ImportReport;
import org.likeness.core.member.MemberId;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.Place;
import org.likeness.core.photo.Region;
import org.likeness.core.photo.Storage;
import org.likeness.core.photo.TimelineFilter;
import org.likeness.core.photo.TimelinePhoto;
import org.likeness.store.DataFiles;
import org.likeness.testkit.TestPhotos;

final class BrowseTest {
    @TempDir
    private Path temp;

    @Test
    void a_photo_is_found_by_its_place_and_its_pictures_do_not_tell_it() throws IOException {
        List<Path> demo = TestPhotos.demo(temp.resolve("originals"));
        Path folder = Files.createDirectories(temp.resolve("folder"));
        Files.write(folder.resolve("a.jpg"), TestPhotos.inMunich(Files.readAllBytes(demo.get(0))));
        Files.copy(demo.get(1), folder.resolve("b.jpg"));
        try (Likeness likeness = Likeness.open(Settings.of(temp.resolve("data")))) {
            Collection ours = likeness.createCollection("ours", Profile.HOUSEHOLD);
            likeness.importPhotos(
                    ours, List.of(folder), Storage.COPY, Optional.empty(), Optional.empty(), (_, _) -> {});
            BrowseDesk desk = likeness.browse();
            TimelineFilter all = TimelineFilter.all(ours.id());
            Region munich = new Region(new Place(47, 10), new Place(49, 12));

            List<TimelinePhoto> there = desk.page(all.in(munich), Optional.empty(), 9);
            assertThat(there).hasSize(1);
            assertThat(desk.page(all, Optional.empty(), 9)).hasSize(2);
            assertThat(desk.notes(ours.id(), there.getFirst().id()).place()).contains(new Place(48, 11));
            assertThat(desk.size(ours.id()).photos()).isEqualTo(2);
            assertThat(desk.size(ours.id()).bytesKept())
                    .isEqualTo(Files.size(folder.resolve("a.jpg")) + Files.size(folder.resolve("b.jpg")));
            assertThat(text(Files.readAllBytes(
                            desk.original(ours.id(), there.getFirst().id()))))
                    .contains("Exif");
            assertThat(text(desk.preview(ours.id(), there.getFirst().id()))).doesNotContain("Exif");
            assertThat(text(desk.thumbnail(ours.id(), there.getFirst().id()))).doesNotContain("Exif");
        }
    }

    @Test
    void a_face_is_shown_with_what_is_around_it() throws IOException {
        List<Path> demo = TestPhotos.demo(temp.resolve("originals"));
        try (Likeness likeness = Likeness.open(Settings.of(temp.resolve("data")))) {
            Collection ours = likeness.createCollection("ours", Profile.HOUSEHOLD);
            likeness.importPhotos(ours, demo, Storage.COPY, Optional.empty(), Optional.empty(), (_, _) -> {});
            BrowseDesk desk = likeness.browse();
            int faces = 0;
            for (TimelinePhoto photo : desk.page(TimelineFilter.all(ours.id()), Optional.empty(), 9)) {
                for (Face face : desk.photo(ours.id(), photo.id()).faces()) {
                    byte[] portrait = desk.portrait(ours.id(), face.id());
                    BufferedImage image = ImageIO.read(new ByteArrayInputStream(portrait));
                    assertThat(Math.max(image.getWidth(), image.getHeight())).isBetween(40, BrowseDesk.PORTRAIT_PX);
                    assertThat(text(portrait)).doesNotContain("Exif");
                    faces++;
                }
            }
            assertThat(faces).isGreaterThan(9);
            Collection other = likeness.createCollection("other", Profile.HOUSEHOLD);
            PhotoId photo = likeness.photos(ours, 1).getFirst().id();
            FaceId face = desk.photo(ours.id(), photo).faces().getFirst().id();
            Path shown = Files.write(temp.resolve("shown.jpg"), desk.portrait(ours.id(), face));
            assertThat(likeness.probe(ours, shown).faces()).hasSize(1);
            notFound(() -> desk.portrait(other.id(), face));
            notFound(() -> desk.origin(other.id(), photo));
        }
    }

    @Test
    void what_took_the_place_of_a_linked_photo_is_never_shown() throws IOException {
        List<Path> demo = TestPhotos.demo(temp.resolve("originals"));
        Path linked = Files.copy(demo.get(0), temp.resolve("linked.jpg"));
        try (Likeness likeness = Likeness.open(Settings.of(temp.resolve("data")))) {
            Collection ours = likeness.createCollection("ours", Profile.HOUSEHOLD);
            ImportReport report = likeness.importPhotos(
                    ours, List.of(linked), Storage.LINK, Optional.empty(), Optional.empty(), (_, _) -> {});
            BrowseDesk desk = likeness.browse();
            PhotoId photo = likeness.photos(ours, 1).getFirst().id();
            assertThat(desk.original(ours.id(), photo)).isEqualTo(linked);
            byte[] preview = desk.preview(ours.id(), photo);
            assertThat(desk.origin(ours.id(), photo).by().orElseThrow().id()).isEqualTo(report.run());

            Files.copy(demo.get(1), linked, StandardCopyOption.REPLACE_EXISTING);
            for (ThrowingCallable asking : List.<ThrowingCallable>of(
                    () -> desk.original(ours.id(), photo), () -> desk.notes(ours.id(), photo))) {
                fails(LikenessException.Kind.UNAVAILABLE, asking);
            }
            assertThat(desk.preview(ours.id(), photo)).isEqualTo(preview); // kept, so of what was imported
            withoutPreviews(likeness);
            fails(LikenessException.Kind.UNAVAILABLE, () -> desk.preview(ours.id(), photo));
            Files.copy(demo.get(0), linked, StandardCopyOption.REPLACE_EXISTING);
            assertThat(desk.preview(ours.id(), photo)).isEqualTo(preview);
        }
    }

    /// As an upkeep does when there is no room for them.
    private void withoutPreviews(Likeness likeness) {
        new BrowseDesk(
                        likeness.records(),
                        new DataFiles(temp.resolve("data")),
                        _ -> {
                            throw new AssertionError("nothing is made");
                        },
                        Settings.read(temp.resolve("data"), Map.of(), Map.of(Setting.PREVIEWS_MAX, "0")),
                        Clock.systemUTC())
                .trimPreviews();
    }

    private static void notFound(ThrowingCallable call) {
        fails(LikenessException.Kind.NOT_FOUND, call);
    }

    private static void fails(LikenessException.Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        LikenessException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    @Test
    void an_import_says_what_did_not_get_in_and_tries_it_again() throws Exception {
        List<Path> demo = TestPhotos.demo(temp.resolve("originals"));
        Path folder = Files.createDirectories(temp.resolve("folder"));
        Files.copy(demo.get(0), folder.resolve("good.jpg"));
        Path empty = Files.createFile(folder.resolve("empty.jpg"));
        Path cut = Files.writeString(folder.resolve("cut.jpg"), "no photo");
        try (Likeness likeness = Likeness.open(Settings.of(temp.resolve("data")))) {
            Collection ours = likeness.createCollection("ours", Profile.HOUSEHOLD);
            Collection other = likeness.createCollection("other", Profile.HOUSEHOLD);
            ImportReport first = likeness.importPhotos(
                    ours, List.of(folder), Storage.LINK, Optional.empty(), Optional.empty(), (_, _) -> {});
            BrowseDesk desk = likeness.browse();

            BrowseDesk.Report report = desk.report(ours.id(), first.run());
            assertThat(report.totals()).isEqualTo(Map.of(Result.IMPORTED, 1L, Result.FAILED, 2L));
            assertThat(report.startedBy()).contains(Actor.OWNER);
            assertThat(report.run().endedAt()).isPresent();
            var page = desk.ended(ours.id(), first.run(), Optional.of(Result.FAILED), 0, 1);
            var rest = desk.ended(
                    ours.id(),
                    first.run(),
                    Optional.of(Result.FAILED),
                    page.getFirst().sequence(),
                    9);
            assertThat(List.of(
                            page.getFirst().outcome().location(),
                            rest.getFirst().outcome().location()))
                    .containsExactlyInAnyOrder(
                            empty.toUri().toString(), cut.toUri().toString());
            assertThat(rest).hasSize(1);
            assertThat(desk.size(ours.id()).bytesKept()).isZero();
            notFound(() -> desk.report(other.id(), first.run()));

            Files.delete(empty);
            Files.write(cut, Files.readAllBytes(demo.get(1)));
            ImportId again = retried(likeness, ours, first.run());

            assertThat(desk.report(ours.id(), again).totals()).isEqualTo(Map.of(Result.IMPORTED, 1L));
            assertThat(desk.report(ours.id(), again).grant()).isEqualTo(report.grant());
            assertThat(desk.imports(ours.id(), Optional.empty(), 9))
                    .extracting(run -> run.id())
                    .containsExactly(again, first.run());
            assertThat(desk.size(ours.id()).bytesKept()).isZero(); // linked, as the first time
        }
    }

    @Test
    void what_is_tried_again_waits_while_another_import_holds_the_collection() throws Exception {
        List<Path> demo = TestPhotos.demo(temp.resolve("originals"));
        Path cut = Files.writeString(temp.resolve("cut.jpg"), "no photo");
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        BlockingQueue<ImportQueue.Progress> heard = new LinkedBlockingQueue<>();
        try (Likeness likeness = Likeness.open(Settings.of(temp.resolve("data")))) {
            Collection ours = likeness.createCollection("ours", Profile.HOUSEHOLD);
            ImportId first = likeness.importPhotos(
                            ours, List.of(cut), Storage.COPY, Optional.empty(), Optional.empty(), (_, _) -> {})
                    .run();
            Files.write(cut, Files.readAllBytes(demo.get(1)));
            Thread other = Thread.ofPlatform()
                    .start(() -> likeness.importPhotos(
                            ours, demo.subList(0, 1), Storage.COPY, Optional.empty(), Optional.empty(), (_, _) -> {
                                held.countDown();
                                await(over);
                            }));
            await(held);
            try (ImportQueue queue = likeness.startImports();
                    AutoCloseable _ = queue.listen(heard::add)) {
                assertThat(queue.retry(ours.id(), MemberId.next(), first)).isEqualTo(1);
                while (!heard.take().waiting()) {}
                over.countDown();
                ImportQueue.Progress last = heard.take();
                while (!last.ended()) {
                    last = heard.take();
                }
                assertThat(last.results()).isEqualTo(Map.of(Result.IMPORTED, 1L));
            }
            other.join();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static ImportId retried(Likeness likeness, Collection ours, ImportId run) throws Exception {
        BlockingQueue<ImportQueue.Progress> heard = new LinkedBlockingQueue<>();
        try (ImportQueue queue = likeness.startImports();
                AutoCloseable _ = queue.listen(heard::add)) {
            assertThat(queue.retry(ours.id(), MemberId.next(), run)).isEqualTo(1);
            ImportQueue.Progress last = heard.take();
            while (!last.ended()) {
                last = heard.take();
            }
            assertThat(last.problem()).isEmpty();
            return last.run().orElseThrow();
        }
    }
}
