import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.likeness.core.audit.Actor;
import org.likeness.core.audit.AuditEntry;
import org.likeness.core.audit.Checkpoint;
import org.likeness.core.audit.LogKey;
import org.likeness.core.audit.LogProof;
import org.likeness.core.audit.Merkle;
import org.likeness.core.audit.Receipt;
import org.likeness.core.audit.SignedCheckpoint;
import org.likeness.core.audit.Statement;
import org.likeness.core.photo.Sha256;

@SuppressWarnings("DefaultPackage")
class VerifyTest {
    @TempDir
    private Path temp;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private KeyPair pair;
    private LogKey key;

    @BeforeEach
    void makeKey() throws GeneralSecurityException {
        pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        key = LogKey.of(Checkpoint.origin(UUID.randomUUID()), pair.getPublic());
    }

    private static Statement statement(int number) {
        return Statement.about(Statement.Kind.CONSENT_RECEIPT, Optional.empty(), Optional.empty(), Instant.EPOCH)
                .with("choices", List.of("myself=given", "group:Ünser \"Team\"=refused"))
                .with("notice", number)
                .with("language", "de")
                .build();
    }

    private SignedCheckpoint signed(Checkpoint state) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(state.body().getBytes(StandardCharsets.UTF_8));
        return SignedCheckpoint.of(state, key, signature.sign());
    }

    /// The receipts of a log in which every entry stands for a statement.
    private List<Receipt> receipts(int size) throws GeneralSecurityException {
        Map<String, Sha256> nodes = new HashMap<>();
        Merkle.Nodes tree = (level, at) -> Objects.requireNonNull(nodes.get(level + "/" + at));
        List<Statement> statements = new ArrayList<>();
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Statement statement = statement(i);
            String entry = AuditEntry.of(
                            Instant.EPOCH, Actor.OWNER, AuditEntry.Action.CONSENT_RECORDED, UUID.randomUUID())
                    .withStatement(statement)
                    .canonical();
            statements.add(statement);
            entries.add(entry);
            Merkle.append(i, Merkle.leaf(entry), tree, (level, at, hash) -> nodes.put(level + "/" + at, hash));
        }
        SignedCheckpoint head = signed(new Checkpoint(key.name(), size, Merkle.root(size, tree)));
        List<Receipt> receipts = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            receipts.add(new Receipt(
                    statements.get(i).text(),
                    entries.get(i),
                    new LogProof(i, Merkle.inclusion(i, size, tree), head),
                    key,
                    Map.of("withdrawal code", "0123")));
        }
        return receipts;
    }

    private static byte[] bytes(Receipt receipt) {
        return receipt.json().getBytes(StandardCharsets.UTF_8);
    }

    private void refused(Receipt receipt, String why) {
        assertThatExceptionOfType(Verify.InvalidException.class)
                .isThrownBy(() -> Verify.check(bytes(receipt), key.vkey()))
                .withMessageContaining(why);
    }

    @Test
    void r21_r41_r44_every_receipt_of_logs_of_every_length_is_valid() throws Exception {
        for (int size = 1; size <= 33; size++) {
            List<Receipt> receipts = receipts(size);
            for (int i = 0; i < size; i++) {
                Verify.Proved proved = Verify.check(bytes(receipts.get(i)), key.vkey());
                assertThat(proved.position()).isEqualTo(i + 1);
                assertThat(proved.size()).isEqualTo(size);
                assertThat(proved.statement()).isEqualTo(receipts.get(i).statement());
                assertThat(proved.extra()).containsEntry("withdrawal code", "0123");
            }
        }
    }

    @Test
    void r21_every_change_of_one_byte_fails_or_changes_nothing_that_is_proved() throws Exception {
        int size = random.nextInt(3, 20);
        byte[] file = bytes(receipts(size).get(random.nextInt(size)));
        Verify.Proved original = Verify.check(file, key.vkey());
        int failed = 0;
        for (int i = 0; i < file.length; i++) {
            byte[] flipped = file.clone();
            flipped[i] ^= (byte) (1 << random.nextInt(8));
            byte[] dropped = new byte[file.length - 1];
            System.arraycopy(file, 0, dropped, 0, i);
            System.arraycopy(file, i + 1, dropped, i, dropped.length - i);
            byte[] doubled = Arrays.copyOf(file, file.length + 1);
            System.arraycopy(file, i, doubled, i + 1, file.length - i);
            for (byte[] changed : List.of(flipped, dropped, doubled)) {
                try {
                    Verify.Proved proved = Verify.check(changed, key.vkey());
                    assertThat(List.of(proved.origin(), proved.statement(), proved.entry()))
                            .as("seed %d, byte %d", seed, i)
                            .isEqualTo(List.of(original.origin(), original.statement(), original.entry()));
                    assertThat(proved.position()).isEqualTo(original.position());
                    assertThat(proved.size()).isEqualTo(original.size());
                } catch (Verify.InvalidException e) {
                    failed++;
                }
            }
        }
        assertThat(failed).isGreaterThan(file.length); // most of the file is proved
    }

    @Test
    void r44_what_belongs_to_another_receipt_key_or_log_is_refused() throws Exception {
        List<Receipt> receipts = receipts(9);
        Receipt one = receipts.get(3);
        Receipt other = receipts.get(5);
        refused(
                new Receipt(other.statement(), one.entry(), one.proof(), key, Map.of()),
                "does not stand for this statement");
        refused(
                new Receipt(other.statement(), other.entry(), one.proof(), key, Map.of()),
                "not in the log that was signed");
        refused(new Receipt(one.statement(), one.entry(), other.proof(), key, Map.of()), "not in the log");
        Checkpoint state = one.proof().checkpoint().checkpoint();
        SignedCheckpoint rewritten = signed(new Checkpoint(key.name(), state.size(), Merkle.leaf("x")));
        LogProof proof = new LogProof(3, one.proof().path(), rewritten);
        refused(new Receipt(one.statement(), one.entry(), proof, key, Map.of()), "not in the log");
        SignedCheckpoint longer = new SignedCheckpoint(
                new Checkpoint(key.name(), state.size() + 1, state.root()),
                one.proof().checkpoint().lines());
        refused(
                new Receipt(
                        one.statement(),
                        one.entry(),
                        new LogProof(3, one.proof().path(), longer),
                        key,
                        Map.of()),
                "not signed by the operator's key");
        LogKey stranger = LogKey.of(
                key.name(),
                KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic());
        assertThatExceptionOfType(Verify.InvalidException.class)
                .isThrownBy(() -> Verify.check(bytes(one), stranger.vkey()))
                .withMessageContaining("another key than the operator's");
    }

    @Test
    void the_program_says_what_was_stated_and_ends_with_a_code() throws Exception {
        Path receipt = temp.resolve("receipt.json");
        Path vkey = temp.resolve("log.vkey");
        Files.write(receipt, bytes(receipts(2).getFirst()));
        Files.writeString(vkey, key.vkey() + "\n");
        assertThat(run(receipt.toString(), "--key", vkey.toString()))
                .startsWith("0 VALID")
                .contains("group:Ünser \"Team\"=refused")
                .contains("entry 1 of a log that had 2 entries")
                .contains("proved by nothing");
        assertThat(run(receipt.toString(), "--key", key.vkey())).startsWith("0 VALID");
        Files.writeString(receipt, Files.readString(receipt).replace("0123", "\\u001b[2J\\u202e"));
        assertThat(run(receipt.toString(), "--key", key.vkey()))
                .startsWith("0 VALID")
                .contains("withdrawal code: ·[2J·");
        Files.writeString(receipt, Files.readString(receipt).replace("given", "refused"));
        assertThat(run(receipt.toString(), "--key", vkey.toString())).startsWith("1 NOT VALID");
        assertThat(run(receipt.toString())).startsWith("2 Usage");
        assertThat(run(receipt.toString(), "--key", receipt.toString())).startsWith("2 There is no key in this file");
        assertThat(run(temp.resolve("nothing").toString(), "--key", key.vkey())).startsWith("2 ");
    }

    private static String run(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code;
        try (PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            code = Verify.run(args, print);
        }
        return code + " " + out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void a_copy_of_the_one_file_runs() throws Exception {
        Path copied = Files.copy(Path.of("src/main/java/Verify.java"), temp.resolve("Verify.java"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), copied.toString())
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(out).startsWith("Usage");
    }
}
