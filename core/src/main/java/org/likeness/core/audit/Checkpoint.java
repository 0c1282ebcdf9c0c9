package org.likeness.core.audit;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.likeness.core.photo.Sha256;

/// The state of a log: whose it is, how many entries it has, and the root of its tree. Immutable.
///
/// Its text is the body of a [C2SP checkpoint](https://c2sp.org/tlog-checkpoint) without extension lines.
///
/// @param origin which log, see [#origin(java.util.UUID)]
public record Checkpoint(String origin, long size, Sha256 root) {
    private static final Pattern ORIGIN = Pattern.compile("[!-*,-~]{1,200}"); // neither blanks nor plus
    private static final Pattern BODY =
            Pattern.compile("([!-*,-~]{1,200})\n(0|[1-9]\\d{0,17})\n([A-Za-z0-9+/]{43}=)\n");

    public Checkpoint {
        if (!ORIGIN.matcher(origin).matches()) {
            throw new IllegalArgumentException("origin must be visible ASCII without plus but is not");
        }
        if (size < 0) {
            throw new IllegalArgumentException("size must not be negative but is " + size);
        }
    }

    /// The name of an installation's log. Names no machine.
    public static String origin(java.util.UUID installation) {
        return "likeness/" + installation;
    }

    /// Reads [#body].
    public static Checkpoint parse(String body) {
        Matcher parts = BODY.matcher(body);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not the text of a checkpoint");
        }
        Sha256 root = Sha256.of(Base64.getDecoder().decode(parts.group(3)));
        Checkpoint checkpoint = new Checkpoint(parts.group(1), Long.parseLong(parts.group(2)), root);
        if (!checkpoint.body().equals(body)) { // base64 has several spellings of one value
            throw new IllegalArgumentException("not the text of a checkpoint");
        }
        return checkpoint;
    }

    /// Three lines: origin, size in decimal, root in base64.
    public String body() {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(Merkle.bytes(root)) + "\n";
    }
}
