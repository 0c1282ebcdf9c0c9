package org.likeness.core.rights;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.likeness.core.LikenessException;
import org.likeness.core.audit.Checkpoint;
import org.likeness.core.audit.LogFinding;
import org.likeness.core.audit.LogFinding.Kind;
import org.likeness.core.audit.LogKey;
import org.likeness.core.audit.LogReport;
import org.likeness.core.audit.Merkle;
import org.likeness.core.audit.Receipt;
import org.likeness.core.audit.SignedCheckpoint;
import org.likeness.core.audit.Statement;
import org.likeness.core.photo.Sha256;
import org.likeness.core.records.LogKeeper;
import org.likeness.core.records.LogReading;
import org.likeness.core.records.LogReading.Leaf;
import org.likeness.core.records.LogReading.Stated;
import org.likeness.core.records.LogReading.StoredCheckpoint;
import org.likeness.core.records.Records;

/// Checks the whole log: hashes every entry again, builds the tree again, and holds it against everything that was ever
/// signed about it and against receipts that others hold. Changes nothing. Thread-safe.
public final class LogAudit {
    private static final int CHUNK = 1_000;

    private final Records records;
    private final LogKeeper keeper;

    public LogAudit(Records records, LogKeeper keeper) {
        this.records = records;
        this.keeper = keeper;
    }

    /// @param receipts held by others; they reveal a log that was rebuilt with the real key
    public LogReport verify(List<Receipt> receipts) {
        List<LogFinding> findings = new ArrayList<>();
        // Before the records: a head that others sign while this runs would know more than the view of the records.
        Optional<SignedCheckpoint> head = asked(keeper::head, findings);
        return records.read(tx -> {
            Optional<LogKey> key = asked(() -> keeper.key(tx.log().origin()), findings);
            return new Run(tx.log(), findings).run(key, head, List.copyOf(receipts));
        });
    }

    private static <T> Optional<T> asked(Supplier<Optional<T>> question, List<LogFinding> findings) {
        try {
            return question.get();
        } catch (LikenessException e) {
            findings.add(new LogFinding(Kind.KEY_OR_HEAD, 0, 0, e.problem()));
            return Optional.empty();
        }
    }

    /// One check. One thread at a time.
    private static final class Run {
        private static final Pattern PRUNED = Pattern.compile("\"action\":\"LOG_PRUNED\",.*\"count\":(\\d{1,18})[,}]");
        private static final Pattern RESTORED = Pattern.compile("\"action\":\"RESTORED\",.*\"count\":(\\d{1,18})[,}]");

        private final LogReading log;
        private final List<LogFinding> findings;
        /// What was signed, by size, in words.
        private final Map<Long, List<Signed>> signed = new TreeMap<>();
        private final Map<Long, Sha256> roots = new HashMap<>();
        private final LogTree tree;
        private final List<LogReport.Restoration> restorations = new ArrayList<>();
        private long explained;
        private boolean gap;

        Run(LogReading log, List<LogFinding> findings) {
            this.log = log;
            this.findings = findings;
            this.tree = new LogTree(log, findings);
        }

        private record Signed(String what, Sha256 root) {}

        LogReport run(Optional<LogKey> key, Optional<SignedCheckpoint> head, List<Receipt> receipts) {
            List<StoredCheckpoint> stored = log.checkpoints();
            head.ifPresent(h -> note("the head", h, key));
            stored.forEach(one -> note(one, key));
            receipts.forEach(receipt -> note(receipt, key));
            if (key.isEmpty() && !(stored.isEmpty() && head.isEmpty())) {
                find(Kind.KEY_OR_HEAD, 0, 0, "the key of the log is not there, so no signature can be checked");
            }
            if (head.isEmpty() && !(stored.isEmpty() && key.isEmpty())) {
                find(Kind.KEY_OR_HEAD, 0, 0, "the head of the log is not there, so a rolled back log goes unnoticed");
            }
            pruned();
            entries();
            compare();
            receipts.forEach(this::compare);
            statements();
            long size = tree.size();
            Checkpoint state = new Checkpoint(log.origin(), size, tree.root());
            int count = stored.size();
            return new LogReport(
                    state, log.pruned(), count, head.map(SignedCheckpoint::checkpoint), findings, restorations);
        }

        private void find(Kind kind, long first, long last, String what) {
            findings.add(new LogFinding(kind, first, last, what));
        }

        private void note(StoredCheckpoint stored, Optional<LogKey> key) {
            String what = "the stored checkpoint of size " + stored.size();
            try {
                SignedCheckpoint checkpoint = SignedCheckpoint.parse(stored.note());
                if (checkpoint.checkpoint().size() != stored.size()) {
                    find(Kind.NOT_SIGNED, 0, 0, what + " is one of another size");
                }
                note(what, checkpoint, key);
            } catch (IllegalArgumentException e) {
                find(Kind.NOT_SIGNED, 0, 0, what + " is not readable");
            }
        }

