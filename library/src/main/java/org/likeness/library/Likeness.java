package org.likeness.library;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.Receipt;
import org.likeness.core.audit.StatementId;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.collection.Profile;
import org.likeness.core.collection.Purpose;
import org.likeness.core.document.DocumentDesk;
import org.likeness.core.ingest.ImportListener;
import org.likeness.core.ingest.ImportReport;
import org.likeness.core.ingest.ImportRequest;
import org.likeness.core.ingest.Provenance;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.Storage;
import org.likeness.core.records.ErasableStore;
import org.likeness.core.records.Records;
import org.likeness.core.rights.AccessDesk;
import org.likeness.core.rights.BasisDesk;
import org.likeness.core.rights.CollectionDesk;
import org.likeness.core.rights.ConsentDesk;
import org.likeness.core.rights.DeletionDesk;
import org.likeness.core.rights.DemandDesk;
import org.likeness.core.rights.Eraser;
import org.likeness.core.rights.LedgerFollower;
import org.likeness.core.rights.LedgerReader;
import org.likeness.core.rights.Leftovers;
import org.likeness.core.rights.MemberDesk;
import org.likeness.core.rights.NoticeDesk;
import org.likeness.core.rights.PeopleDesk;
import org.likeness.core.rights.PurgeDesk;
import org.likeness.core.rights.QuarantineDesk;
import org.likeness.core.rights.SignInDesk;
import org.likeness.core.rights.SourceDesk;
import org.likeness.core.rights.TemplateExpiry;
import org.likeness.core.rights.WatchDesk;
import org.likeness.core.search.Comparison;
import org.likeness.core.search.Probe;
import org.likeness.core.search.SearchAnswer;
import org.likeness.core.search.SearchScope;
import org.likeness.core.source.Grant;
import org.likeness.core.template.ModelId;
import org.likeness.core.template.Rate;
import org.likeness.store.DataFiles;
import org.likeness.store.Keys;
import org.likeness.store.LogFiles;
import org.likeness.store.SqlRecords;
import org.likeness.vision.NativeLibraries;

/// A data directory, open. Thread-safe; close it to free native memory and wipe templates.
///
/// ```java
/// try (Likeness likeness = Likeness.open(Path.of("data"))) {
///     Collection ours = likeness.createCollection("family", Profile.HOUSEHOLD);
///     likeness.importPhotos(ours, List.of(photos), Storage.COPY, empty(), empty(), (file, at) -> {});
///     Probe probe = likeness.probe(ours, selfie);
///     SearchAnswer answer = likeness.search(ours, probe, 1, Purpose.PERSONAL, new Rate(0.001), 20);
/// }
/// ```
///
/// Models are loaded when first needed, so opening is cheap. Every method throws [LikenessException].
public final class Likeness implements AutoCloseable {
    private static final LedgerReader LEDGERS = new LedgerReader(BasisDesk::terms);

    private final Settings settings;
    private final Clock clock;
    private final Actor actor;
    private final SqlRecords records;
    private final DataFiles files;
    private final AuditLog log;
    private final Packs packs;
    private LedgerFollower.Followed followed = LedgerFollower.Followed.NOTHING;
    private final ConcurrentMap<ModelId, Engine> engines;
    private final boolean owns;

    private Likeness(Settings settings, Clock clock) throws IOException {
        this.settings = settings;
        this.clock = clock;
        this.actor = Actor.OWNER;
        this.engines = new ConcurrentHashMap<>();
        this.owns = true;
        OwnerOnly.createFolders(settings.data());
        NativeLibraries.unpackTo(settings.data().resolve("native"));
        this.packs = new Packs(settings.data().resolve("models"), Catalogue.ENTRIES, Catalogue::text);
        this.files = new DataFiles(settings.data());
        this.records = SqlRecords.sqlite(settings.data().resolve("records.sqlite"), new Keys(settings.keys()), clock);
        this.log = new AuditLog(records, new LogFiles(settings.keys()), clock, actor);
    }

    /// Opens a data directory, creating it when it is not there.
    ///
    /// @throws LikenessException UNAVAILABLE when it cannot be written; BAD_INPUT when its settings
    ///     cannot be used
    public static Likeness open(Path data) {
        return open(Settings.of(data));
    }

