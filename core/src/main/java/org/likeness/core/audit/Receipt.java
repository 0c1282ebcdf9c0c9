package org.likeness.core.audit;

import java.util.Map;
import java.util.TreeMap;

/// What somebody takes away: a statement, the log's entry that stands for it, and the proof that the entry is in the
/// log. One JSON file, checked without Likeness by module `verifier`. Immutable.
///
/// @param statement the exact text of the [Statement]
/// @param entry the exact text of the entry, [AuditEntry#canonical]
/// @param key for convenience; whoever checks uses a key they got another way
/// @param extra what the holder is told besides, such as a code to withdraw with; proved by nothing, kept nowhere
public record Receipt(String statement, String entry, LogProof proof, LogKey key, Map<String, String> extra) {
    private static final String HOW = "Get the operator's key another way than with this file, then: java Verify.java"
            + " THIS-FILE --key KEY. See docs/guides/verify-a-receipt.md of Likeness. What stands under extra is"
            + " covered by no proof.";

    public Receipt {
        extra = Map.copyOf(extra);
    }

    /// One JSON object with these keys in this order, a key a line.
    public String json() {
        StringBuilder text = new StringBuilder("{\n");
        line(text, "likeness", "receipt 1").append(",\n");
        line(text, "statement", statement).append(",\n");
        line(text, "entry", entry).append(",\n");
        line(text, "proof", proof.text()).append(",\n");
        line(text, "key", key.vkey()).append(",\n");
        if (!extra.isEmpty()) {
            text.append("  \"extra\": {");
            String comma = "\n  ";
            for (Map.Entry<String, String> one : new TreeMap<>(extra).entrySet()) {
                line(text.append(comma), one.getKey(), one.getValue());
                comma = ",\n  ";
            }
            text.append("\n  },\n");
        }
        return line(text, "how to check", HOW).append("\n}\n").toString();
    }

    private static StringBuilder line(StringBuilder text, String key, String value) {
        text.append("  ");
        Statement.quote(text, key);
        text.append(": ");
        Statement.quote(text, value);
        return text;
    }

    /// Without the statement and what the holder was told: they are nobody else's business.
    @Override
    public String toString() {
        return "Receipt[" + entry + "]";
    }
}
