package org.likeness.core.records;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.Statement;
import org.likeness.core.audit.StatementId;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.ingest.FileOutcome;
import org.likeness.core.ingest.ImportId;
import org.likeness.core.ingest.ImportRun;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.Sha256;
import org.likeness.core.search.Search;
import org.likeness.core.search.SearchId;
import org.likeness.core.source.Grant;
import org.likeness.core.source.GrantId;
import org.likeness.core.source.Source;
import org.likeness.core.source.SourceId;
import org.likeness.core.template.Template;

/// What can be asked of the records. One thread at a time; valid inside [Records#read] or
/// [Records#change] only.
public interface ReadTransaction {
    Optional<org.likeness.core.collection.Collection> collection(CollectionId id);

    Optional<org.likeness.core.collection.Collection> collection(String name);

    /// All collections by name.
    List<org.likeness.core.collection.Collection> collections();

    Optional<Source> source(CollectionId collection, String name);

    List<Source> sources(CollectionId collection);

    Optional<Grant> grant(GrantId id);

    /// The grants of a source, newest first.
    List<Grant> grants(SourceId source);

    Optional<Photo> photo(PhotoId id);

    Optional<Photo> photo(CollectionId collection, Sha256 sha256);

    /// Photos in the order of their id, which is the order they were imported, after the given one.
    List<Photo> photos(CollectionId collection, Optional<PhotoId> after, int limit);

    long photoCount(CollectionId collection);

    long faceCount(CollectionId collection);

    /// How many templates are stored, of any kind.
    long templateCount(CollectionId collection);

    /// Whether there are templates whose term is over.
    boolean hasExpiredTemplates(CollectionId collection, Instant now);

    /// The faces of a photo, largest first.
    List<Face> faces(PhotoId photo);

    /// Faces in order of their id, after the given one, of photos that may be searched now, see
    /// [#searchable].
    List<FaceId> searchableFaces(CollectionId collection, Instant now, Optional<FaceId> after, int limit);

    /// As [#searchableFaces], only those that have no stored template and whose photo was imported
    /// after
    /// an instant.
    List<FaceId> searchableWithoutTemplate(
            CollectionId collection, Instant now, Instant importedAfter, Optional<FaceId> after, int limit);

    /// How many faces [#searchableFaces] would give in all.
    long searchableFaceCount(CollectionId collection, Instant now);

    /// Of these faces, those that may be shown at this instant: they exist, in this collection, and
    /// their
    /// photo is not kept out by a signal and its grant allows face search now. The decision of
    /// invariant
    /// 3.
    List<FoundFace> searchable(CollectionId collection, Collection<FaceId> faces, Instant now);

    /// Of these faces, those that have a stored template that has not expired at this instant. Together
    /// with [#searchable] this decides what the answer of an index may show.
    Set<FaceId> withTemplate(CollectionId collection, Collection<FaceId> faces, Instant now);

    /// Walks over the unexpired stored templates of a collection in the order they were stored, opening
    /// each. All come
    /// in the collection's present space, [VaultReading#space], by whichever key they are sealed.
    ///
    /// @param afterSequence only those stored later than this; 0 for all
    /// @return the sequence of the last one visited, or `afterSequence` when there was none
    /// @throws org.likeness.core.LikenessException CORRUPT when one does not open: altered, moved,
    ///     wrong
    ///     key
    long templates(CollectionId collection, long afterSequence, Instant now, TemplateVisitor visitor);

    Optional<Search> search(SearchId id);

    Optional<ImportRun> importRun(ImportId id);

    /// The files of an import in the order they ended.
    List<FileOutcome> outcomes(ImportId id);

    /// The log from a position on, in its order; the position of the first entry is 1.
    List<AuditEntry> audit(long fromPosition, int limit);

    long auditSize();

    /// People, their guardians, notices and answers.
    PeopleReading people();

    Optional<Statement> statement(StatementId id);

    /// The statements about a person or demand, oldest first.
    List<Statement> statements(UUID subject);

    /// The position of the log's entry that stands for a statement; empty when there is no such
    /// statement.
    Optional<Long> auditPosition(StatementId id);

    /// What photos say of themselves, and what people decided about it.
    SignalsReading signals();

    /// Whom sources belong to, and what is blocked since one said stop.
    SourcesReading sources();

    /// What waits to be imported.
    ImportsReading imports();

    /// Photos in the order in which people look at them at this instant.
    TimelineReading timeline(Instant now);

    /// Who may use the installation.
    MembersReading members();

    /// What the collections rest on.
    BasisReading basis();

    /// The references of people who may be found.
    ReferencesReading references();

    /// How the search was used.
    SearchesReading searches();

    /// What people decided about candidates.
    DecisionsReading decisions();

    /// The collections' keys, and what they turn and seal.
    VaultReading vault();

    /// The log as a hash tree.
    LogReading log();

    /// What is held on one person.
    HoldingsReading holdings();

    /// What was demanded, and what is held and blocked because of it.
    DemandsReading demands();

    /// The deletion ledger.
    LedgerReading ledger();

    /// A face together with the photo it is in.
    record FoundFace(Face face, Photo photo) {}

    /// Receives stored templates one by one.
    @FunctionalInterface
    interface TemplateVisitor {
        void visit(FaceId face, Template template);
    }
}
