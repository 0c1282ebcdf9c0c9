package org.likeness.core.consent;

import java.util.Optional;
import org.likeness.core.audit.StatementId;
import org.likeness.core.person.GuardianId;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.Sha256;

/// What a receipt's code can end. Immutable.
///
/// @param guardian whose receipt it is; empty: the person's own
/// @param statement the receipt's statement
public record Withdrawable(Sha256 codeSha256, PersonId person, Optional<GuardianId> guardian, StatementId statement) {}
