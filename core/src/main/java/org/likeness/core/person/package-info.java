/// People who may be found, and the guardians who decide for those who are minors. What names them is sealed at rest
/// and kept apart from everything that decides, see [org.likeness.core.person.Details]. Start at
/// [org.likeness.core.person.Person].
@NullMarked
package org.likeness.core.person;

import org.jspecify.annotations.NullMarked;
