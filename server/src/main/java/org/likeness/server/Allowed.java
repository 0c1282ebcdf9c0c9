package org.likeness.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.likeness.core.member.Right;

/// The right a caller needs for an endpoint: in the collection that the path names, or where it
/// names none, in the
/// whole installation.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Allowed {
    Right value();

    /// Whether it is enough to have the right in some collection.
    boolean somewhere() default false;
}
