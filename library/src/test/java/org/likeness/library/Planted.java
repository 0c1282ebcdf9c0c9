package org.likeness.library;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.Statement;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Purpose;
import org.likeness.core.consent.Withdrawable;
import org.likeness.core.demand.Target;
import org.likeness.core.ingest.FileOutcome;
import org.likeness.core.ingest.ImportId;
import org.likeness.core.ingest.ImportJob;
import org.likeness.core.ingest.ImportRun;
import org.likeness.core.ingest.WatchedFolder;
import org.likeness.core.ingest.WatchedFolderId;
import org.likeness.core.member.MemberId;
import org.likeness.core.member.Membership;
import org.likeness.core.member.Right;
import org.likeness.core.member.Role;
import org.likeness.core.person.Details;
import org.likeness.core.person.Person;
import org.likeness.core.photo.AlignedCrop;
import org.likeness.core.photo.Box;
import org.likeness.core.photo.Face;
import org.likeness.core.photo.FaceId;
import org.likeness.core.photo.Landmarks;
import org.likeness.core.photo.MediaType;
import org.likeness.core.photo.Photo;
import org.likeness.core.photo.PhotoFiles;
import org.likeness.core.photo.PhotoId;
import org.likeness.core.photo.Point;
import org.likeness.core.photo.Quality;
import org.likeness.core.photo.Storage;
import org.likeness.core.records.Records;
import org.likeness.core.records.WriteTransaction;
import org.likeness.core.rights.MemberDesk;
import org.likeness.core.search.Search;
import org.likeness.core.search.SearchId;
import org.likeness.core.signal.Effect;
import org.likeness.core.signal.Signal;
import org.likeness.core.signal.SignalKind;
import org.likeness.core.source.Grant;
import org.likeness.core.source.GrantId;
import org.likeness.core.source.Source;
import org.likeness.core.source.SourceId;
import org.likeness.core.source.Use;
import org.likeness.core.template.Template;
import org.likeness.core.template.TemplateIndex;
import org.likeness.core.template.Threshold;
import org.likeness.store.DataFiles;

/// Something of everything a collection can hold, made up: no picture is decoded, so it takes
/// milliseconds.
final class Planted {
    static final String NAME = "Ottoline Quilchester";
    static final Details DETAILS =
            new Details(Optional.of(NAME), Optional.of("ottoline@example.org"), Optional.empty());

    private final Likeness likeness;
    private final Clock clock;
    private final Path data;
    final Collection collection;
    final Source source;
    final Photo photo;
    final Face face;
    final Person person;

    Planted(Likeness likeness, Clock clock, Path data, Path folder, Collection collection, String content)
            throws IOException {
        this.likeness = likeness;
        this.clock = clock;
        this.data = data;
        this.collection = collection;
        Instant now = clock.instant();
        source = new Source(SourceId.next(), collection.id(), "source of " + content, now);
        Grant grant = new Grant(
                GrantId.next(), source.id(), NAME, Set.of(Use.values()), now, Optional.empty(), Optional.empty());
        DataFiles files = new DataFiles(data);
        Path original = Files.writeString(folder.resolve(content + ".jpg"), "picture of " + content);
        PhotoFiles.Staged staged = files.stage(collection.id(), original, Storage.COPY);
        files.keep(staged);
        photo = new Photo(
                PhotoId.next(),
                collection.id(),
                source.id(),
                grant.id(),
                staged.sha256(),
                staged.sizeBytes(),
                MediaType.JPEG,
                100,
                100,
                Storage.COPY,
                original.toUri().toString(),
                now,
                Optional.empty());
        Point point = new Point(30, 30);
        face = new Face(
                FaceId.next(),
                photo.id(),
                new Box(20, 20, 40, 40),
                new Landmarks(point, point, point, point, point),
                new Quality(40, 1, 1, 0.5, Set.of()),
                1);
        rows(grant, content, now);
        files.writeThumbnail(collection.id(), photo.id(), bytes("thumbnail of " + content));
        files.writePreview(collection.id(), photo.id(), bytes("preview of " + content));
        files.writeCrop(collection.id(), face.id(), new AlignedCrop(bytes("crop of " + content)));
        person = likeness.people().add(collection.id(), DETAILS, Optional.of(java.time.LocalDate.parse("2040-01-01")));
        likeness.people().addGuardian(person.id(), DETAILS);
        proofs(now);
        members(content);
        likeness.uploads()
                .begin(
                        new Uploads.About(
                                collection.id(),
                                MemberId.next(),
                                content + ".jpg",
                                10,
                                Optional.of(source.name()),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()),
                        Optional.empty());
        Files.createDirectories(data.resolve("pages"));
        Files.writeString(data.resolve("pages/result.html"), "<img alt='" + content + "'>");
        Files.writeString(data.resolve("collections/" + collection.id() + "/staging/left"), "half of " + content);
    }

