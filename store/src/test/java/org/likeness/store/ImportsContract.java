package org.likeness.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.collection.Profile;
import org.likeness.core.ingest.ImportId;
import org.likeness.core.ingest.ImportJob;
import org.likeness.core.ingest.ImportRun;
import org.likeness.core.ingest.WatchedFolder;
import org.likeness.core.ingest.WatchedFolder.Problem;
import org.likeness.core.ingest.WatchedFolderId;
import org.likeness.core.member.MemberId;
import org.likeness.core.photo.Sha256;
import org.likeness.core.photo.Storage;

/// What the records do for imports that wait.
abstract class ImportsContract extends TimelineContract {
    private ImportJob job(Samples.Home home, Instant at) {
        ImportRun run = new ImportRun(
                ImportId.next(), home.id(), home.grant().id(), Storage.COPY, Samples.NOW, Optional.empty());
        Samples.change(records, tx -> tx.add(run));
        return new ImportJob(run.id(), home.id(), MemberId.next(), at);
    }

    private List<ImportJob> jobs() {
        return records.read(tx -> tx.imports().jobs());
    }

    @Test
    void an_import_waits_to_be_tried_again_once_and_in_the_order_it_was_asked_for() {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        ImportJob late = job(home, Samples.NOW.plusSeconds(9));
        ImportJob early = job(home, Samples.NOW);
        records.note(tx -> tx.imports().add(late));
        records.note(tx -> tx.imports().add(early));
        records.note(tx -> tx.imports().add(new ImportJob(early.run(), home.id(), MemberId.next(), late.queuedAt())));
        assertThat(jobs()).containsExactly(early, late);

        records.note(tx -> tx.imports().remove(early.run()));
        assertThat(jobs()).containsExactly(late);
        ImportJob ofNone = new ImportJob(ImportId.next(), home.id(), MemberId.next(), Samples.NOW);
        fails(
                LikenessException.Kind.NOT_FOUND,
                () -> records.note(tx -> tx.imports().add(ofNone)));
    }

    private static WatchedFolder folder(Samples.Home home, String path) {
        return new WatchedFolder(
                WatchedFolderId.next(),
                home.id(),
                home.source().id(),
                Path.of(path),
                Storage.LINK,
                Actor.OWNER,
                Samples.NOW,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private WatchedFolder only(Samples.Home home) {
        List<WatchedFolder> all = records.read(tx -> tx.imports().watchedFolders(home.id()));
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    @Test
    void a_folder_is_watched_once_in_a_collection_and_says_how_it_is() {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        Samples.Home other = samples.home(records, "other", Profile.HOUSEHOLD);
        WatchedFolder watched = folder(home, "/photos/grüße");
        Samples.change(records, tx -> tx.imports().add(watched));
        assertThat(only(home)).isEqualTo(watched);
        Samples.change(records, tx -> tx.imports().add(folder(other, "/photos/grüße")));
        assertThat(records.<List<WatchedFolder>>read(tx -> tx.imports().watchedFolders()))
                .hasSize(2);
        fails(
                LikenessException.Kind.CONFLICT,
                () -> Samples.change(records, tx -> tx.imports().add(folder(home, "/photos/grüße"))));
        assertThatIllegalStateException()
                .isThrownBy(() -> records.note(tx -> tx.imports().add(folder(home, "/photos/without an entry"))));

        Instant first = Samples.NOW.plusSeconds(60);
        Instant second = Samples.NOW.plusSeconds(120);
        records.note(tx -> tx.imports().looked(watched.id(), first, Optional.of(Problem.GONE)));
        records.note(tx -> tx.imports().looked(watched.id(), second, Optional.of(Problem.GONE)));
        records.note(tx -> tx.imports().found(watched.id(), second));
        assertThat(only(home).trouble()).contains(new WatchedFolder.Trouble(Problem.GONE, first));
        assertThat(only(home).lookedAt()).contains(second);
        assertThat(only(home).foundAt()).contains(second);
        records.note(tx -> tx.imports().looked(watched.id(), second, Optional.of(Problem.EMPTY)));
        assertThat(only(home).trouble()).contains(new WatchedFolder.Trouble(Problem.EMPTY, second));
        records.note(tx -> tx.imports().looked(watched.id(), second, Optional.empty()));
        assertThat(only(home).trouble()).isEmpty();
        assertThat(only(other).lookedAt()).isEmpty();
    }

    @Test
    void files_of_a_folder_come_to_an_end_once_and_are_forgotten_with_it() {
        Samples.Home home = samples.home(records, "home", Profile.HOUSEHOLD);
        WatchedFolder watched = folder(home, "/photos");
        Samples.change(records, tx -> tx.imports().add(watched));
        List<Sha256> marks = IntStream.range(0, 1_200)
                .mapToObj(i -> new Sha256(String.format(Locale.ROOT, "%064x", i)))
                .toList();
        List<Sha256> ended = marks.subList(0, 1_100);
        assertThat(hasSettled(watched)).isFalse();
        records.note(tx -> tx.imports().settle(watched.id(), ended.subList(0, 600)));
        records.note(tx -> tx.imports().settle(watched.id(), ended));
        assertThat(settled(watched, marks)).isEqualTo(Set.copyOf(ended));
        assertThat(settled(watched, List.of())).isEmpty();
        assertThat(hasSettled(watched)).isTrue();
        records.note(tx -> tx.imports().unsettle(watched.id()));
        assertThat(settled(watched, marks)).isEmpty();

        records.note(tx -> tx.imports().settle(watched.id(), ended));
        Samples.change(
                records, tx -> assertThat(tx.imports().remove(watched.id())).isTrue());
        Samples.change(
                records, tx -> assertThat(tx.imports().remove(watched.id())).isFalse());
        records.note(tx -> tx.imports().settle(watched.id(), ended)); // an import that ran meanwhile
        assertThat(hasSettled(watched)).isFalse();
    }

    private boolean hasSettled(WatchedFolder folder) {
        return records.read(tx -> tx.imports().hasSettled(folder.id()));
    }

    private Set<Sha256> settled(WatchedFolder folder, List<Sha256> marks) {
        return records.read(tx -> tx.imports().settled(folder.id(), marks));
    }
}
