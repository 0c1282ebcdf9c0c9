package org.likeness.core.audit;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.photo.Sha256;

/// What somebody takes away as proof: a consent receipt, a proof of erasure. Immutable.
///
/// Its text is one line of JSON that never changes and holds a random salt; the audit entry of the same transaction
/// holds the text's SHA-256. So the log proves the statement without containing it, and once the text is erased the
/// log says nothing about anybody. No name, address, picture or vector belongs into it: ids, hashes, times, counts.
///
/// @param subject the person or demand it is about, so that it can be erased with them
/// @param text JSON, see [#about]
public record Statement(
        StatementId id, Kind kind, Optional<CollectionId> collection, Optional<UUID> subject, Instant at, String text) {
    private static final int SALT_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    /// What a statement states.
    public enum Kind {
        CONSENT_RECEIPT,
        DEMAND_RECEIPT,
        ERASURE_ATTESTATION,
        STOP_ATTESTATION,
        /// That the records were put back to an earlier state, and what the log's head was before.
        RESTORATION
    }

    /// Begins a statement; finish with [Draft#build].
    public static Draft about(Kind kind, Optional<CollectionId> collection, Optional<UUID> subject, Instant at) {
        return new Draft(kind, collection, subject, at);
    }

    /// SHA-256 of the text as UTF-8.
    public Sha256 commitment() {
        return commitment(text);
    }

    /// What an entry commits to for a statement of this text.
    public static Sha256 commitment(String text) {
        return Sha256.of(Merkle.sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /// A string of JSON.
    static void quote(StringBuilder text, String value) {
        text.append('"');
        value.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                text.append('\\').append((char) c);
            } else if (c < ' ') {
                text.append(String.format(java.util.Locale.ROOT, "\\u%04x", c));
            } else {
                text.append((char) c);
            }
        });
        text.append('"');
    }

    @Override
    public String toString() {
        return "Statement[" + id + " " + kind + "]";
    }

    /// A statement being written: keys in the order they are added. One thread at a time.
    public static final class Draft {
        private static final Set<String> RESERVED = Set.of("likeness", "id", "kind", "at", "collection", "salt");

        private final StatementId id = StatementId.next();
        private final Kind kind;
        private final Optional<CollectionId> collection;
        private final Optional<UUID> subject;
        private final Instant at;
        private final StringBuilder text = new StringBuilder("{");
        private final Set<String> keys = new HashSet<>(RESERVED);

        private Draft(Kind kind, Optional<CollectionId> collection, Optional<UUID> subject, Instant at) {
            this.kind = kind;
            this.collection = collection;
            this.subject = subject;
            this.at = at;
            byte[] salt = new byte[SALT_BYTES];
            RANDOM.nextBytes(salt);
            head("likeness", "statement 1");
            head("id", id.toString());
            head("kind", kind.name());
            head("at", at.toString());
            collection.ifPresent(c -> head("collection", c.toString()));
            head("salt", HexFormat.of().formatHex(salt));
        }

        private void head(String key, String value) {
            write(key);
            quote(value);
        }

        /// @throws IllegalArgumentException when the statement has the key already, or every statement has it: two
        ///     readers could take different values for it
        public Draft with(String key, String value) {
            key(key);
            quote(value);
            return this;
        }

        public Draft with(String key, long value) {
            key(key);
            text.append(value);
            return this;
        }

        public Draft with(String key, List<String> values) {
            key(key);
            text.append('[');
            for (int i = 0; i < values.size(); i++) {
                text.append(i == 0 ? "" : ",");
                quote(values.get(i));
            }
            text.append(']');
            return this;
        }

        private void key(String key) {
            if (!keys.add(key)) {
                throw new IllegalArgumentException("a statement has the key " + key + " once only");
            }
            write(key);
        }

        private void write(String key) {
            text.append(text.length() == 1 ? "" : ",");
            quote(key);
            text.append(':');
        }

        private void quote(String value) {
            Statement.quote(text, value);
        }

        public Statement build() {
            return new Statement(id, kind, collection, subject, at, text + "}");
        }
    }
}
