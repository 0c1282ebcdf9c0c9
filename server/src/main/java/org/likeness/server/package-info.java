/// The web application: pages for people and an API for programs, two doors over [org.likeness.library.Likeness].
/// Translates and decides nothing; whether somebody may do something is asked of core. The only module that knows
/// Spring. Start at [Server].
@NullMarked
package org.likeness.server;

import org.jspecify.annotations.NullMarked;
