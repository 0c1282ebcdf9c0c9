@org.jspecify.annotations.NullMarked
package org.likeness.server;
