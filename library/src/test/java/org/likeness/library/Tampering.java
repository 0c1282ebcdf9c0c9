package org.likeness.library;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.SplittableRandom;
import org.likeness.library.LivedLog.Intruder;

/// What somebody who can write all files of the records, and in the end the keys too, could do to the log.
enum Tampering {
    FLIP_A_LETTER((intruder, random, at) -> {
        String entry = intruder.entry(at);
        int letter = random.nextInt(entry.length());
        String flipped = entry.substring(0, letter) + (char) (entry.charAt(letter) ^ 1) + entry.substring(letter + 1);
        intruder.run("UPDATE audit_entry SET entry = ? WHERE position = ?", flipped, at);
    }),
    FORGE_AN_ENTRY((intruder, _, at) -> intruder.forge(at, forged(intruder.entry(at)))),
    FORGE_THE_NEWEST_ENTRY((intruder, _, _) -> intruder.forge(size(intruder), forged(intruder.entry(size(intruder))))),
    FORGE_AND_REBUILD_THE_TREE((intruder, _, at) -> {
        intruder.forge(at, forged(intruder.entry(at)));
        intruder.rebuildTree();
        intruder.run("DELETE FROM log_checkpoint");
    }),
    FLIP_A_LEAF_HASH((intruder, _, at) ->
            intruder.run("UPDATE audit_entry SET leaf_hash = randomblob(32) WHERE position = ?", at)),
    FLIP_A_NODE((intruder, _, _) -> intruder.run("UPDATE audit_node SET hash = randomblob(32) WHERE rowid ="
            + " (SELECT rowid FROM audit_node ORDER BY random() LIMIT 1)")),
    DROP_A_NODE((intruder, _, _) -> intruder.run(
            "DELETE FROM audit_node WHERE rowid = (SELECT rowid FROM audit_node ORDER BY random() LIMIT 1)")),
    DROP_AN_ENTRY((intruder, _, at) -> intruder.run("DELETE FROM audit_entry WHERE position = ?", at)),
    DROP_AN_ENTRY_AND_CLOSE_UP((intruder, _, at) -> {
        long size = size(intruder);
        intruder.run("DELETE FROM audit_entry WHERE position = ?", at);
        for (long next = at + 1; next <= size; next++) {
            intruder.run("UPDATE audit_entry SET position = ? WHERE position = ?", next - 1, next);
        }
        intruder.rebuildTree();
        intruder.run("DELETE FROM statement");
    }),
    SWAP_TWO_ENTRIES((intruder, _, at) -> {
        String first = intruder.entry(at);
        intruder.forge(at, intruder.entry(at + 1));
        intruder.forge(at + 1, first);
    }),
    TRUNCATE_ENTRIES((intruder, _, at) -> truncate(intruder, at)),
    TRUNCATE_WITH_THE_TREE((intruder, _, at) -> {
        truncate(intruder, at);
        intruder.rebuildTree();
    }),
    TRUNCATE_WITH_TREE_AND_CHECKPOINTS((intruder, _, at) -> {
        truncate(intruder, at);
        intruder.rebuildTree();
        intruder.run("DELETE FROM log_checkpoint");
    }),
    CUT_OFF_THE_FRONT((intruder, _, at) -> {
        intruder.run(
                "INSERT INTO audit_node (level, position, hash)"
                        + " SELECT 0, position - 1, leaf_hash FROM audit_entry WHERE position <= ?",
                at);
        intruder.run("INSERT INTO log_minimum (position) VALUES (?)", at + 1);
        intruder.run("DELETE FROM audit_entry WHERE position <= ?", at);
    }),
    PUT_AN_ENTRY_IN_BETWEEN((intruder, _, at) -> {
        for (long next = size(intruder); next >= at; next--) {
            intruder.run("UPDATE audit_entry SET position = ? WHERE position = ?", next + 1, next);
        }
        intruder.run("INSERT INTO audit_entry (position, entry, leaf_hash) VALUES (?, '', zeroblob(32))", at);
        intruder.forge(at, forged(intruder.entry(at + 1)));
        intruder.rebuildTree();
    }),
    ALTER_A_CHECKPOINT(
            (intruder, _, _) -> intruder.run("UPDATE log_checkpoint SET note = replace(note, 'A', 'B') || ' '")),
    MOVE_A_CHECKPOINT((intruder, _, _) -> intruder.run("UPDATE log_checkpoint SET size = size - 1")),
    ALTER_A_STATEMENT(
            (intruder, _, _) -> intruder.run("UPDATE statement SET text = replace(text, 'given', 'refused')")),
    REMOVE_THE_HEAD((intruder, _, _) -> Files.delete(intruder.keys().resolve("log.head"))),
    ALTER_THE_HEAD((intruder, _, _) -> Files.writeString(intruder.keys().resolve("log.head"), "likeness/of another\n")),
    REMOVE_THE_KEY((intruder, _, _) -> Files.delete(intruder.keys().resolve("log.key")));

    @SuppressWarnings("ImmutableEnumChecker") // functions without a state
    private final Hands hands;

    Tampering(Hands hands) {
        this.hands = hands;
    }

    /// Does it.
    @FunctionalInterface
    private interface Hands {
        /// @param at the position of an entry that is not the newest
        void act(Intruder intruder, SplittableRandom random, long at) throws SQLException, IOException;
    }

    void apply(Intruder intruder, SplittableRandom random) throws SQLException, IOException {
        hands.act(intruder, random, random.nextLong(1, size(intruder)));
    }

    private static long size(Intruder intruder) throws SQLException {
        return intruder.count("SELECT MAX(position) FROM audit_entry");
    }

    static String forged(String entry) {
        return entry.replaceFirst("\"count\":\\d+", "\"count\":999");
    }

    static void truncate(Intruder intruder, long at) throws SQLException {
        intruder.run("DELETE FROM audit_entry WHERE position > ?", at);
        intruder.run("DELETE FROM statement WHERE audit_position > ?", at);
    }
}
