package org.likeness.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.CollectionKey;
import org.likeness.core.person.Person;
import org.likeness.core.person.PersonId;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.Records;
import org.likeness.core.source.Source;

/// Says within moments what a breach of one data directory would mean: who is affected, by which kinds
/// of data, and whether who took the records could read them (GDPR, Art. 33 and 34). Thread-safe.
public final class BreachDesk {
    private final Records records;
    private final Clock clock;
    private final Actor actor;
    private final Settings settings;

    BreachDesk(Records records, Clock clock, Actor actor, Settings settings) {
        this.records = records;
        this.clock = clock;
        this.actor = actor;
        this.settings = settings;
    }

    /// What somebody can do with data of a kind who has the data directory and nothing else.
    public enum Protection {
        /// Read it.
        READABLE,
        /// Nothing without the folder of keys.
        SEALED,
        /// Nothing at all: the keys were destroyed.
        DESTROYED
    }

    /// A kind of data and how much there is of it.
    ///
    /// @param name a word of a closed list
    public record DataKind(String name, long count, Protection protection) {}

    /// What of one collection is affected.
    ///
    /// @param people who were not forgotten; people in photos whom nobody knows come on top
    public record Affected(Collection collection, List<PersonId> people, List<DataKind> kinds) {
        public Affected {
            people = List.copyOf(people);
            kinds = List.copyOf(kinds);
        }
    }

    /// Where the keys are.
    ///
    /// @param inDataDirectory whether who takes the data directory has them too
    /// @param reachableByOthers whether other accounts of this machine can reach them
    /// @param missing keys in use that are not there
    public record KeyState(boolean inDataDirectory, boolean reachableByOthers, long missing) {}

    /// The answer, and the clock it started.
    ///
    /// @param notifyBy when the authority must have been told, if this were real
    /// @param readable whether the data directory alone shows templates and what names people
    public record Drill(Instant startedAt, Instant notifyBy, KeyState keys, boolean readable, List<Affected> affected) {
        public Drill {
            affected = List.copyOf(affected);
        }

        public long people() {
            return affected.stream().mapToLong(one -> one.people().size()).sum();
        }
    }

    /// Makes the list, starts the clock and records both in the log; the entry's count is how many
    /// people it names.
    ///
    /// @param collections those that are affected
    public Drill drill(List<Collection> collections) {
        Instant now = clock.instant();
        KeyState keys = keyState(collections);
        return records.change(tx -> {
            List<Affected> affected =
                    collections.stream().map(one -> affected(tx, one)).toList();
            Drill drill = new Drill(now, now.plus(settings.breachTerm()), keys, keys.inDataDirectory(), affected);
            AuditEntry entry = collections.size() == 1
                    ? entry(now, collections.getFirst().id())
                    : AuditEntry.of(now, actor, Action.BREACH_DRILLED, tx.log().installation());
            return new Records.Changed<>(drill, entry.withCount(drill.people()));
        });
    }

    private AuditEntry entry(Instant now, CollectionId collection) {
        UUID object = collection.value();
        return AuditEntry.of(now, actor, Action.BREACH_DRILLED, object, collection);
    }

    private Affected affected(ReadTransaction tx, Collection collection) {
        CollectionId id = collection.id();
        List<Person> people = tx.people().people(id).stream()
                .filter(person -> person.state() != Person.State.FORGOTTEN)
                .toList();
        Protection sealed = tx.vault().shredded(id) ? Protection.DESTROYED : Protection.SEALED;
        long guardians = 0;
        long answers = 0;
        for (Person person : people) {
            guardians += tx.people().guardians(person.id()).size();
            answers += tx.people().consentEvents(person.id()).size();
        }
        List<Source> sources = tx.sources(id);
        long references = tx.references().of(id).size();
        List<DataKind> kinds = new ArrayList<>();
        kinds.add(new DataKind("photos", tx.photoCount(id), Protection.READABLE));
        kinds.add(new DataKind("faces", tx.faceCount(id), Protection.READABLE));
        kinds.add(new DataKind("templates of faces", tx.templateCount(id) - references, sealed));
        kinds.add(new DataKind("references of people", references, sealed));
        kinds.add(new DataKind("people's details", people.size(), sealed));
        kinds.add(new DataKind("guardians' details", guardians, sealed));
        kinds.add(new DataKind("answers to consent", answers, Protection.READABLE));
        kinds.add(new DataKind("searches", tx.searches().count(id), Protection.READABLE));
        kinds.add(new DataKind("decisions on faces", tx.decisions().count(id), Protection.READABLE));
        kinds.add(new DataKind("sources", sources.size(), Protection.READABLE));
        return new Affected(
                collection,
                people.stream().map(Person::id).toList(),
                kinds.stream().filter(kind -> kind.count() > 0).toList());
    }

    private KeyState keyState(List<Collection> collections) {
        Path keys = settings.keys().toAbsolutePath().normalize();
        long missing = collections.stream()
                .filter(collection -> records.read(tx -> !tx.vault().shredded(collection.id())))
                .filter(collection -> !Files.exists(keys.resolve(keyFile(collection))))
                .count();
        return new KeyState(
                keys.startsWith(settings.data().toAbsolutePath().normalize()), reachableByOthers(keys), missing);
    }

    private String keyFile(Collection collection) {
        List<CollectionKey> versions = records.read(tx -> tx.vault().keys(collection.id()));
        return collection.id() + "." + versions.getLast().version() + ".key";
    }

    private static boolean reachableByOthers(Path keys) {
        Set<PosixFilePermission> owner = EnumSet.of(
                PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
        try (Stream<Path> files = Files.walk(keys, 1)) {
            for (Path file : files.toList()) {
                if (!owner.containsAll(Files.getPosixFilePermissions(file))) {
                    return true;
                }
            }
            return false;
        } catch (UnsupportedOperationException _) {
            return true; // nothing says that they cannot
        } catch (IOException e) {
            throw new LikenessException(
                            LikenessException.Kind.UNAVAILABLE,
                            "the folder of keys cannot be looked at\nCheck the disk and its rights.",
                            e)
                    .called("keys.disk");
        }
    }
}
