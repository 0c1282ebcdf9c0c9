package org.likeness.core.rights;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.likeness.core.audit.LogFinding;
import org.likeness.core.audit.LogFinding.Kind;
import org.likeness.core.audit.Merkle;
import org.likeness.core.photo.Sha256;
import org.likeness.core.records.LogReading;

/// The tree, built again leaf by leaf and held against the stored one. One thread at a time.
final class LogTree {
    private static final int CHUNK = 1_000;

    private final LogReading log;
    private final List<LogFinding> findings;
    /// The newest left half of each level: a node is joined to its left neighbour, and a root is made of left halves
    /// alone.
    private final Map<Integer, Sha256> left = new HashMap<>();

    private final List<Stored> levels = new ArrayList<>();
    private long size;
    private long blamed; // the last entry some finding covers: what is above a wrong node is wrong too

    LogTree(LogReading log, List<LogFinding> findings) {
        this.log = log;
        this.findings = findings;
    }

    void add(Sha256 leaf) {
        Merkle.append(size, leaf, (level, _) -> node(level), this::compare);
        size++;
    }

    private Sha256 node(int level) {
        Sha256 hash = left.get(level);
        if (hash == null) {
            throw new IllegalStateException("a tree was built without its left half");
        }
        return hash;
    }

    private void compare(int level, long position, Sha256 hash) {
        if ((position & 1) == 0) {
            left.put(level, hash);
        }
        if (level == 0) {
            return; // was held against its entry
        }
        boolean same = level(level).next(position).map(hash::equals).orElse(false);
        long first = (position << level) + 1;
        if (!same && first > blamed) {
            blamed = (position + 1) << level;
            findings.add(new LogFinding(
                    Kind.TREE_CHANGED, first, blamed, "these entries are not those the tree was built from"));
        }
    }

    private Stored level(int level) {
        while (levels.size() < level) {
            levels.add(new Stored(log, levels.size() + 1));
        }
        return levels.get(level - 1);
    }

    long size() {
        return size;
    }

    Sha256 root() {
        return Merkle.root(size, (level, _) -> node(level));
    }

    /// Finds subtrees of entries that are not there any more.
    void surplus() {
        for (int level = 1; level <= 62; level++) {
            List<LogReading.Node> beyond = log.nodes(level, size >> level, 1);
            if (!beyond.isEmpty()) {
                long last = (beyond.getFirst().position() + 1) << level;
                findings.add(new LogFinding(
                        Kind.ENTRY_MISSING, size + 1, last, "the tree knows entries after the log's end"));
                return;
            }
        }
    }

    /// The stored nodes of one level, in order, a few at a time.
    private static final class Stored {
        private final LogReading log;
        private final int level;
        private final Deque<LogReading.Node> ready = new ArrayDeque<>();
        private long from;

        Stored(LogReading log, int level) {
            this.log = log;
            this.level = level;
        }

        Optional<Sha256> next(long position) {
            while (true) {
                if (ready.isEmpty()) {
                    ready.addAll(log.nodes(level, Math.max(from, position), CHUNK));
                    if (ready.isEmpty()) {
                        return Optional.empty();
                    }
                    from = ready.getLast().position() + 1;
                }
                LogReading.Node first = ready.getFirst();
                if (first.position() > position) {
                    return Optional.empty();
                }
                ready.removeFirst();
                if (first.position() == position) {
                    return Optional.of(first.hash());
                }
            }
        }
    }
}
