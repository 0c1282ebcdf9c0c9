package org.likeness.core.audit;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.likeness.core.photo.Sha256;

/// That an entry is in the log a checkpoint describes: a [C2SP tlog-proof](https://c2sp.org/tlog-proof) without extra
/// data. Immutable.
///
/// @param index counts from 0; the entry's position less one
/// @param path from the leaf upwards, see [Merkle#inclusion]
public record LogProof(long index, List<Sha256> path, SignedCheckpoint checkpoint) {
    private static final String TITLE = "c2sp.org/tlog-proof@v1";
    private static final int PATH_MAX = 63;
    private static final Pattern INDEX = Pattern.compile("index (0|[1-9]\\d{0,17})");

    public LogProof {
        path = List.copyOf(path);
        if (index < 0 || path.size() > PATH_MAX) {
            throw new IllegalArgumentException("a proof has an index of at least 0 and at most 63 hashes");
        }
    }

    /// Reads [#text].
    ///
    /// @throws IllegalArgumentException when it is none
    public static LogProof parse(String text) {
        int border = text.indexOf("\n\n");
        if (border < 0) {
            throw new IllegalArgumentException("not a proof");
        }
        List<String> head = text.substring(0, border).lines().toList();
        if (head.size() < 2
                || !head.getFirst().equals(TITLE)
                || !INDEX.matcher(head.get(1)).matches()) {
            throw new IllegalArgumentException("not a proof");
        }
        List<Sha256> path = new ArrayList<>();
        for (String line : head.subList(2, head.size())) {
            path.add(Sha256.of(Base64.getDecoder().decode(line)));
        }
        long index = Long.parseLong(head.get(1).substring("index ".length()));
        return new LogProof(index, path, SignedCheckpoint.parse(text.substring(border + 2)));
    }

    public String text() {
        StringBuilder text = new StringBuilder(TITLE + "\nindex " + index + "\n");
        path.forEach(hash -> text.append(Base64.getEncoder().encodeToString(Merkle.bytes(hash)))
                .append('\n'));
        return text.append('\n').append(checkpoint.note()).toString();
    }

    /// Whether this entry is in the log as it was at the checkpoint. Who signed that is another question.
    public boolean proves(String entry) {
        Checkpoint state = checkpoint.checkpoint();
        return Merkle.includes(Merkle.leaf(entry), index, state.size(), path, state.root());
    }
}
