/// The command line as people meet it: real processes on real photos.
@NullMarked
package org.likeness.cli;

import org.jspecify.annotations.NullMarked;
