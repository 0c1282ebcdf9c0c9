package org.likeness.core.search;

import java.time.Instant;
import org.likeness.core.consent.Choice;
import org.likeness.core.consent.Consent;
import org.likeness.core.person.PersonId;
import org.likeness.core.records.ReadTransaction;

/// Decides whether a person may be found at an instant, inside the transaction that uses the decision.
@FunctionalInterface
public interface Findable {
    /// @throws org.likeness.core.LikenessException REFUSED when the answer is anything but a yes;
    ///     NOT_FOUND when there is no such person
    Consent require(ReadTransaction tx, PersonId person, Choice choice, Instant at);
}