    /// Opens a data directory with settings made in code.
    public static Likeness open(Settings settings) {
        return open(settings, Clock.systemUTC());
    }

    static Likeness open(Settings settings, Clock clock) {
        Restoration.requireFinished(settings.data());
        return open(settings, clock, false);
    }

    /// Opens records that were put back from a backup just now.
    static Likeness openRestored(Settings settings, Clock clock) {
        return open(settings, clock, true);
    }

    private static Likeness open(Settings settings, Clock clock, boolean restored) {
        try {
            Likeness likeness = new Likeness(settings, clock);
            try {
                likeness.begin(restored);
                return likeness;
            } catch (RuntimeException | Error e) {
                likeness.records.close();
                throw e;
            }
        } catch (IOException e) {
            throw new LikenessException(
                    LikenessException.Kind.UNAVAILABLE,
                    "data directory " + settings.data() + " cannot be created or written"
                            + "\nChoose another with --data or LIKENESS_DATA, or allow writing there.",
                    e);
        }
    }

    /// The same open data directory, used by somebody else: what its desks do is recorded as
    /// theirs. Shares everything with this one, costs nothing, ends with it; closing does nothing.
    public Likeness as(Actor other) {
        return new Likeness(this, other);
    }

    private Likeness(Likeness shared, Actor actor) {
        this.settings = shared.settings;
        this.clock = shared.clock;
        this.actor = actor;
        this.records = shared.records;
        this.files = shared.files;
        this.log = new AuditLog(records, new LogFiles(settings.keys()), clock, actor);
        this.packs = shared.packs;
        this.followed = shared.followed;
        this.engines = shared.engines;
        this.owns = false;
    }

    private void begin(boolean restored) {
        if (restored) {
            log.acceptRestored();
        }
        followed = LedgerDoor.follow(records, clock, actor, consents(), restored);
        vault().settle();
        eraser().resume(false);
        log.warnOfContradiction();
        new TemplateExpiry(records, clock, actor).sweep();
        find().references().sweep();
        purges().run();
        deletions().sweep();
        leftovers().sweep();
    }

    public Settings settings() {
        return settings;
    }

    public Packs packs() {
        return packs;
    }

    /// The texts people are shown before they choose.
    public NoticeDesk notices() {
        return new NoticeDesk(records, clock, actor);
    }

    /// Who may use this installation.
    public MemberDesk members() {
        return new MemberDesk(records, clock, actor);
    }

    /// How they prove who they are.
    public SignInDesk signIn() {
        return new SignInDesk(records, clock, actor, settings.web().secondFactor());
    }

    /// On what each collection rests.
    public BasisDesk bases() {
        return new BasisDesk(records, clock, actor);
    }

    /// People who may be found, and their guardians.
    public PeopleDesk people() {
        return new PeopleDesk(records, clock, actor);
    }

    /// Where photos come from, and on whose permission.
    public SourceDesk sources() {
        return new SourceDesk(records, clock, actor);
    }

    /// Deletes what may not be held any more: at each opening, and daily in a service.
    public PurgeDesk purges() {
        return Places.purges(settings, records, files, clock, actor, engines);
    }

    /// Deletes photos that whoever keeps a collection does not want in it any more.
    public DeletionDesk deletions() {
        return Places.deletions(records, files, clock, actor, engines);
    }

    /// Files that an import kept and never recorded.
    public Leftovers leftovers() {
        return new Leftovers(records, files, clock, actor);
    }

    /// What people answered, and what it means now.
    public ConsentDesk consents() {
        return new ConsentDesk(
                records, clock, actor, LEDGERS, (tx, person) -> tx.references().remove(person));
    }

    /// Finding people who agreed to it, and what is recorded of it.
    public FindDesk find() {
        return new FindDesk(records, clock, actor, LEDGERS, collection -> engine(collection.model()));
    }

    /// What anybody may demand. Each demand has effect in the transaction that records it.
    public DemandDesk demands() {
        return new DemandDesk(records, clock, actor);
    }

