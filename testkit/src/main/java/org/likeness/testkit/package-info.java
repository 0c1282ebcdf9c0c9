/// What the tests of several modules share: real photos, and a search for bytes that must not be on disk.
@NullMarked
package org.likeness.testkit;

import org.jspecify.annotations.NullMarked;
