package org.likeness.store;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.likeness.core.LikenessException;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.Profile;
import org.likeness.core.consent.ConsentEventId;
import org.likeness.core.consent.Reference;
import org.likeness.core.consent.ReferenceId;
import org.likeness.core.person.PersonId;
import org.likeness.core.records.ReferencesWriting;
import org.likeness.core.template.ModelId;
import org.likeness.core.template.Template;

/// References in SQL both databases understand. One thread at a time, inside a transaction.
///
/// A reference is sealed by [PersonSeal] as `reference <id> <model> <its end in milliseconds>`. The
/// plaintext is the vector as IEEE 754 float32, little endian, nothing else, in the collection's space of
/// its key version.
final class SqlReferences implements ReferencesWriting {
    private final Supplier<Sql> reading;
    private final Supplier<Sql> changing;
    private final PersonSeal seal;
    private final Function<CollectionId, Vault> vault;

    /// @param changing refuses where nothing may be changed
    /// @param vault turns the vectors of a collection
    SqlReferences(Supplier<Sql> reading, Supplier<Sql> changing, Keys keys, Function<CollectionId, Vault> vault) {
        this.reading = reading;
        this.changing = changing;
        this.seal = new PersonSeal(keys);
        this.vault = vault;
    }

    private static Reference reference(ResultSet row) throws SQLException {
        return new Reference(
                ReferenceId.parse(row.getString("id")),
                CollectionId.parse(row.getString("collection")),
                PersonId.parse(row.getString("person")),
                ConsentEventId.parse(row.getString("consent")),
                ModelId.parse(row.getString("model")),
                Rows.instant(row, "created_at"),
                Rows.instant(row, "expires_at"));
    }

    @Override
    public Optional<Reference> reference(ReferenceId id) {
        return reading.get().first("SELECT * FROM person_reference WHERE id = ?", SqlReferences::reference, id);
    }

    @Override
    public List<Reference> of(PersonId person) {
        return reading.get()
                .list("SELECT * FROM person_reference WHERE person = ? ORDER BY seq", SqlReferences::reference, person);
    }

    @Override
    public List<Reference> of(CollectionId collection) {
        return reading.get()
                .list(
                        "SELECT * FROM person_reference WHERE collection = ? ORDER BY seq",
                        SqlReferences::reference,
                        collection);
    }

    /// A row as it is stored.
    private record Stored(Reference reference, PersonSeal.Sealed sealed) {}

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(
                reference(row),
                new PersonSeal.Sealed(
                        Math.toIntExact(row.getLong("key_version")), row.getBytes("nonce"), row.getBytes("sealed")));
    }

    @Override
    public List<Template> templates(PersonId person, Instant now) {
        return reading
                .get()
                .list(
                        "SELECT * FROM person_reference WHERE person = ? AND expires_at > ? ORDER BY seq",
                        SqlReferences::stored,
                        person,
                        now)
                .stream()
                .map(this::open)
                .toList();
    }

    private static String what(Reference reference) {
        return "reference " + reference.id() + " " + reference.model() + " "
                + reference.expiresAt().toEpochMilli();
    }

    private Template open(Stored stored) {
        Reference reference = stored.reference();
        byte[] plain = seal.open(reference.collection(), reference.person(), what(reference), stored.sealed());
        float[] values = new float[plain.length / Float.BYTES];
        try {
            ByteBuffer.wrap(plain)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values);
            return vault.apply(reference.collection())
                    .present(reference.model(), stored.sealed().keyVersion(), values);
        } finally {
            Arrays.fill(plain, (byte) 0);
            Arrays.fill(values, 0);
        }
    }

    private PersonSeal.Sealed sealed(Reference reference, Template template) {
        Vault present = vault.apply(reference.collection());
        float[] values = present.keyed(template).values();
        ByteBuffer plain = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            plain.putFloat(value);
        }
        try {
            return seal.seal(
                    reference.collection(),
                    present.space().keyVersion(),
                    reference.person(),
                    what(reference),
                    plain.array());
        } finally {
            Arrays.fill(plain.array(), (byte) 0);
            Arrays.fill(values, 0);
        }
    }

    @Override
    public void add(Reference reference, Template template) {
        Sql sql = changing.get();
        if (!reference.model().equals(template.model())) {
            throw new LikenessException(
                            LikenessException.Kind.REFUSED,
                            "template must be of model " + reference.model() + " but is of " + template.model()
                                    + "\nRead the face again with the collection's model.")
                    .called("search.model");
        }
        PersonSeal.Sealed sealed = sealed(reference, template);
        sql.insert("person_reference")
                .with("id", reference.id())
                .with("collection", reference.collection())
                .with("person", reference.person())
                .with("consent", reference.consent())
                .with("profile", Profile.EVENT)
                .with("model", reference.model())
                .with("key_version", sealed.keyVersion())
                .with("nonce", sealed.nonce())
                .with("sealed", sealed.bytes())
                .with("created_at", reference.createdAt())
                .with("expires_at", reference.expiresAt())
                .run();
    }

    @Override
    public boolean remove(ReferenceId id) {
        return changing.get().update("DELETE FROM person_reference WHERE id = ?", id) > 0;
    }

    @Override
    public long remove(PersonId person) {
        return changing.get().update("DELETE FROM person_reference WHERE person = ?", person);
    }

    /// Opens references of older keys, turns and seals them by the key in use, and says how many that were.
    int reseal(CollectionId collection, int limit) {
        Sql sql = changing.get();
        List<Stored> behind = new ArrayList<>(sql.list(
                "SELECT * FROM person_reference WHERE collection = ? AND key_version <> ? ORDER BY seq LIMIT ?",
                SqlReferences::stored,
                collection,
                vault.apply(collection).space().keyVersion(),
                limit));
        for (Stored one : behind) {
            PersonSeal.Sealed sealed = sealed(one.reference(), open(one));
            sql.update(
                    "UPDATE person_reference SET key_version = ?, nonce = ?, sealed = ? WHERE id = ?",
                    sealed.keyVersion(),
                    sealed.nonce(),
                    sealed.bytes(),
                    one.reference().id());
        }
        return behind.size();
    }
}