    /// Hands over what is held on a person.
    public AccessDesk access() {
        return new AccessDesk(records, clock, actor);
    }

    /// Deletes what was demanded to go, and proves it.
    public Eraser eraser() {
        return eraser(UnaryOperator.identity());
    }

    /// @param change of the places that are erased; for tests that knock one out
    Eraser eraser(UnaryOperator<List<ErasableStore>> change) {
        return Places.eraser(settings, records, files, clock, actor, engines, change);
    }

    private CollectionDesk desk() {
        return new CollectionDesk(records, clock, actor);
    }

    /// Makes a collection with its own key. It uses the model of the settings.
    /// @throws LikenessException CONFLICT when the name is taken; BAD_INPUT when it is not usable
    public Collection createCollection(String name, Profile profile) {
        return desk().create(name, profile, settingsModel());
    }

    /// Gives a collection another name, as [CollectionDesk#rename].
    public Collection renameCollection(CollectionId id, String name) {
        return desk().rename(id, name);
    }

    /// All collections by name.
    public List<Collection> collections() {
        return desk().all();
    }

    /// @throws LikenessException NOT_FOUND when there is none of this name
    public Collection collection(String name) {
        return desk().named(name);
    }

    /// @throws LikenessException NOT_FOUND when there is none with this id
    public Collection collection(CollectionId id) {
        return desk().of(id);
    }

    public Summary summary(Collection collection) {
        return records.read(tx -> Summary.of(tx, collection, clock.instant()));
    }

    /// Imports files and folders. See [Provenance] for when source and grantor must be named.
    public ImportReport importPhotos(
            Collection collection,
            List<Path> paths,
            Storage storage,
            Optional<String> source,
            Optional<String> grantedBy,
            ImportListener listener) {
        Grant grant = provenance().grantFor(collection, source, grantedBy, actor);
        return importPhotos(new ImportRequest(collection, grant, paths, storage, Optional.empty()), listener);
    }

    ImportReport importPhotos(ImportRequest request, ImportListener listener) {
        return engine(request.collection().model()).importer().run(request, actor, listener);
    }

    Provenance provenance() {
        return new Provenance(records, clock);
    }

    /// Makes the templates of faces that were found before the collection's basis was recorded, and
    /// says how many. Does nothing where none are missing or none may be kept.
    public long fillTemplates(Collection collection, LongConsumer progress) {
        return collection.profile().templateTerm().isEmpty()
                ? 0
                : engine(collection.model()).fill().run(collection, actor, progress);
    }

    /// Reads the faces of a photo to search this collection with. Nothing of it is stored.
    ///
    /// @param all also the small faces of a large photo, which takes longer
    public Probe probe(Collection collection, Path photo, boolean all) {
        return engine(collection.model()).finder().probe(collection, photo, all);
    }

    /// Reads all faces of a photo to search this collection with. Nothing of it is stored.
    public Probe probe(Collection collection, Path photo) {
        return probe(collection, photo, true);
    }

    /// Searches one collection for one face of a probe.
    ///
    /// @param face 1 for the largest face of the probe
    public SearchAnswer search(
            Collection collection, Probe probe, int face, Purpose purpose, Rate maxFalse, int limit) {
        return find().search(collection, probe, face, purpose, maxFalse, limit, SearchScope.ALL);
    }

    /// Reads the faces of a photo by the model of the settings, for [#verify]. Nothing of it is stored.
    ///
    /// @param all also the small faces of a large photo, which takes longer
    public Probe probe(Path photo, boolean all) {
        return engine(settingsModel()).finder().probe(photo, all);
    }

    /// Compares two faces of probes that [#probe(Path, boolean)] read. Nothing is stored.
    public Comparison verify(Probe one, int faceOfOne, Probe other, int faceOfOther) {
        return engine(settingsModel()).finder().verify(one, faceOfOne, other, faceOfOther);
    }

    private ModelId settingsModel() {
        return packs.pack(settings.model()).spec().id();
    }

    /// Where a photo's thumbnail is, rebuilt when it is missing; empty when the photo is gone.
    public Optional<Path> thumbnail(Collection collection, Photo photo) {
        return engine(collection.model()).derivatives().thumbnail(photo);
    }

