package org.likeness.core.records;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.likeness.core.audit.Statement;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.ingest.FileOutcome;
import org.likeness.core.ingest.ImportRun;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Photo;
import org.likeness.core.search.Search;
import org.likeness.core.source.Grant;
import org.likeness.core.source.Source;
import org.likeness.core.template.Template;

/// What can be changed. One thread at a time; valid inside [Records#change] only.
public interface WriteTransaction extends ReadTransaction {
    @Override
    PeopleWriting people();

    /// Also makes the collection's key.
    void add(Collection collection);

    /// Stores the collection's name.
    void rename(Collection collection);

    void add(Source source);

    void add(Grant grant);

    /// @throws org.likeness.core.LikenessException CONFLICT when the collection has a photo of the same
    ///     content
    void add(Photo photo);

    void add(CollectionId collection, Face face);

    /// Turns, seals and stores the template of a face nobody vouched for (a *feature set*).
    ///
    /// @param template as the model made it, or in the collection's space
    /// @param expiresAt set once, here; empty only where the profile sets no term
    /// @throws org.likeness.core.LikenessException REFUSED when the collection's profile keeps none,
    ///     or its model is another
    void addFeatureSet(CollectionId collection, FaceId face, Template template, Optional<Instant> expiresAt);

    /// Deletes the templates whose term is over and says how many there were.
    long deleteExpiredTemplates(CollectionId collection, Instant now);

    @Override
    VaultWriting vault();

    void add(Search search);

    void add(ImportRun run);

    /// Marks the run as ended.
    void end(ImportRun run, Instant at);

    /// Marks the run as not ended: more of its files came.
    void reopen(ImportRun run);

    void add(FileOutcome outcome);

    /// At most one for each change; the change's audit entry must stand for it, see
    /// [AuditEntry#withStatement].
    void add(Statement statement);

    /// Forgets what was stated about a person or demand, salts included, and says how many statements
    /// that were. The
    /// log keeps its commitments, which then lead to nobody.
    long deleteStatements(UUID subject);

    @Override
    SignalsWriting signals();

    @Override
    SourcesWriting sources();

    @Override
    ImportsWriting imports();

    @Override
    MembersWriting members();

    @Override
    BasisWriting basis();

    @Override
    ReferencesWriting references();

    @Override
    SearchesWriting searches();

    @Override
    DecisionsWriting decisions();

    @Override
    LogWriting log();

    @Override
    DemandsWriting demands();

    @Override
    LedgerWriting ledger();
}
