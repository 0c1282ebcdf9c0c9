package org.likeness.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.audit.Statement.Kind;
import org.likeness.core.collection.CollectionId;

class AuditEntryTest {
    private static final Instant AT = Instant.ofEpochMilli(1_790_000_000_123L);

    @Test
    void its_canonical_form_never_changes() { // proofs of old entries depend on every byte
        AuditEntry entry = new AuditEntry(
                UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057"),
                Instant.ofEpochMilli(1_790_000_000_123L),
                Actor.OWNER,
                Action.SEARCHED,
                UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8058"),
                Optional.of(CollectionId.parse("01890a5d-ac96-774b-bcce-b302099a8059")),
                3,
                Optional.empty());
        assertThat(entry.canonical())
                .isEqualTo("{\"v\":1,\"id\":\"01890a5d-ac96-774b-bcce-b302099a8057\",\"at\":1790000000123,"
                        + "\"actor\":\"owner\",\"action\":\"SEARCHED\","
                        + "\"object\":\"01890a5d-ac96-774b-bcce-b302099a8058\","
                        + "\"collection\":\"01890a5d-ac96-774b-bcce-b302099a8059\",\"count\":3}");
    }

    @Test
    void its_canonical_form_with_a_commitment_never_changes() {
        Statement statement =
                new Statement(StatementId.next(), Kind.CONSENT_RECEIPT, Optional.empty(), Optional.empty(), AT, "{}");
        AuditEntry entry = AuditEntry.of(AT, Actor.OWNER, Action.CONSENT_RECORDED, new UUID(0, 1))
                .withStatement(statement);
        assertThat(entry.canonical())
                .isEqualTo("{\"v\":2,\"id\":\"" + entry.id() + "\",\"at\":1790000000123,\"actor\":\"owner\","
                        + "\"action\":\"CONSENT_RECORDED\",\"object\":\"00000000-0000-0000-0000-000000000001\","
                        + "\"collection\":null,\"count\":1,\"commitment\":"
                        + "\"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a\"}");
    }

    @Test
    void a_statement_is_one_line_of_json_that_nobody_could_guess() {
        Statement one = Statement.about(Kind.CONSENT_RECEIPT, Optional.empty(), Optional.empty(), AT)
                .with("choice", "a \"quoted\"\nword")
                .with("count", 3)
                .with("stores", List.of("records", "files"))
                .build();
        assertThat(one.text())
                .startsWith("{\"likeness\":\"statement 1\",\"id\":\"" + one.id() + "\"")
                .endsWith(",\"choice\":\"a \\\"quoted\\\"\\u000aword\",\"count\":3,\"stores\":[\"records\",\"files\"]}")
                .containsPattern("\"salt\":\"[0-9a-f]{32}\"")
                .hasLineCount(1);
    }

    @Test
    void an_actor_is_a_pseudonym() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Actor("Jane Doe"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Actor("jane@example.org"));
    }
}
