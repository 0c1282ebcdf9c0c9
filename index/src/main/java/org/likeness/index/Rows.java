package org.likeness.index;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.likeness.core.photo.FaceId;

/// The faces of an index as rows 0 to size - 1 without gaps. Guarded by the lock of [ExactIndex].
///
/// A removed row is filled with the last one, so a scan never steps over the dead, nothing needs compacting and the
/// removed vector is overwritten at once. Rows therefore have no stable number or order.
///
/// They lie in slabs of about 256 KB of floats: growing copies nothing, and arrays stay below half a region of the G1
/// collector, above which each would occupy whole regions.
final class Rows {
    private static final int SLAB_FLOATS = 1 << 16;
    private static final int SLAB_ROWS_MAX = 1 << 10;

    private final List<Slab> slabs = new ArrayList<>();
    private final RowMap map;
    private final int dimension;
    private final int stride;
    private final int shift;
    private final int slabRows;
    private int size;

    Rows(int dimension, int facesExpected) {
        this.dimension = dimension;
        this.stride = Math.ceilDiv(dimension, DotKernel.STRIDE) * DotKernel.STRIDE;
        int rows = Math.clamp(Integer.highestOneBit(Math.max(1, SLAB_FLOATS / dimension)), 1, SLAB_ROWS_MAX);
        this.shift = Integer.numberOfTrailingZeros(rows);
        this.slabRows = rows;
        this.map = new RowMap(this, facesExpected);
    }

    int size() {
        return size;
    }

    int dimension() {
        return dimension;
    }

    int stride() {
        return stride;
    }

    int slabRows() {
        return slabRows;
    }

    /// The slab a row lies in, at position [#at].
    Slab slab(int row) {
        return slabs.get(row >>> shift);
    }

    int at(int row) {
        return row & (slabRows - 1);
    }

    FaceId face(int row) {
        return slab(row).face(at(row));
    }

    /// The row of a face, or nothing: [RowMap#NONE].
    int find(FaceId face) {
        return map.find(face.value());
    }

    void put(FaceId face, float[] vector, Codes codes) {
        UUID id = face.value();
        int row = map.find(id);
        if (row == RowMap.NONE) {
            row = size;
            if (row >>> shift == slabs.size()) {
                slabs.add(new Slab(slabRows, dimension, stride));
            }
            slab(row).set(at(row), id, vector, codes);
            size++;
            map.add(row);
        } else {
            slab(row).set(at(row), id, vector, codes);
        }
    }

    boolean remove(FaceId face) {
        int row = map.find(face.value());
        if (row == RowMap.NONE) {
            return false;
        }
        int last = size - 1;
        map.remove(row);
        if (row != last) {
            map.move(last, row);
            slab(row).copy(at(row), slab(last), at(last));
        }
        slab(last).erase(at(last));
        size = last;
        // One empty slab is kept, so that adding and removing at its edge does not allocate each time.
        if (slabs.size() > (Math.ceilDiv(size, slabRows) + 1)) {
            slabs.removeLast();
        }
        return true;
    }

    void erase() {
        for (int row = 0; row < size; row++) {
            slab(row).erase(at(row));
        }
        slabs.clear();
        map.clear();
        size = 0;
    }

    /// Orders by [UUID#compareTo] without making the ids.
    int compareIds(int a, int b) {
        Slab slabA = slab(a);
        Slab slabB = slab(b);
        int high = Long.compare(slabA.idHighs[at(a)], slabB.idHighs[at(b)]);
        return high != 0 ? high : Long.compare(slabA.idLows[at(a)], slabB.idLows[at(b)]);
    }
}
