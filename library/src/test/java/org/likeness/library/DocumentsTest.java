package org.likeness.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.audit.LogKey;
import org.likeness.core.audit.SignedCheckpoint;
import org.likeness.core.collection.BasisDraft;
import org.likeness.core.collection.Collection;
import org.likeness.core.collection.Profile;
import org.likeness.core.collection.Purpose;
import org.likeness.core.consent.Choice;
import org.likeness.core.consent.Method;
import org.likeness.core.consent.Notice;
import org.likeness.core.demand.Target;
import org.likeness.core.document.Document;
import org.likeness.core.ingest.FileOutcome;
import org.likeness.core.person.Details;
import org.likeness.core.person.Person;
import org.likeness.core.photo.Storage;
import org.likeness.core.rights.ConsentDesk;
import org.likeness.core.template.Rate;
import org.likeness.testkit.TestPhotos;

/// The documents say what is configured, and what is configured happens.
class DocumentsTest {
    @TempDir
    private Path temp;

    private final MovableClock clock = new MovableClock();
    private Path data;
    private Likeness likeness;

    @BeforeEach
    void open() {
        data = temp.resolve("data");
        likeness = Likeness.open(Settings.of(data), clock);
    }

    @AfterEach
    void close() {
        likeness.close();
    }

    private Map<String, String> documents(Collection collection) {
        return likeness.documents().make(collection).stream().collect(Collectors.toMap(Document::name, Document::text));
    }

    private String retentionPage(Collection collection) {
        return documents(collection).getOrDefault("retention.md", "");
    }

    private Collection collection(String name, Profile profile) {
        return likeness.createCollection(name, profile);
    }

    private void publish(Collection collection, String... languagesAndTexts) {
        List<Notice.Text> texts = new ArrayList<>();
        for (int i = 0; i < languagesAndTexts.length; i += 2) {
            texts.add(Notice.Text.of(languagesAndTexts[i], languagesAndTexts[i + 1]));
        }
        likeness.notices().publish(collection.id(), texts, true);
    }

    private void importOne(Collection collection, String source, String grantedBy) throws IOException {
        Path photo = TestPhotos.demo(temp.resolve("photos")).getFirst();
        List<FileOutcome> ended = new ArrayList<>();
        likeness.importPhotos(
                collection,
                List.of(photo),
                Storage.COPY,
                Optional.of(source),
                Optional.of(grantedBy),
                (outcome, _) -> ended.add(outcome));
        assertThat(ended).extracting(FileOutcome::result).containsExactly(FileOutcome.Result.IMPORTED);
    }

    /// Goes to an instant on the wall clock.
    private void goTo(Instant instant) {
        clock.advance(java.time.Duration.between(clock.instant(), instant));
    }

    /// A number of the retention page, read as its readers do.
    private static int promised(String page, String form) {
        Matcher match = Pattern.compile(form).matcher(page);
        assertThat(match.find()).as("\"%s\" in %s", form, page).isTrue();
        return Integer.parseInt(match.group(1));
    }

    @Test
    void r46_the_documents_follow_the_configuration() throws Exception {
        Collection event = collection("summer party", Profile.EVENT);
        Map<String, String> before = documents(event);
        assertThat(before.get("record-of-processing.md"))
                .contains("No source yet.", "**not recorded yet**", "0 photos", "`find-myself`")
                .doesNotContain("`catalogue`");
        assertThat(before).doesNotContainKey("notice-en.md");

        publish(event, "en", "We take photos.\n\n# Ask us.", "de", "Wir fotografieren.");
        importOne(event, "Kim *the* <b>photographer</b>", "the board | all of it");
        Person person = likeness.people().add(event.id(), Details.NONE, Optional.empty());
        Map<String, String> after = documents(event);
        assertThat(after.get("record-of-processing.md"))
                .contains(
                        "1 photo, 0 of them",
                        "0 templates stored of faces nobody has vouched for, and 0 references",
                        "people known: 1 invited")
                .contains("Kim \\*the\\* \\<b\\>photographer\\</b\\> | cleared | the board \\| all of it (reported) |")
                .doesNotContain("No source yet.");
        assertThat(after.get("notice-de.txt")).isEqualTo("Wir fotografieren.");
        assertThat(after.get("notice-en.md"))
                .contains("We take photos.", "\\# Ask us.", "`" + sha256("We take photos.\n\n# Ask us.") + "`");
        assertThat(after.get("signage.md")).contains("the notice, version 1, in de, en.");
        assertThat(after.get("retention.md")).isEqualTo(before.get("retention.md"));

        answer(person, Choice.group("class 4b"));
        publish(event, "en", "We take photos and keep them.");
        Map<String, String> later = documents(event);
        assertThat(later.get("record-of-processing.md")).contains("`group:class 4b`", "1 enrolled");
        assertThat(later).doesNotContainKey("notice-de.md");
        assertThat(later.get("notice-en.md")).contains("We take photos and keep them.");
        likeness.bases().record(event, Bases.complete(Profile.EVENT));
        Map<String, String> grounded = documents(event);
        assertThat(grounded.get("record-of-processing.md"))
                .contains("The club, Example Street 1", "`consent`", "`explicit-consent`")
                .doesNotContain("**not recorded yet**");
        assertThat(grounded.get("impact-assessment.md")).contains("Browsing by date was considered", "`carried-out`");
        assertThat(grounded.get("retention.md"))
                .contains("at most 2 years after import", "1 year in which nothing was heard of them");
        assertThat(grounded.get("authority.md")).contains("Nothing yet.");
        likeness.demands().restrict(Target.of(person.id()));
        assertThat(documents(event).get("authority.md")).contains("| restrict, open | 1 |");
        assertThat(likeness.documents().make(event))
                .isEqualTo(likeness.documents().make(event));
    }

