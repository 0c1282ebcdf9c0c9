package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.demand.Target;
import org.likeness.core.ingest.FileOutcome.Result;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.Storage;
import org.likeness.core.rights.WatchDesk;
import org.likeness.core.rights.WatchDesk.State;
import org.likeness.core.source.Grant;

/// Folders that belong to a collection, with every real part. A look is made when the test says so.
class WatchTest extends WithSources {
    private final BlockingQueue<ImportQueue.Progress> heard = new LinkedBlockingQueue<>();
    private Path folder;
    private Collection ours;
    private ImportQueue queue;
    private FolderWatch watch;

    @BeforeEach
    void begin() throws IOException {
        folder = Files.createDirectory(temp.resolve("folder"));
        Files.createDirectory(folder.resolve("summer"));
        ours = household("ours");
        service();
    }

    private void service() {
        queue = likeness.startImports();
        var _ = queue.listen(heard::add);
        watch = new FolderWatch(likeness.watches(), likeness.records(), clock, queue);
    }

    private void restart() {
        end();
        reopen();
        service();
    }

    @AfterEach
    void end() {
        watch.close();
        queue.close();
    }

    private WatchDesk.Watched add(Path path) {
        return likeness.watches().add(ours, new WatchDesk.Wish(path, Storage.COPY, Optional.empty(), Optional.empty()));
    }

