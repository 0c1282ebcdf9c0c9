/// Who may use an installation, and for what: members, their roles in collections, and how they prove who they are.
/// Knows nothing of HTTP and hashes no password. Start at [Access].
@NullMarked
package org.likeness.core.member;

import org.jspecify.annotations.NullMarked;