    @Test
    void r46_documents_of_each_profile_are_its_own() {
        Map<String, String> household = documents(collection("ours", Profile.HOUSEHOLD));
        assertThat(household.get("record-of-processing.md")).contains("2(2)(c)").doesNotContain("**not recorded yet**");
        assertThat(household.get("retention.md")).contains("`likeness vault shred`");
        Collection papers = collection("papers", Profile.ARCHIVE);
        likeness.vault().rekey(papers, _ -> {});
        Map<String, String> archive = documents(papers);
        assertThat(archive.get("impact-assessment.md"))
                .contains("articles 85, 89", "`face-api/", "1 in 1,000")
                .contains("Keys of this collection so far: 2, destroyed: 1.")
                .doesNotContain("guidelines 3/2019");
        assertThat(archive.get("model-card.md"))
                .contains("| MIT |", "## Model card: face-api", "### Known limits")
                .doesNotContain("\n# ");
    }

    @Test
    void r46_the_documents_follow_the_settings() throws IOException {
        Files.createDirectories(data);
        likeness.close();
        Settings apart = Settings.read(
                data, Map.of(), Map.of(Setting.KEYS, temp.resolve("keys").toString(), Setting.MAX_FALSE, "1/10000"));
        likeness = Likeness.open(apart, clock);
        assertThat(documents(collection("party", Profile.EVENT)).get("impact-assessment.md"))
                .contains("in a folder apart from the data", "1 in 10,000")
                .doesNotContain("They lie inside");
    }

    @Test
    void r46_the_bundle_can_be_checked_by_whoever_gets_it() throws Exception {
        Collection event = collection("party", Profile.EVENT);
        Path folder = temp.resolve("out");
        likeness.documents().write(event, folder);
        SignedCheckpoint checkpoint = SignedCheckpoint.parse(Files.readString(folder.resolve("checkpoint.txt")));
        LogKey key = LogKey.parse(Files.readString(folder.resolve("log-key.txt")));
        assertThat(checkpoint.isSignedBy(key)).isTrue();
        assertThat(Files.readString(folder.resolve("authority.md")))
                .contains(checkpoint.checkpoint().root().toString());
        List<String> sums = Files.readAllLines(folder.resolve("SHA256SUMS"));
        assertThat(sums).hasSize(8);
        for (String line : sums) {
            assertThat(sha256(Files.readString(folder.resolve(line.substring(66)))))
                    .isEqualTo(line.substring(0, 64));
        }
    }

    @Test
    void nobodys_own_file_is_overwritten_and_no_old_document_stays() throws IOException {
        Collection event = collection("party", Profile.EVENT);
        publish(event, "de", "Wir fotografieren.");
        Path folder = temp.resolve("out");
        likeness.documents().write(event, folder);
        assertThat(folder.resolve("notice-de.md")).exists();
        publish(event, "en", "We take photos.");
        likeness.documents().write(event, folder);
        assertThat(folder.resolve("notice-de.md")).doesNotExist();
        assertThat(folder.resolve("notice-en.md")).exists();
        Files.writeString(folder.resolve("answers.md"), "mine");
        assertThatExceptionOfType(LikenessException.class)
                .isThrownBy(() -> likeness.documents().write(event, folder))
                .matches(e -> e.kind() == LikenessException.Kind.CONFLICT);
        assertThat(folder.resolve("answers.md")).hasContent("mine");
        assertThat(folder.resolve("notice-en.md")).exists();
    }

    @Test
    void r32_templates_end_on_the_day_the_page_names() throws IOException {
        Collection archive = collection("papers", Profile.ARCHIVE);
        Bases.record(likeness, archive);
        assertThat(retentionPage(archive)).contains("365 days after each was made");
        likeness.bases().record(archive, kept(Period.ofYears(2), Period.ofDays(90)));
        importOne(archive, "the estate", "the heirs");
        Instant made = clock.instant();
        int days = promised(retentionPage(archive), "(\\d+) days after each was made");
        assertThat(days).isEqualTo(90);
        assertThat(likeness.summary(archive).templates()).isPositive();
        goTo(made.plus(Period.ofDays(days)).minusSeconds(1));
        reopen();
        assertThat(likeness.summary(archive).templates()).isPositive();
        goTo(made.plus(Period.ofDays(days)));
        reopen();
        assertThat(likeness.summary(archive).templates()).isZero();
    }