    /// Somebody who has a role in the collection, and a token of theirs that reaches it.
    private void members(String content) {
        MemberDesk members = likeness.members();
        String password = "encoded by the server, this many letters";
        MemberId owner = members.isEmpty()
                ? members.firstOwner("owner", password)
                : members.member("owner").id();
        members.invite(
                content + " " + collection.id(), List.of(new Membership(Role.VIEWER, Optional.of(collection.id()))));
        likeness.signIn()
                .makeToken(
                        owner,
                        "a program",
                        Set.of(Right.SEE_PHOTOS),
                        Optional.of(collection.id()),
                        clock.instant().plus(Duration.ofDays(90)));
    }

    private void rows(Grant grant, String content, Instant now) {
        ImportRun run =
                new ImportRun(ImportId.next(), collection.id(), grant.id(), Storage.COPY, now, Optional.empty());
        change(tx -> {
            tx.add(source);
            tx.add(grant);
            tx.add(run);
            tx.imports().add(new ImportJob(run.id(), collection.id(), MemberId.next(), now));
            WatchedFolder watched = new WatchedFolder(
                    WatchedFolderId.next(),
                    collection.id(),
                    source.id(),
                    data.resolveSibling("watched of " + content),
                    Storage.LINK,
                    Actor.OWNER,
                    now,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            tx.imports().add(watched);
            tx.imports().settle(watched.id(), List.of(photo.sha256()));
            tx.add(photo);
            tx.add(collection.id(), face);
            tx.addFeatureSet(collection.id(), face.id(), new Template(collection.model(), vector()), Optional.empty());
            tx.signals()
                    .observe(
                            photo.id(),
                            List.of(new Signal(SignalKind.TDM_RESERVATION, "said of " + content, Effect.RECORDED)),
                            now);
            tx.add(new FileOutcome(
                    run.id(),
                    photo.location(),
                    FileOutcome.Result.IMPORTED,
                    Optional.of(photo.id()),
                    Optional.empty(),
                    Optional.empty()));
            tx.add(new Search(
                    SearchId.next(),
                    collection.id(),
                    Purpose.PERSONAL,
                    Actor.OWNER,
                    now,
                    now,
                    new Threshold(collection.model(), 0.5, 0.001, 0.001, 1, true),
                    List.of(new TemplateIndex.Hit(face.id(), 1))));
        });
    }

    /// What a consent and its use leave with a person.
    private void proofs(Instant now) {
        Statement statement = Statement.about(
                        Statement.Kind.CONSENT_RECEIPT,
                        Optional.of(collection.id()),
                        Optional.of(person.id().value()),
                        now)
                .build();
        likeness.records().change(tx -> {
            tx.add(statement);
            tx.people()
                    .add(new Withdrawable(
                            Statement.commitment(person.id().toString()),
                            person.id(),
                            Optional.empty(),
                            statement.id()));
            tx.people().addOwnSearch(person.id(), now);
            return new Records.Changed<>(true, entry().withStatement(statement));
        });
    }

    private static float[] vector() {
        float[] values = new float[128];
        java.util.Arrays.fill(values, 0.1f);
        return values;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private AuditEntry entry() {
        return AuditEntry.of(
                clock.instant(),
                Actor.OWNER,
                AuditEntry.Action.PHOTO_IMPORTED,
                collection.id().value(),
                collection.id());
    }

    private void change(java.util.function.Consumer<WriteTransaction> work) {
        boolean done = likeness.records().change(tx -> {
            work.accept(tx);
            return new Records.Changed<>(true, entry());
        });
        assert done;
    }

    /// What can be erased, smallest first.
    List<Target> targets() {
        return List.of(Target.of(person.id()), Target.of(source.id()), Target.of(collection.id()));
    }

    @Override
    public String toString() {
        return "Planted in " + data.getFileName();
    }
}
