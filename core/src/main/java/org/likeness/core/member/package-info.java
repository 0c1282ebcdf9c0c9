/// Who may use an installation, and for what: members, their roles in collections, and how they prove who they are.
/// Knows nothing of HTTP and hashes no password. Start at [Access].
@org.jspecify.annotations.NullMarked
package org.likeness.core.member;
