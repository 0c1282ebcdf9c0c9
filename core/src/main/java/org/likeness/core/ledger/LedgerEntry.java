package org.likeness.core.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.likeness.core.Ids;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.photo.Sha256;

/// One thing that must stay stopped or gone, whatever copy of the records is put back. Immutable; holds
/// ids, hashes, numbers and words of closed lists only.
///
/// It says enough to do it again in records that know nothing of it: an older copy may hold the photo,
/// or may be offered it again.
///
/// @param at when it was first done
/// @param object the id of what it is about, of the kind that the scope says
/// @param facts what else is needed to do it again, such as the region of a face; see the class that
///     follows its kind
/// @param photos the SHA-256 of the photos it is about, at most [#PHOTOS_MAX]: more are several entries
public record LedgerEntry(
        UUID id,
        Instant at,
        Kind kind,
        Scope scope,
        UUID object,
        Optional<CollectionId> collection,
        Map<String, String> facts,
        List<Sha256> photos) {
    /// In one entry, so that a line stays readable at once.
    public static final int PHOTOS_MAX = 1_000;

    private static final String NONE = "-";
    private static final Pattern NAME = Pattern.compile("[a-zA-Z]{1,32}");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9.:,_-]{1,4000}");
    private static final Pattern FORM =
            Pattern.compile("([0-9a-f-]{36}) (-?\\d{1,18}) ([A-Z_]{1,32}) ([A-Z]{1,16}) ([0-9a-f-]{36})"
                    + " ([0-9a-f-]{36}|-) ([^ \n]+) ([0-9a-f,]+|-)");

    /// What was done.
    public enum Kind {
        /// A source said stop.
        STOP,
        ERASE,
        /// A consent was taken back, refused after all, or ended by whoever runs the collection.
        WITHDRAW,
        OBJECT,
        RESTRICT,
        /// Ends a stop, an objection or a restriction of the same object that came before.
        LIFT,
        KEY_DESTROYED
    }

    /// What the object is.
    public enum Scope {
        PHOTO,
        FACE,
        PERSON,
        SOURCE,
        COLLECTION
    }

    public LedgerEntry {
        at = Instant.ofEpochMilli(at.toEpochMilli());
        facts = Collections.unmodifiableMap(new TreeMap<>(facts));
        photos = List.copyOf(photos);
        if (photos.size() > PHOTOS_MAX) {
            throw new IllegalArgumentException(
                    "an entry must name at most " + PHOTOS_MAX + " photos but names " + photos.size());
        }
        facts.forEach((name, value) -> {
            if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
                throw new IllegalArgumentException("fact " + name + " must be an id, a hash, a number or such a list");
            }
        });
    }

    /// An entry without facts and photos.
    public static LedgerEntry of(Instant at, Kind kind, Scope scope, UUID object, CollectionId collection) {
        return new LedgerEntry(Ids.next(), at, kind, scope, object, Optional.of(collection), Map.of(), List.of());
    }

    public LedgerEntry with(String fact, String value) {
        Map<String, String> more = new TreeMap<>(facts);
        more.put(fact, value);
        return new LedgerEntry(id, at, kind, scope, object, collection, more, photos);
    }

    public LedgerEntry withPhotos(List<Sha256> hashes) {
        return new LedgerEntry(id, at, kind, scope, object, collection, facts, hashes);
    }

    /// This entry for any number of photos: as many entries as that takes, at least one, alike but for
    /// their ids.
    public List<LedgerEntry> forPhotos(List<Sha256> hashes) {
        if (hashes.size() <= PHOTOS_MAX) {
            return List.of(withPhotos(hashes));
        }
        List<LedgerEntry> entries = new ArrayList<>();
        for (int from = 0; from < hashes.size(); from += PHOTOS_MAX) {
            List<Sha256> some = hashes.subList(from, Math.min(hashes.size(), from + PHOTOS_MAX));
            entries.add(new LedgerEntry(Ids.next(), at, kind, scope, object, collection, facts, some));
        }
        return List.copyOf(entries);
    }

    public Optional<String> fact(String name) {
        return Optional.ofNullable(facts.get(name));
    }

    /// The entry as eight words of ASCII: id, milliseconds since 1970-01-01 UTC, kind, scope, object,
    /// collection, facts as `name=value;name=value` by name, hashes with commas; `-` where there is
    /// none.
    public String text() {
        String told = facts.isEmpty()
                ? NONE
                : facts.entrySet().stream()
                        .map(fact -> fact.getKey() + "=" + fact.getValue())
                        .collect(Collectors.joining(";"));
        String hashes =
                photos.isEmpty() ? NONE : photos.stream().map(Sha256::hex).collect(Collectors.joining(","));
        return id + " " + at.toEpochMilli() + " " + kind + " " + scope + " " + object + " "
                + collection.map(CollectionId::toString).orElse(NONE) + " " + told + " " + hashes;
    }

    /// Reads [#text].
    ///
    /// @throws IllegalArgumentException when it is none
    public static LedgerEntry parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("an entry of the deletion ledger must have eight words");
        }
        Map<String, String> facts = new TreeMap<>();
        for (String fact : words(parts.group(7), ";")) {
            int border = fact.indexOf('=');
            if (border < 0) {
                throw new IllegalArgumentException("a fact must have a name and a value");
            }
            facts.put(fact.substring(0, border), fact.substring(border + 1));
        }
        return new LedgerEntry(
                UUID.fromString(parts.group(1)),
                Instant.ofEpochMilli(Long.parseLong(parts.group(2))),
                Kind.valueOf(parts.group(3)),
                Scope.valueOf(parts.group(4)),
                UUID.fromString(parts.group(5)),
                words(parts.group(6), ",").stream().map(CollectionId::parse).findFirst(),
                facts,
                words(parts.group(8), ",").stream().map(Sha256::new).toList());
    }

    private static List<String> words(String text, String border) {
        return text.equals(NONE) ? List.of() : Stream.of(text.split(border)).toList();
    }
}
