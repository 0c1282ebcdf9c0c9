package org.likeness.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.likeness.core.audit.AuditEntry.Action;
import org.likeness.core.collection.CollectionId;

class AuditEntryTest {
    @Test
    void its_canonical_form_never_changes() { // proofs of old entries depend on every byte
        AuditEntry entry = new AuditEntry(
                UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057"),
                Instant.ofEpochMilli(1_790_000_000_123L),
                Actor.OWNER,
                Action.SEARCHED,
                UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8058"),
                Optional.of(CollectionId.parse("01890a5d-ac96-774b-bcce-b302099a8059")),
                3);
        assertThat(entry.canonical())
                .isEqualTo("{\"v\":1,\"id\":\"01890a5d-ac96-774b-bcce-b302099a8057\",\"at\":1790000000123,"
                        + "\"actor\":\"owner\",\"action\":\"SEARCHED\","
                        + "\"object\":\"01890a5d-ac96-774b-bcce-b302099a8058\","
                        + "\"collection\":\"01890a5d-ac96-774b-bcce-b302099a8059\",\"count\":3}");
    }

    @Test
    void an_actor_is_a_pseudonym() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Actor("Jane Doe"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Actor("jane@example.org"));
    }
}
