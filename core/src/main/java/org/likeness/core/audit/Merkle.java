package org.likeness.core.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.likeness.core.photo.Sha256;

/// The hash tree over the log, [RFC 9162](https://www.rfc-editor.org/rfc/rfc9162) 2.1. Stateless.
///
/// A leaf's index counts from 0, the position of an entry in the log from 1. A *node* is the root of a complete
/// subtree: node `p` of level `l` stands for the leaves `[p << l, (p + 1) << l)`, so nodes of level 0 are leaves. They
/// never change once they are there, and everything else is computed from at most 64 of them.
public final class Merkle {
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private Merkle() {}

    /// The nodes of a tree. Asked only for those that are complete.
    @FunctionalInterface
    public interface Nodes {
        Sha256 node(int level, long position);
    }

    /// Takes a node that has just become complete.
    @FunctionalInterface
    public interface Completed {
        void node(int level, long position, Sha256 hash);
    }

    /// The hash of a leaf: a zero byte and the entry as UTF-8.
    public static Sha256 leaf(String entry) {
        MessageDigest digest = sha256();
        digest.update(LEAF);
        return Sha256.of(digest.digest(entry.getBytes(StandardCharsets.UTF_8)));
    }

    static Sha256 inner(Sha256 left, Sha256 right) {
        MessageDigest digest = sha256();
        digest.update(NODE);
        digest.update(bytes(left));
        return Sha256.of(digest.digest(bytes(right)));
    }

    static byte[] bytes(Sha256 hash) {
        return HexFormat.of().parseHex(hash.hex());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Adds a leaf after all others. `nodes` is asked for left neighbours only; `completed` gets the new nodes
    /// from the
    /// leaf upwards, on average two.
    public static void append(long index, Sha256 leaf, Nodes nodes, Completed completed) {
        Sha256 hash = leaf;
        long position = index;
        completed.node(0, position, hash);
        for (int level = 0; (position & 1) == 1; level++) {
            hash = inner(nodes.node(level, position - 1), hash);
            position >>= 1;
            completed.node(level + 1, position, hash);
        }
    }

    /// The root of the first `size` leaves; of none, the hash of nothing.
    public static Sha256 root(long size, Nodes nodes) {
        return size == 0 ? Sha256.of(sha256().digest()) : subtree(0, size, nodes);
    }

    private static Sha256 subtree(long begin, long end, Nodes nodes) {
        long size = end - begin;
        if (Long.bitCount(size) == 1) {
            int level = Long.numberOfTrailingZeros(size);
            return nodes.node(level, begin >> level);
        }
        long middle = begin + split(size);
        return inner(subtree(begin, middle, nodes), subtree(middle, end, nodes));
    }

    /// The largest power of two smaller than a size of at least 2.
    private static long split(long size) {
        return Long.highestOneBit(size - 1);
    }

    /// What proves that the leaf of this index is in the tree of this size (2.1.3.1), from the leaf upwards.
    public static List<Sha256> inclusion(long index, long size, Nodes nodes) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("index must be in [0, " + size + ") but is " + index);
        }
        List<Sha256> path = new ArrayList<>();
        include(index, 0, size, nodes, path);
        return List.copyOf(path);
    }

    private static void include(long index, long begin, long end, Nodes nodes, List<Sha256> path) {
        if (end - begin == 1) {
            return;
        }
        long middle = begin + split(end - begin);
        if (index < middle) {
            include(index, begin, middle, nodes, path);
            path.add(subtree(middle, end, nodes));
        } else {
            include(index, middle, end, nodes, path);
            path.add(subtree(begin, middle, nodes));
        }
    }

    /// What proves that a tree of `size` leaves begins with the tree of its first `first` leaves (2.1.4.1).
    public static List<Sha256> consistency(long first, long size, Nodes nodes) {
        if (first < 1 || first > size) {
            throw new IllegalArgumentException("first size must be in [1, " + size + "] but is " + first);
        }
        List<Sha256> path = new ArrayList<>();
        agree(first, 0, size, true, nodes, path);
        return List.copyOf(path);
    }

    private static void agree(long first, long begin, long end, boolean whole, Nodes nodes, List<Sha256> path) {
        if (first == end) {
            if (!whole) {
                path.add(subtree(begin, end, nodes));
            }
            return;
        }
        long middle = begin + split(end - begin);
        if (first <= middle) {
            agree(first, begin, middle, whole, nodes, path);
            path.add(subtree(middle, end, nodes));
        } else {
            agree(first, middle, end, false, nodes, path);
            path.add(subtree(begin, middle, nodes));
        }
    }

    /// Whether the proof leads from the leaf to the root (2.1.3.2).
    public static boolean includes(Sha256 leaf, long index, long size, List<Sha256> path, Sha256 root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long fn = index;
        long sn = size - 1;
        Sha256 hash = leaf;
        for (Sha256 next : path) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                hash = inner(next, hash);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                hash = inner(hash, next);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && hash.equals(root);
    }

    /// Whether the proof shows that the later tree begins with the earlier one (2.1.4.2).
    public static boolean consistent(long first, Sha256 firstRoot, long size, Sha256 root, List<Sha256> path) {
        if (first < 1 || first > size) {
            return false;
        }
        if (first == size) {
            return path.isEmpty() && firstRoot.equals(root);
        }
        List<Sha256> all = new ArrayList<>(path);
        if (Long.bitCount(first) == 1) {
            all.addFirst(firstRoot);
        }
        if (all.isEmpty()) {
            return false;
        }
        int shared = Long.numberOfTrailingZeros(~(first - 1));
        long fn = (first - 1) >> shared;
        long sn = (size - 1) >> shared;
        Sha256 early = all.getFirst();
        Sha256 late = all.getFirst();
        for (Sha256 next : all.subList(1, all.size())) {
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                early = inner(next, early);
                late = inner(next, late);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                late = inner(late, next);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && early.equals(firstRoot) && late.equals(root);
    }
}
