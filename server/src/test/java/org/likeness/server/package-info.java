@NullMarked
package org.likeness.server;

import org.jspecify.annotations.NullMarked;
