package org.likeness.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.StatementId;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.Purpose;
import org.likeness.core.consent.Audience;
import org.likeness.core.consent.Choice;
import org.likeness.core.consent.ConsentEvent;
import org.likeness.core.consent.ConsentEventId;
import org.likeness.core.consent.Method;
import org.likeness.core.consent.Notice;
import org.likeness.core.consent.Withdrawable;
import org.likeness.core.person.Details;
import org.likeness.core.person.Guardian;
import org.likeness.core.person.GuardianId;
import org.likeness.core.person.Person;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.Sha256;
import org.likeness.core.records.PeopleWriting;

/// People, guardians, notices and answers in SQL both databases understand. One thread at a time, inside
/// a transaction.
final class SqlPeople implements PeopleWriting {
    private static final String DETAILS = "details";

    private final Supplier<Sql> reading;
    private final Supplier<Sql> changing;
    private final Keys keys;
    private final PersonSeal seal;
    private final SqlNotices notices;
    private final List<Person> newSecrets = new ArrayList<>();

    /// @param changing refuses where nothing may be changed
    SqlPeople(Supplier<Sql> reading, Supplier<Sql> changing, Keys keys) {
        this.reading = reading;
        this.changing = changing;
        this.keys = keys;
        this.seal = new PersonSeal(keys);
        this.notices = new SqlNotices(reading, changing);
    }

    @Override
    public Optional<Person> person(PersonId id) {
        return reading.get().first("SELECT * FROM person WHERE id = ?", SqlPeople::person, id);
    }

    @Override
    public List<Person> people(CollectionId collection) {
        return reading.get()
                .list("SELECT * FROM person WHERE collection = ? ORDER BY added_at, id", SqlPeople::person, collection);
    }

    private static Person person(ResultSet row) throws SQLException {
        return new Person(
                PersonId.parse(row.getString("id")),
                CollectionId.parse(row.getString("collection")),
                Person.State.valueOf(row.getString("state")),
                Optional.ofNullable(row.getString("majority_on")).map(LocalDate::parse),
                Rows.instant(row, "added_at"));
    }

    /// A sealed part and whose it is.
    private record Part(CollectionId collection, PersonId person, PersonSeal.Sealed sealed) {}

    private static Part part(ResultSet row) throws SQLException {
        return new Part(
                CollectionId.parse(row.getString("collection")),
                PersonId.parse(row.getString("person")),
                new PersonSeal.Sealed(
                        Math.toIntExact(row.getLong("key_version")), row.getBytes("nonce"), row.getBytes("sealed")));
    }

    @Override
    public Optional<Details> details(PersonId person) {
        return reading.get()
                .first(
                        "SELECT collection, id AS person, key_version, nonce, sealed FROM person"
                                + " WHERE id = ? AND sealed IS NOT NULL",
                        SqlPeople::part,
                        person)
                .map(part -> open(part, DETAILS));
    }

    @Override
    public Optional<Details> details(GuardianId guardian) {
        return reading.get()
                .first(
                        "SELECT collection, person, key_version, nonce, sealed FROM guardian"
                                + " WHERE id = ? AND sealed IS NOT NULL",
                        SqlPeople::part,
                        guardian)
                .map(part -> open(part, what(guardian)));
    }

    private static String what(GuardianId guardian) {
        return "guardian " + guardian;
    }

