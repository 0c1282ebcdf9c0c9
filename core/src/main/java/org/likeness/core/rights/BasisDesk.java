package org.likeness.core.rights;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.Basis;
import org.likeness.core.collection.BasisDraft;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.Profile;
import org.likeness.core.consent.BasisTerms;
import org.likeness.core.photo.Sha256;
import org.likeness.core.records.ReadTransaction;
import org.likeness.core.records.Records;

/// Records on what a collection rests. Until it has, nothing is compared in it, see
/// [org.likeness.core.collection.EmbeddingGate]. Thread-safe.
public final class BasisDesk {
    private final Records records;
    private final Clock clock;
    private final Actor actor;

    public BasisDesk(Records records, Clock clock, Actor actor) {
        this.records = records;
        this.clock = clock;
        this.actor = actor;
    }

    /// Records the next version. What the draft leaves out stays as it was.
    ///
    /// @throws LikenessException REFUSED naming every field that is missing, for a household, which
    ///     declares by its profile, or when the profile does not allow what the draft says; BAD_INPUT
    ///     when the notice was not published
    public Basis record(Collection collection, BasisDraft draft) {
        if (collection.profile() == Profile.HOUSEHOLD) {
            throw LedgerReader.refused("a household needs no basis: its profile says what it is"
                            + ""
                            + "\nIf others than one household are concerned, make an event:"
                            + " likeness collection create.")
                    .called("basis.household");
        }
        Instant now = clock.instant();
        return records.change(tx -> {
            tx.vault().requireNotShredded(collection.id());
            Optional<Basis> before = tx.basis().inForce(collection.id());
            Basis basis = before.map(draft::over).orElse(draft).complete(collection, before, now);
            tx.basis().add(basis);
            if (basis.material()) { // who agreed to something else is not found, and nothing to find them by is kept
                ReferenceDesk.removeOver(tx, new LedgerReader(BasisDesk::terms), collection.id(), now);
            }
            return new Records.Changed<>(
                    basis,
                    AuditEntry.of(
                                    now,
                                    actor,
                                    Action.BASIS_RECORDED,
                                    collection.id().value(),
                                    collection.id())
                            .withCount(basis.version()));
        });
    }

    /// All versions, oldest first.
    public List<Basis> versions(Collection collection) {
        return records.read(tx -> tx.basis().versions(collection.id()));
    }

    /// The newest version.
    public Optional<Basis> inForce(Collection collection) {
        return records.read(tx -> tx.basis().inForce(collection.id()));
    }

    /// What the basis in force says about consent; a source for [LedgerReader].
    public static BasisTerms terms(ReadTransaction tx, CollectionId collection) {
        return tx.basis()
                .inForce(collection)
                .map(basis -> new BasisTerms(
                        basis.version(),
                        tx.basis().materialVersion(collection),
                        basis.retention().inactivity(),
                        basis.retention().purposeEndsAt(),
                        Optional.of(hash(basis.controller()))))
                .orElse(BasisTerms.NONE);
    }

    private static Sha256 hash(String text) {
        try {
            return Sha256.of(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