    @Test
    void r32_photos_are_in_no_answer_and_gone_on_the_day_the_page_names() throws IOException {
        Collection archive = collection("papers", Profile.ARCHIVE);
        Bases.record(likeness, archive);
        likeness.bases().record(archive, kept(Period.ofDays(10), Period.ofDays(365)));
        importOne(archive, "the estate", "the heirs");
        Path photo = TestPhotos.demo(temp.resolve("photos")).getFirst();
        Instant over =
                clock.instant().plus(Period.ofDays(promised(retentionPage(archive), "(\\d+) days after import")));
        goTo(clock.instant().plusSeconds(1));
        likeness.bases().record(archive, kept(Period.ofDays(30), Period.ofDays(365))); // extends nothing
        goTo(over.minusMillis(1));
        reopen();
        assertThat(found(archive, photo)).isPositive();
        assertThat(likeness.summary(archive).faces()).isPositive();
        assertThat(kept()).isPositive();
        goTo(over);
        assertThat(found(archive, photo)).isZero();
        reopen();
        assertThat(likeness.summary(archive).photos()).isZero();
        assertThat(likeness.summary(archive).faces()).isZero();
        assertThat(likeness.summary(archive).templates()).isZero();
        assertThat(kept()).isZero();
        assertThat(likeness.audit(1, 1000))
                .filteredOn(entry -> entry.action() == Action.PHOTOS_EXPIRED)
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.object()).isEqualTo(archive.id().value());
                    assertThat(entry.count()).isEqualTo(1);
                });
        importOne(archive, "the estate", "the heirs"); // its time begins anew, by the basis in force now
        goTo(over.plus(Period.ofDays(29)));
        reopen();
        assertThat(likeness.summary(archive).photos()).isEqualTo(1);
        goTo(over.plus(Period.ofDays(30)));
        assertThat(likeness.purges().run().photos()).isEqualTo(1);
    }

    private int found(Collection collection, Path photo) {
        return likeness.search(collection, likeness.probe(collection, photo), 1, Purpose.CATALOGUE, new Rate(0.001), 10)
                .photos()
                .size();
    }

    /// The files of photos and of what was made of them.
    private long kept() throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("collections"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().equals("import.lock"))
                    .count();
        }
    }

    @Test
    void r32_consent_ends_when_the_page_says() {
        Collection event = collection("party", Profile.EVENT);
        publish(event, "en", "We take photos.");
        Person person = likeness.people().add(event.id(), Details.NONE, Optional.empty());
        LocalDate given = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        answer(person, Choice.MYSELF);
        int years = promised(retentionPage(event), "(\\d+) years in which nothing was heard of them");
        goTo(given.plusYears(years).minusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
        assertThat(mayBeFound(person)).isTrue();
        goTo(given.plusYears(years).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
        assertThat(mayBeFound(person)).isFalse();
    }

    @Test
    void r32_the_log_is_kept_as_long_as_the_page_says() {
        Collection event = collection("party", Profile.EVENT);
        Instant made = clock.instant();
        int months = promised(retentionPage(event), "at least (\\d+) months");
        Instant over =
                made.atZone(ZoneOffset.UTC).plusMonths(months).plusDays(1).toInstant();
        goTo(over.minus(Period.ofDays(3)));
        publish(event, "en", "We take photos.");
        assertThatExceptionOfType(LikenessException.class)
                .isThrownBy(() -> likeness.log().prune(made.plusSeconds(1)))
                .matches(e -> e.kind() == LikenessException.Kind.REFUSED);
        goTo(over);
        assertThat(likeness.log().prune(made.plusSeconds(1))).isPositive();
    }

    /// A change of the basis: how long things are kept.
    private static BasisDraft kept(Period photos, Period templates) {
        BasisDraft none = BasisDraft.EMPTY;
        return new BasisDraft(
                none.controller(),
                none.lawfulBasis(),
                none.condition(),
                none.purposes(),
                Optional.of(photos),
                Optional.of(templates),
                none.inactivity(),
                none.purposeEndsAt(),
                none.noticeVersion(),
                none.alternative(),
                none.assessment());
    }

    private void reopen() {
        likeness.close();
        likeness = Likeness.open(Settings.of(data), clock);
    }

    private void answer(Person person, Choice choice) {
        likeness.consents()
                .record(new ConsentDesk.Answers(
                        person.id(),
                        Optional.empty(),
                        Map.of(choice, true),
                        Method.PAPER,
                        Optional.empty(),
                        Optional.of("en"),
                        Optional.empty()));
    }

    private boolean mayBeFound(Person person) {
        return likeness.consents().ledger(person.id()).anyGiven(clock.instant());
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
}
