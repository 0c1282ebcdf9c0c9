/// Consent: who said yes, no or nothing to being found by whom, on which notice, and what that means at an instant.
///
/// Values and one computation; nothing here knows the records. Start at [org.likeness.core.consent.ConsentLedger].
@NullMarked
package org.likeness.core.consent;

import org.jspecify.annotations.NullMarked;
