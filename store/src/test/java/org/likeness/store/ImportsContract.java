package org.likeness.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.Profile;
import org.likeness.core.ingest.ImportId;
import org.likeness.core.ingest.ImportJob;
import org.likeness.core.ingest.ImportRun;
import org.likeness.core.member.MemberId;

/// What the records do for imports that wait.
abstract class ImportsContract extends TimelineContract {
    private ImportJob job(Samples.Home home, Instant at) {
        ImportRun run = new ImportRun(ImportId.next(), home.id(), home.grant().id(), Samples.NOW, Optional.empty());
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
}