        private void note(String what, SignedCheckpoint checkpoint, Optional<LogKey> key) {
            if (key.isPresent() && !checkpoint.isSignedBy(key.get())) {
                find(Kind.NOT_SIGNED, 0, 0, what + " is not signed by the log's key");
                return;
            }
            Checkpoint state = checkpoint.checkpoint();
            signed.computeIfAbsent(state.size(), _ -> new ArrayList<>()).add(new Signed(what, state.root()));
        }

        private void note(Receipt receipt, Optional<LogKey> key) {
            long position = receipt.proof().index() + 1;
            if (!receipt.proof().proves(receipt.entry())) {
                find(Kind.RECEIPT_INVALID, position, position, "the receipt's proof does not lead to its checkpoint");
            }
            if (!receipt.entry().contains("\"commitment\":\"" + Statement.commitment(receipt.statement()) + "\"")) {
                find(Kind.RECEIPT_INVALID, position, position, "the receipt's entry does not stand for its statement");
            }
            note("the receipt's checkpoint", receipt.proof().checkpoint(), key);
        }

        private void pruned() {
            long expected = 0;
            for (long pruned = log.pruned(); expected < pruned; ) {
                List<LogReading.Node> some = log.nodes(0, expected, (int) Math.min(CHUNK, pruned - expected));
                for (LogReading.Node node : some) {
                    if (node.position() != expected) {
                        break;
                    }
                    tree.add(node.hash());
                    expected++;
                    root();
                }
                if (some.isEmpty() || some.getLast().position() != expected - 1) {
                    gap = true;
                    find(Kind.ENTRY_MISSING, expected + 1, pruned, "not even the hash of pruned entries is there");
                    return;
                }
            }
        }

        private void entries() {
            long next = log.pruned() + 1;
            for (List<Leaf> some = log.leaves(next, CHUNK); !some.isEmpty(); some = log.leaves(next, CHUNK)) {
                for (Leaf leaf : some) {
                    if (leaf.position() > next) {
                        gap = true;
                        find(Kind.ENTRY_MISSING, next, leaf.position() - 1, "entries are missing");
                    }
                    entry(leaf);
                    next = leaf.position() + 1;
                }
            }
            if (explained != log.pruned()) {
                find(
                        Kind.ENTRY_MISSING,
                        1,
                        log.pruned(),
                        "entries were taken from the log's front, and no entry records that it was pruned");
            }
            if (!gap) {
                tree.surplus();
            }
        }

        private void entry(Leaf leaf) {
            if (!Merkle.leaf(leaf.entry()).equals(leaf.hash())) {
                find(Kind.ENTRY_CHANGED, leaf.position(), leaf.position(), "the entry's text is not what was hashed");
            }
            Matcher pruning = PRUNED.matcher(leaf.entry());
            if (pruning.find()) {
                explained = Long.parseLong(pruning.group(1));
            }
            Matcher restoring = RESTORED.matcher(leaf.entry());
            if (restoring.find()) {
                restorations.add(new LogReport.Restoration(leaf.position(), Long.parseLong(restoring.group(1))));
            }
            if (!gap) {
                tree.add(leaf.hash());
                root();
            }
        }

        private void root() {
            if (signed.containsKey(tree.size())) {
                roots.put(tree.size(), tree.root());
            }
        }

        /// Holds what was signed against what is there; the last state that agrees narrows down where it went
        /// wrong.
        private void compare() {
            if (gap) {
                return; // sizes mean nothing when entries are missing in between
            }
            long agreed = 0;
            for (Map.Entry<Long, List<Signed>> one : signed.entrySet()) {
                long size = one.getKey();
                Sha256 root = size == 0 ? Merkle.root(0, log) : roots.get(size);
                for (Signed claim : one.getValue()) {
                    if (root == null) {
                        find(
                                Kind.ROLLED_BACK,
                                tree.size() + 1,
                                size,
                                "the log ends at entry " + tree.size() + "; " + claim.what() + " knows " + size);
                    } else if (!root.equals(claim.root())) {
                        find(Kind.REWRITTEN, agreed + 1, size, claim.what() + " was signed for other entries");
                    } else {
                        agreed = size;
                    }
                }
            }
        }

        private void compare(Receipt receipt) {
            long position = receipt.proof().index() + 1;
            boolean same = log.leaves(position, 1).stream()
                    .allMatch(
                            leaf -> leaf.position() != position || leaf.entry().equals(receipt.entry()));
            if (!same) {
                find(Kind.REWRITTEN, position, position, "the log has another entry than the receipt");
            }
        }

        private void statements() {
            long last = 0;
            for (List<Stated> some = log.stated(last, CHUNK); !some.isEmpty(); some = log.stated(last, CHUNK)) {
                for (Stated one : some) {
                    last = one.position();
                    boolean stands = one.position() <= log.pruned()
                            || log.leaves(one.position(), 1).stream()
                                    .anyMatch(leaf -> leaf.position() == one.position()
                                            && leaf.entry().contains(one.hash().hex()));
                    if (!stands) {
                        find(
                                Kind.STATEMENT_CHANGED,
                                last,
                                last,
                                "the text of statement " + one.id() + " is not the one the log committed to");
                    }
                }
            }
        }
    }
}
