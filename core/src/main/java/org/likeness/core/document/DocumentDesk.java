package org.likeness.core.document;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.likeness.core.collection.Collection;
import org.likeness.core.person.Person;
import org.likeness.core.photo.PhotoFilter;
import org.likeness.core.photo.PhotoState;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.Records;
import org.likeness.core.rights.LogDesk;

/// Makes the documents of a collection from what the records say at one instant. Thread-safe.
public final class DocumentDesk {
    private final Records records;
    private final LogDesk log;
    private final Clock clock;

    public DocumentDesk(Records records, LogDesk log, Clock clock) {
        this.records = records;
        this.log = log;
        this.clock = clock;
    }

    /// All documents, by name; the last is `SHA256SUMS` and lists the hashes of the others.
    ///
    /// Signs the log as it is, so that the documents name a state of it that can be checked. Nothing else
    /// is written: while nothing happens in the collection, the same day gives the same bytes again.
    ///
    /// @throws org.likeness.core.LikenessException CORRUPT when the log contradicts what was signed
    ///     before
    public List<Document> documents(Collection collection, Setup setup) {
        Facts.Proof proof = new Facts.Proof(log.checkpoint(), log.key());
        Instant now = clock.instant();
        return Documents.of(records.read(tx -> facts(tx, collection, setup, proof, now)));
    }

    private static Facts facts(ReadTransaction tx, Collection collection, Setup setup, Facts.Proof proof, Instant now) {
        List<Person> people = tx.people().people(collection.id());
        return new Facts(
                collection,
                now,
                tx.people().currentNotice(collection.id()),
                tx.basis().inForce(collection.id()),
                holdings(tx, collection),
                byState(people),
                people.stream()
                        .flatMap(person -> tx.people().consentEvents(person.id()).stream())
                        .map(event -> event.choice().word())
                        .distinct()
                        .sorted()
                        .toList(),
                tx.sources(collection.id()).stream()
                        .map(source -> new Facts.Held(source, tx.grants(source.id())))
                        .toList(),
                tx.demands().demands().stream()
                        .filter(demand -> demand.collection().equals(collection.id()))
                        .toList(),
                tx.vault().keys(collection.id()),
                setup,
                proof);
    }

    private static Facts.Holdings holdings(ReadTransaction tx, Collection collection) {
        PhotoFilter all = PhotoFilter.all(collection.id());
        long keptOut = Stream.of(PhotoState.values())
                .filter(state -> state != PhotoState.CLEARED)
                .mapToLong(state -> tx.signals().count(all.inState(state)))
                .sum();
        return new Facts.Holdings(
                tx.photoCount(collection.id()),
                keptOut,
                tx.faceCount(collection.id()),
                tx.templateCount(collection.id()),
                tx.references().of(collection.id()).size());
    }

    private static SortedMap<String, Long> byState(List<Person> people) {
        return people.stream()
                .collect(Collectors.groupingBy(person -> person.state().word(), TreeMap::new, Collectors.counting()));
    }
}
