package org.likeness.index;

import java.util.Arrays;
import java.util.UUID;

/// Face id to row: a hash table that stores row numbers only, because [Rows] has the ids. Guarded by the lock of
/// [ExactIndex].
///
/// Open addressing with linear probing and deletion by shifting back (Knuth, TAOCP 3, 6.4, algorithm R): 4 bytes a
/// slot, at most two thirds full, where a `HashMap` would spend about 100 bytes a face.
final class RowMap {
    /// No row. Kept inside this package, where rows are array positions.
    static final int NONE = -1;

    private static final int SLOTS_MIN = 16;

    private final Rows rows;
    private int[] slots;
    private int used;

    RowMap(Rows rows, int facesExpected) {
        this.rows = rows;
        long wanted = Math.max(SLOTS_MIN, facesExpected * 3L / 2 + 1);
        this.slots = empty((int) Math.min(1L << 30, Long.highestOneBit(wanted * 2 - 1)));
    }

    int find(UUID id) {
        int slot = slotOf(id.getMostSignificantBits(), id.getLeastSignificantBits());
        return slots[slot];
    }

    /// Enters a row whose id is not in the map yet.
    void add(int row) {
        if ((used + 1) * 3L > slots.length * 2L) {
            grow();
        }
        slots[slotOfRow(row)] = row;
        used++;
    }

    void remove(int row) {
        int mask = slots.length - 1;
        int hole = slotOfRow(row);
        int slot = hole;
        while (true) {
            slot = (slot + 1) & mask;
            int moving = slots[slot];
            if (moving == NONE) {
                break;
            }
            int home = home(moving);
            // Moves back unless its home lies, going round, after the hole.
            if (((slot - home) & mask) >= ((slot - hole) & mask)) {
                slots[hole] = moving;
                hole = slot;
            }
        }
        slots[hole] = NONE;
        used--;
    }

    /// Notes that the face of row `from` is going to lie in row `to`.
    void move(int from, int to) {
        slots[slotOfRow(from)] = to;
    }

    void clear() {
        slots = empty(SLOTS_MIN);
        used = 0;
    }

    private int slotOfRow(int row) {
        Slab slab = rows.slab(row);
        int at = rows.at(row);
        return slotOf(slab.idHighs[at], slab.idLows[at]);
    }

    /// The slot that holds this id or the empty one where it would go.
    private int slotOf(long high, long low) {
        int mask = slots.length - 1;
        int slot = hash(high, low) & mask;
        while (slots[slot] != NONE) {
            int row = slots[slot];
            Slab slab = rows.slab(row);
            int at = rows.at(row);
            if (slab.idLows[at] == low && slab.idHighs[at] == high) {
                break;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private int home(int row) {
        Slab slab = rows.slab(row);
        int at = rows.at(row);
        return hash(slab.idHighs[at], slab.idLows[at]) & (slots.length - 1);
    }

    private void grow() {
        if (slots.length == 1 << 30) {
            throw new IllegalStateException("index holds " + used + " faces and can hold no more");
        }
        int[] old = slots;
        slots = empty(old.length * 2);
        for (int row : old) {
            if (row != NONE) {
                slots[slotOfRow(row)] = row;
            }
        }
    }

    private static int[] empty(int slots) {
        int[] empty = new int[slots];
        Arrays.fill(empty, NONE);
        return empty;
    }

    /// Spreads ids that differ in few bits (finaliser of MurmurHash3).
    private static int hash(long high, long low) {
        long mixed = high * 31 + low;
        mixed = (mixed ^ (mixed >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return (int) (mixed ^ (mixed >>> 33));
    }
}
