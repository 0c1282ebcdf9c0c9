package org.likeness.vision;

/// A run of bytes that nobody changes: the array is shared on purpose.
final class Block {
    static final Block NONE = new Block(new byte[0]);

    private final byte[] bytes;

    Block(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The bytes themselves, not a copy.
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return bytes.length;
    }
}
