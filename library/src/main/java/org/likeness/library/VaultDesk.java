package org.likeness.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.collection.Collection;
import org.likeness.core.consent.Reference;
import org.likeness.core.records.Records;
import org.likeness.core.rights.Vaults;
import org.likeness.core.search.Finder;
import org.likeness.core.template.ModelId;
import org.likeness.core.template.Template;

/// The keys of the collections of one data directory: what there is, new ones, no more, and what they are worth.
/// Thread-safe.
public final class VaultDesk {
    private final Records records;
    private final Clock clock;
    private final Actor actor;
    private final Engines engines;
    private final Vaults vaults;

    /// The models at work.
    interface Engines {
        /// Those that are open.
        Stream<Engine> open();

        /// The one of a model, opened if it is not.
        Engine of(ModelId model);

        /// The one of the settings.
        Engine ofSettings();
    }

    VaultDesk(Records records, Clock clock, Actor actor, Engines engines) {
        this.records = records;
        this.clock = clock;
        this.actor = actor;
        this.engines = engines;
        this.vaults = new Vaults(
                records,
                clock,
                id -> engines.open().forEach(engine -> engine.indexes().forget(id)));
    }

    /// The keys of a collection and what they hold.
    public Vaults.Status status(Collection collection) {
        return vaults.status(collection);
    }

    /// See [Vaults#rekey].
    public Vaults.Rekeyed rekey(Collection collection, LongConsumer progress) {
        return vaults.rekey(collection, actor, progress);
    }

    /// See [Vaults#shred]. There is no way back.
    public Vaults.Shredded shred(Collection collection) {
        return vaults.shred(collection, actor);
    }

    /// Opens every stored template and reference of a collection once and says how many there were.
    ///
    /// @throws LikenessException CORRUPT when one does not open
    long openAll(Collection collection) {
        Instant now = clock.instant();
        return records.<Long>read(tx -> {
            long[] count = new long[1];
            var _ = tx.templates(collection.id(), 0, now, (_, _) -> count[0]++);
            return count[0]
                    + tx.references().of(collection.id()).stream()
                            .map(Reference::person)
                            .distinct()
                            .mapToLong(person ->
                                    tx.references().templates(person, now).size())
                            .sum();
        });
    }

    void settle() {
        vaults.settle(actor);
    }

    /// Attacks the templates of a collection as it keeps them: what somebody would have who broke their seals. Each
    /// counts as a person of its own, so only attacks on the same photo are made.
    ///
    /// @throws LikenessException REFUSED when the collection keeps none, or was shredded
    public AttackTable attack(Collection collection) {
        List<List<Template>> kept = new ArrayList<>();
        records.read(tx -> {
            tx.vault().requireNotShredded(collection.id());
            return tx.templates(collection.id(), 0, clock.instant(), (_, template) -> kept.add(List.of(template)));
        });
        return AttackTable.of(
                kept, engines.of(collection.model()).reader().model().metric(), 0, AttackTable.SEED);
    }

    /// Attacks templates of labelled photos, made by the model of the settings. Nothing is stored.
    ///
    /// @param folders each with a folder for every person
    public AttackTable attack(List<Path> folders) {
        Engine engine = engines.ofSettings();
        List<List<Template>> people = new ArrayList<>();
        int skipped = 0;
        for (Path folder : folders) {
            for (Path person :
                    listed(folder).stream().filter(Files::isDirectory).toList()) {
                List<Template> own = new ArrayList<>();
                for (Path photo : listed(person)) {
                    Optional<Template> template = template(engine.finder(), photo);
                    template.ifPresent(own::add);
                    skipped += template.isPresent() ? 0 : 1;
                }
                if (!own.isEmpty()) {
                    people.add(own);
                }
            }
        }
        return AttackTable.of(people, engine.reader().model().metric(), skipped, AttackTable.SEED);
    }

    private static List<Path> listed(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new LikenessException(
                    LikenessException.Kind.BAD_INPUT,
                    "a folder of photos cannot be listed\nName a folder that holds a folder for each person.",
                    e);
        }
    }

    /// Of the largest face; empty where there is none.
    private static Optional<Template> template(Finder finder, Path photo) {
        try {
            return Optional.of(finder.probe(photo, true).template(1));
        } catch (LikenessException e) {
            if (e.kind() == LikenessException.Kind.BAD_INPUT) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