    /// Some photos of a collection, in the order they were imported.
    public List<Photo> photos(Collection collection, int limit) {
        return records.read(tx -> tx.photos(collection.id(), Optional.empty(), limit));
    }

    /// Files on their way in.
    public Uploads uploads() {
        return new Uploads(
                settings,
                clock,
                about -> provenance().requireGrant(collection(about.collection()), about.source(), about.grantedBy()));
    }

    /// Begins to import what was uploaded; for a service, which closes it before this.
    public ImportQueue startImports() {
        return new ImportQueue(this, uploads(), records, clock);
    }

    /// Folders that belong to collections.
    public WatchDesk watches() {
        return new WatchDesk(records, clock, actor, List.of(settings.data(), settings.keys()));
    }

    /// Begins to look at them; for a service, which closes it before the imports.
    public FolderWatch startWatching(ImportQueue imports) {
        return new FolderWatch(watches(), records, clock, imports)
                .start(settings.imports().watchEvery());
    }

    /// What a service that stays open goes on doing; it starts it, and closes it before this.
    public Upkeep upkeep() {
        return new Upkeep(this, () -> {
            new TemplateExpiry(records, clock, actor).sweep();
            engines.values().forEach(engine -> engine.indexes().dropOutdated());
        });
    }

    /// Looking at photos, their pictures and what became of imports.
    public BrowseDesk browse() {
        return new BrowseDesk(records, files, id -> engine(collection(id).model()), settings, clock);
    }

    /// What is held and whose it is, and the decisions about photos in quarantine.
    public PhotoDesk photoDesk() {
        return new PhotoDesk(
                records,
                actor,
                collection -> new QuarantineDesk(
                        records, files, engine(collection.model()).reader(), clock));
    }

    /// Where a photo's bytes are; a linked file may be gone.
    public Path original(Photo photo) {
        return files.original(photo);
    }

    /// What is wrong with the database file itself; empty: nothing.
    List<String> checkRecords() {
        return records.check();
    }

    /// What opening these records did again because the deletion ledger says so.
    LedgerFollower.Followed followed() {
        return followed;
    }

    /// Backups of this data directory.
    public BackupDesk backups() {
        return new BackupDesk(records, files, settings, clock, actor);
    }

    /// What a breach of this data directory would mean.
    public BreachDesk breach() {
        return new BreachDesk(records, clock, actor, settings);
    }

    /// The keys of the collections.
    public VaultDesk vault() {
        return new VaultDesk(
                records, clock, actor, new VaultEngines(engines.values(), this::engine, this::settingsModel));
    }

    /// Opens every stored template and reference once and says how many there were.
    /// @throws LikenessException CORRUPT when one does not open
    long checkTemplates(Collection collection) {
        return vault().openAll(collection);
    }

    /// The number of entries in the audit log.
    public long auditSize() {
        return records.read(tx -> tx.auditSize());
    }

    /// Entries of the audit log in its order.
    ///
    /// @param from position of the first, 1 for the oldest
    public List<AuditEntry> audit(long from, int limit) {
        return records.read(tx -> tx.audit(from, limit));
    }

    /// The audit log as something that can be signed, proved and checked.
    public AuditLog log() {
        return log;
    }

    /// The receipt of a statement, see [AuditLog#receipt].
    public Receipt receipt(StatementId statement, Map<String, String> extra) {
        return log.receipt(statement, extra);
    }

    /// The documents that whoever runs a collection must be able to show.
    public DocumentFolder documents() {
        return new DocumentFolder(new DocumentDesk(records, log.desk(), clock), settings, packs);
    }

    private Engine engine(ModelId model) {
        return engines.computeIfAbsent(model, id -> Engine.open(packs.pack(id), settings, records, files, clock));
    }

    @Override
    public void close() {
        if (!owns) {
            return;
        }
        engines.values().forEach(Engine::close);
        engines.clear();
        log.cover();
        records.close();
    }

    /// For tests of the rules: what is really in the records.
    Records records() {
        return records;
    }
}