    private WatchDesk.Watched only() {
        List<WatchDesk.Watched> all = likeness.watches().list(ours.id());
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    /// How the import ended that a look found something for.
    private Map<Result, Long> imported() throws InterruptedException {
        ImportQueue.Progress last = heard.take();
        while (!last.ended()) {
            last = heard.take();
        }
        assertThat(last.problem()).isEmpty();
        return last.results();
    }

    private void looksAndFindsNothing() {
        assertThat(watch.lookNow()).isZero();
    }

    private void looksAndFinds() {
        assertThat(watch.lookNow()).isOne();
    }

    private Map<Result, Long> twoLooks() throws InterruptedException {
        looksAndFindsNothing();
        looksAndFinds();
        return imported();
    }

    private void put(int photo, String name) throws IOException {
        Files.copy(photos.get(photo), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private List<Photo> held() {
        return likeness.photos(ours, 99);
    }

    @Test
    void what_is_put_into_a_folder_comes_in_once() throws Exception {
        put(0, "a.jpg");
        put(1, "summer/b.jpg");
        put(2, ".partial.jpg"); // as programs call what they are still writing
        Files.createSymbolicLink(folder.resolve("link.jpg"), photos.get(2));
        assertThat(add(folder).state()).isEqualTo(State.NEW);
        assertThat(twoLooks()).isEqualTo(Map.of(Result.IMPORTED, 2L));
        assertThat(held()).hasSize(2);
        assertThat(only().state()).isEqualTo(State.WATCHED);
        assertThat(only().folder().foundAt()).isPresent();
        looksAndFindsNothing();
        looksAndFindsNothing();

        Files.move(folder.resolve(".partial.jpg"), folder.resolve("c.jpg"));
        assertThat(twoLooks()).isEqualTo(Map.of(Result.IMPORTED, 1L));
        assertThat(likeness.browse().imports(ours.id(), Optional.empty(), 9)).hasSize(2);
        assertThat(audit(Action.FOLDER_WATCHED)).hasSize(1);
        assertThat(audit(Action.IMPORT_STARTED)).allMatch(entry -> entry.actor().equals(Actor.WATCH));
    }

    @Test
    void a_file_that_is_still_written_is_left_alone_until_two_looks_see_it_alike() throws Exception {
        byte[] whole = Files.readAllBytes(photos.getFirst());
        Path file = folder.resolve("a.jpg");
        add(folder);
        for (int part = 1; part < 4; part++) {
            Files.write(file, Arrays.copyOf(whole, part * whole.length / 4));
            looksAndFindsNothing();
        }
        Files.write(file, whole);
        Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        looksAndFindsNothing();
        Files.setLastModifiedTime(file, FileTime.from(clock.instant().plusSeconds(1))); // of the same size
        looksAndFindsNothing();
        looksAndFinds();
        assertThat(imported()).isEqualTo(Map.of(Result.IMPORTED, 1L));
    }

    @Test
    void a_restart_reads_no_file_again_and_a_sidecar_that_came_later_is_heard() throws Exception {
        put(0, "a.jpg");
        put(1, "b.jpg");
        add(folder);
        assertThat(twoLooks()).isEqualTo(Map.of(Result.IMPORTED, 2L));
        restart();
        looksAndFindsNothing();
        looksAndFindsNothing();
        assertThat(held()).hasSize(2);

        Files.writeString(folder.resolve("b.xmp"), "not XMP at all");
        assertThat(twoLooks()).isEqualTo(Map.of(Result.QUARANTINED, 1L));
        looksAndFindsNothing();
        looksAndFindsNothing();
    }

    @Test
    void an_erased_photo_does_not_come_back_though_its_file_lies_there() throws Exception {
        put(0, "a.jpg");
        put(1, "b.jpg");
        WatchDesk.Watched watched = add(folder);
        assertThat(twoLooks()).isEqualTo(Map.of(Result.IMPORTED, 2L));
        Photo gone = held().stream()
                .filter(photo -> photo.location().endsWith("a.jpg"))
                .findFirst()
                .orElseThrow();
        likeness.eraser()
                .execute(likeness.demands().erase(Target.of(gone.id())).demand().id());
        assertThat(held()).hasSize(1);
        restart();
        looksAndFindsNothing();
        looksAndFindsNothing();

        put(0, "copy of a.jpg"); // read, and refused by its content
        assertThat(twoLooks()).isEqualTo(Map.of(Result.REFUSED, 1L));
        looksAndFindsNothing();
        looksAndFindsNothing();
        likeness.watches().end(ours.id(), watched.folder().id());
        assertThat(likeness.watches().list(ours.id())).isEmpty();
        add(folder); // nothing is known of its files any more
        assertThat(twoLooks()).isEqualTo(Map.of(Result.REFUSED, 2L, Result.DUPLICATE, 1L));
        assertThat(held()).hasSize(1);
        assertThat(audit(Action.FOLDER_WATCH_ENDED)).hasSize(1);
    }

    @Test
    void a_folder_that_cannot_be_reached_says_so_and_stops_no_other() throws Exception {
        Path second = Files.createDirectories(temp.resolve("second"));
        put(0, "a.jpg");
        add(folder);
        add(second);
        assertThat(twoLooks()).isEqualTo(Map.of(Result.IMPORTED, 1L));
        Path away = Files.move(folder, temp.resolve("away"));
        Files.copy(photos.get(1), second.resolve("b.jpg"));
        Instant since = clock.instant();
        looksAndFindsNothing();
        clock.advance(Duration.ofHours(1));
        looksAndFinds();
        assertThat(imported()).isEqualTo(Map.of(Result.IMPORTED, 1L));
        WatchDesk.Watched first = likeness.watches().list(ours.id()).getFirst();
        assertThat(first.state()).isEqualTo(State.GONE);
        assertThat(first.folder().trouble().orElseThrow().since()).isEqualTo(since);
        assertThat(held()).hasSize(2); // nothing is deleted because of it

        Files.createDirectory(folder); // as where a disk is not attached
        looksAndFindsNothing();
        assertThat(likeness.watches().list(ours.id()).getFirst().state()).isEqualTo(State.EMPTY);
        Files.delete(folder);
        Files.createSymbolicLink(folder, away); // another folder by the same name
        looksAndFindsNothing();
        assertThat(likeness.watches().list(ours.id()).getFirst().state()).isEqualTo(State.GONE);
        Files.delete(folder);
        Files.move(away, folder);
        looksAndFindsNothing();
        assertThat(likeness.watches().list(ours.id()).getFirst().state()).isEqualTo(State.WATCHED);
    }

    @Test
    void it_stands_still_while_no_grant_is_in_force_and_when_its_source_said_stop() throws Exception {
        put(0, "a.jpg");
        WatchDesk.Watched watched = add(folder);
        Grant grant = watched.grant().orElseThrow();
        assertThat(twoLooks()).isEqualTo(Map.of(Result.IMPORTED, 1L));
        likeness.sources().end(grant.id());
        put(1, "b.jpg");
        looksAndFindsNothing();
        looksAndFindsNothing();
        assertThat(only().state()).isEqualTo(State.NO_GRANT);
        assertThat(held()).hasSize(1);

        likeness.sources().give(watched.source(), REPORTED);
        assertThat(only().state()).isEqualTo(State.WATCHED);
        assertThat(twoLooks()).isEqualTo(Map.of(Result.IMPORTED, 1L, Result.DUPLICATE, 1L));
        stop(watched.source());
        put(2, "c.jpg");
        looksAndFindsNothing();
        looksAndFindsNothing();
        assertThat(only().state()).isEqualTo(State.STOPPED);
    }

    @Test
    void a_folder_is_named_with_care() throws IOException {
        add(folder);
        fails(LikenessException.Kind.CONFLICT, folder);
        fails(LikenessException.Kind.CONFLICT, folder.resolve("summer"));
        fails(LikenessException.Kind.CONFLICT, temp.resolve("folder/../folder"));
        fails(LikenessException.Kind.BAD_INPUT, temp.resolve("none"));
        fails(LikenessException.Kind.BAD_INPUT, photos.getFirst());
        fails(LikenessException.Kind.BAD_INPUT, data.resolve("collections"));
        fails(LikenessException.Kind.BAD_INPUT, temp);
        Collection party = likeness.createCollection("party", Profile.EVENT);
        refused(() -> likeness.watches()
                .add(party, new WatchDesk.Wish(folder, Storage.LINK, Optional.empty(), Optional.empty())));

        Path allowed = Files.createDirectories(temp.resolve("allowed/in"));
        Files.createSymbolicLink(allowed.resolve("out"), folder);
        List<Path> below = List.of(temp.resolve("allowed"));
        for (Path outside : List.of(folder, allowed.resolve("out"), allowed.resolve("../../folder"), temp)) {
            refused(() -> likeness.watches()
                    .addBelow(
                            below,
                            ours,
                            new WatchDesk.Wish(outside, Storage.LINK, Optional.empty(), Optional.empty())));
        }
        assertThat(likeness.watches()
                        .addBelow(
                                below,
                                ours,
                                new WatchDesk.Wish(allowed, Storage.LINK, Optional.empty(), Optional.empty()))
                        .folder()
                        .path())
                .isEqualTo(allowed.toRealPath());
    }

    private void fails(LikenessException.Kind kind, Path path) {
        assertThatExceptionOfType(LikenessException.class)
                .isThrownBy(() -> add(path))
                .matches(e -> e.kind() == kind);
    }
}
