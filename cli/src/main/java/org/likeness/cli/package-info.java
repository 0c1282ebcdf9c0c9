/// The command line: translates words into calls of [org.likeness.library.Likeness] and answers into text or JSON.
/// Decides nothing. Start at [Main]; exit codes are in [ExitCode].
@NullMarked
package org.likeness.cli;

import org.jspecify.annotations.NullMarked;
