/// Flow *Find*: probe, template, candidates, who may see what (decided now, against the records), calibrated
/// scores,
/// answer and audit entry in one transaction. The probe is forgotten. Start at [Finder].
@NullMarked
package org.likeness.core.search;

import org.jspecify.annotations.NullMarked;