    private Details open(Part part, String what) {
        byte[] plain = seal.open(part.collection(), part.person(), what, part.sealed());
        try {
            return DetailsForm.read(plain);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private PersonSeal.Sealed sealed(CollectionId collection, PersonId person, String what, Details details) {
        byte[] plain = DetailsForm.write(details);
        try {
            return seal.seal(collection, keyVersion(collection), person, what, plain);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private int keyVersion(CollectionId collection) {
        return Math.toIntExact(reading.get()
                .first("SELECT key_version FROM collection WHERE id = ?", row -> row.getLong(1), collection)
                .orElseThrow(() -> SqlReading.notFound("collection " + collection)));
    }

    @Override
    public List<Guardian> guardians(PersonId person) {
        return reading.get()
                .list("SELECT * FROM guardian WHERE person = ? ORDER BY added_at, id", SqlPeople::guardian, person);
    }

    @Override
    public Optional<Guardian> guardian(GuardianId id) {
        return reading.get().first("SELECT * FROM guardian WHERE id = ?", SqlPeople::guardian, id);
    }

    private static Guardian guardian(ResultSet row) throws SQLException {
        return new Guardian(
                GuardianId.parse(row.getString("id")),
                PersonId.parse(row.getString("person")),
                Rows.instant(row, "added_at"),
                Rows.optionalInstant(row, "notified_at"));
    }

    @Override
    public List<ConsentEvent> consentEvents(PersonId person) {
        return reading.get()
                .list("SELECT * FROM consent_event WHERE person = ? ORDER BY seq", SqlPeople::event, person);
    }

    private static ConsentEvent event(ResultSet row) throws SQLException {
        Audience audience = switch (row.getString("audience")) {
            case "MYSELF" -> new Audience.Myself();
            case "STAFF" -> new Audience.Staff();
            default -> new Audience.Group(row.getString("audience_group"));
        };
        String shown = row.getString("text_sha256");
        return new ConsentEvent(
                ConsentEventId.parse(row.getString("id")),
                CollectionId.parse(row.getString("collection")),
                PersonId.parse(row.getString("person")),
                Optional.ofNullable(row.getString("guardian")).map(GuardianId::parse),
                new Choice(Purpose.valueOf(row.getString("purpose")), audience),
                ConsentEvent.Act.valueOf(row.getString("act")),
                shown == null
                        ? Optional.empty()
                        : Optional.of(new Notice.Shown(
                                Math.toIntExact(row.getLong("notice_version")),
                                row.getString("language"),
                                new Sha256(shown))),
                Math.toIntExact(row.getLong("basis_version")),
                Method.valueOf(row.getString("method")),
                new Actor(row.getString("captured_by")),
                Rows.instant(row, "at"),
                Rows.optionalInstant(row, "ends_at"));
    }

    @Override
    public List<Instant> ownSearches(PersonId person) {
        return reading.get()
                .list("SELECT at FROM own_search WHERE person = ? ORDER BY at", row -> Rows.instant(row, "at"), person);
    }

    @Override
    public List<Notice> notices(CollectionId collection) {
        return notices.all(collection);
    }

    @Override
    public Optional<Notice> notice(CollectionId collection, int version) {
        return notices.version(collection, version);
    }

    @Override
    public Optional<Notice> currentNotice(CollectionId collection) {
        return notices.current(collection);
    }

    @Override
    public int materialNoticeVersion(CollectionId collection) {
        return notices.material(collection);
    }

    @Override
    public Optional<Withdrawable> withdrawable(Sha256 codeSha256) {
        return reading.get()
                .first(
                        "SELECT * FROM withdrawal_code WHERE sha256 = ?",
                        row -> new Withdrawable(
                                new Sha256(row.getString("sha256")),
                                PersonId.parse(row.getString("person")),
                                Optional.ofNullable(row.getString("guardian")).map(GuardianId::parse),
                                StatementId.parse(row.getString("statement"))),
                        codeSha256);
    }

    @Override
    public long personalRows(PersonId person) {
        return reading.get()
                .count(
                        "SELECT (SELECT COUNT(*) FROM person WHERE id = ? AND sealed IS NOT NULL)"
                                + " + (SELECT COUNT(*) FROM guardian WHERE person = ? AND sealed IS NOT NULL)"
                                + " + (SELECT COUNT(*) FROM withdrawal_code WHERE person = ?)"
                                + " + (SELECT COUNT(*) FROM own_search WHERE person = ?)"
                                + " + (SELECT COUNT(*) FROM person_reference WHERE person = ?)",
                        person,
                        person,
                        person,
                        person,
                        person);
    }

    @Override
    public boolean hasSecret(PersonId person) {
        return person(person)
                .map(found -> keys.people().exists(found.collection(), person))
                .orElse(false);
    }

    /// The secret goes to disk before the row can: a row without its secret would be lost, a secret
    /// without a row is
    /// litter.
    @Override
    public void add(Person person, Details details) {
        Sql sql = changing.get();
        keys.people().create(person.collection(), person.id());
        newSecrets.add(person);
        PersonSeal.Sealed sealed = sealed(person.collection(), person.id(), DETAILS, details);
        sql.insert("person")
                .with("id", person.id())
                .with("collection", person.collection())
                .with("state", person.state())
                .with("majority_on", person.majorityOn())
                .with("key_version", sealed.keyVersion())
                .with("nonce", sealed.nonce())
                .with("sealed", sealed.bytes())
                .with("added_at", person.addedAt())
                .run();
    }

    /// Takes back the secrets of people who were never committed. Never after a commit was tried.
    void dropNewSecrets() {
        newSecrets.forEach(person -> keys.people().destroy(person.collection(), person.id()));
    }

    @Override
    public void update(Person person) {
        if (person.state() == Person.State.FORGOTTEN) {
            throw new IllegalArgumentException("forgetting must delete the details as well");
        }
        changed(
                changing.get()
                        .update(
                                "UPDATE person SET state = ?, majority_on = ? WHERE id = ?",
                                person.state(),
                                person.majorityOn().orElse(null),
                                person.id()),
                person.id());
    }

    @Override
    public void update(PersonId id, Details details) {
        Sql sql = changing.get();
        Person person = person(id).orElseThrow(() -> SqlReading.notFound("person " + id));
        store(sql, "person", id.toString(), sealed(person.collection(), id, DETAILS, details));
    }

    private static void store(Sql sql, String table, String id, PersonSeal.Sealed sealed) {
        int rows = sql.update(
                "UPDATE " + table + " SET key_version = ?, nonce = ?, sealed = ? WHERE id = ?",
                sealed.keyVersion(),
                sealed.nonce(),
                sealed.bytes(),
                id);
        if (rows != 1) {
            throw SqlReading.notFound(table + " " + id);
        }
    }

    private static void changed(int rows, PersonId person) {
        if (rows != 1) {
            throw SqlReading.notFound("person " + person);
        }
    }

    @Override
    public void add(Guardian guardian, Details details) {
        Sql sql = changing.get();
        Person person = person(guardian.person()).orElseThrow(() -> SqlReading.notFound("person " + guardian.person()));
        PersonSeal.Sealed sealed = sealed(person.collection(), person.id(), what(guardian.id()), details);
        sql.insert("guardian")
                .with("id", guardian.id())
                .with("collection", person.collection())
                .with("person", person.id())
                .with("key_version", sealed.keyVersion())
                .with("nonce", sealed.nonce())
                .with("sealed", sealed.bytes())
                .with("added_at", guardian.addedAt())
                .with("notified_at", guardian.notifiedAt())
                .run();
    }

    @Override
    public void update(GuardianId id, Details details) {
        Guardian guardian = guardian(id).orElseThrow(() -> SqlReading.notFound("guardian " + id));
        Person person = person(guardian.person()).orElseThrow(() -> SqlReading.notFound("person " + guardian.person()));
        PersonSeal.Sealed sealed = sealed(person.collection(), person.id(), what(id), details);
        store(changing.get(), "guardian", id.toString(), sealed);
    }

    @Override
    public void remove(GuardianId id) {
        if (changing.get().update("DELETE FROM guardian WHERE id = ?", id) != 1) {
            throw SqlReading.notFound("guardian " + id);
        }
    }

    @Override
    public void notified(GuardianId guardian, Instant at) {
        int rows = changing.get()
                .update("UPDATE guardian SET notified_at = ? WHERE id = ? AND notified_at IS NULL", at, guardian);
        if (rows != 1) {
            throw SqlReading.notFound("guardian " + guardian + " who was not told yet");
        }
    }

    @Override
    public void add(Notice notice) {
        notices.add(notice);
    }

    @Override
    public void add(ConsentEvent event) {
        Optional<String> group =
                event.choice().audience() instanceof Audience.Group(String name) ? Optional.of(name) : Optional.empty();
        String audience = switch (event.choice().audience()) {
            case Audience.Myself _ -> "MYSELF";
            case Audience.Group _ -> "GROUP";
            case Audience.Staff _ -> "STAFF";
        };
        changing.get()
                .insert("consent_event")
                .with("id", event.id())
                .with("collection", event.collection())
                .with("person", event.person())
                .with("guardian", event.guardian())
                .with("purpose", event.choice().purpose())
                .with("audience", audience)
                .with("audience_group", group)
                .with("act", event.act())
                .with("notice_version", event.shown().map(Notice.Shown::version))
                .with("language", event.shown().map(Notice.Shown::language))
                .with("text_sha256", event.shown().map(Notice.Shown::sha256))
                .with("basis_version", event.basisVersion())
                .with("method", event.method())
                .with("captured_by", event.capturedBy().pseudonym())
                .with("at", event.at())
                .with("ends_at", event.endsAt())
                .run();
    }

    @Override
    public void add(Withdrawable withdrawable) {
        Sql sql = changing.get();
        Person person =
                person(withdrawable.person()).orElseThrow(() -> SqlReading.notFound("person " + withdrawable.person()));
        sql.insert("withdrawal_code")
                .with("sha256", withdrawable.codeSha256())
                .with("collection", person.collection())
                .with("person", person.id())
                .with("guardian", withdrawable.guardian())
                .with("statement", withdrawable.statement())
                .run();
    }

    @Override
    public void addOwnSearch(PersonId person, Instant at) {
        changing.get()
                .update(
                        "INSERT INTO own_search (collection, person, at) SELECT collection, id, ? FROM person"
                                + " WHERE id = ? AND NOT EXISTS (SELECT 1 FROM own_search WHERE person = ? AND at = ?)",
                        at,
                        person,
                        person,
                        at);
    }

    @Override
    public void forget(PersonId person) {
        Sql sql = changing.get();
        sql.update("DELETE FROM person_reference WHERE person = ?", person);
        sql.update("DELETE FROM withdrawal_code WHERE person = ?", person);
        sql.update("DELETE FROM own_search WHERE person = ?", person);
        sql.update("UPDATE guardian SET key_version = NULL, nonce = NULL, sealed = NULL WHERE person = ?", person);
        changed(
                sql.update(
                        "UPDATE person SET state = 'FORGOTTEN', majority_on = NULL, key_version = NULL, nonce = NULL,"
                                + " sealed = NULL WHERE id = ?",
                        person),
                person);
    }

    @Override
    public long deleteForgotten(PersonId person) {
        Sql sql = changing.get();
        return (long) sql.update("DELETE FROM person_reference WHERE person = ?", person)
                + sql.update("DELETE FROM face_decision WHERE person = ?", person)
                + sql.update("DELETE FROM search_attempt WHERE person = ?", person)
                + sql.update("DELETE FROM consent_event WHERE person = ?", person)
                + sql.update("DELETE FROM withdrawal_code WHERE person = ?", person)
                + sql.update("DELETE FROM own_search WHERE person = ?", person)
                + sql.update("DELETE FROM guardian WHERE person = ?", person)
                + sql.update("DELETE FROM person WHERE id = ?", person);
    }

    private void requireChanging() {
        Objects.requireNonNull(changing.get());
    }

    @Override
    public void destroySecret(PersonId id) {
        requireChanging();
        Person person = person(id).orElseThrow(() -> SqlReading.notFound("person " + id));
        if (person.state() != Person.State.FORGOTTEN) {
            throw new IllegalStateException("a secret may go only once its person is forgotten");
        }
        keys.destroyPersonKey(person.collection(), id.value());
    }

    @Override
    public long resealDetails(CollectionId collection) {
        Sql sql = changing.get();
        int version = keyVersion(collection);
        List<PersonId> people = sql.list(
                "SELECT id FROM person WHERE collection = ? AND key_version <> ?",
                row -> PersonId.parse(row.getString("id")),
                collection,
                version);
        for (PersonId person : people) {
            update(person, details(person).orElseThrow());
        }
        List<Guardian> guardians = sql.list(
                "SELECT * FROM guardian WHERE collection = ? AND key_version <> ?",
                SqlPeople::guardian,
                collection,
                version);
        for (Guardian guardian : guardians) {
            Details details = details(guardian.id()).orElseThrow();
            store(
                    sql,
                    "guardian",
                    guardian.id().toString(),
                    sealed(collection, guardian.person(), what(guardian.id()), details));
        }
        return (long) people.size() + guardians.size();
    }
}
