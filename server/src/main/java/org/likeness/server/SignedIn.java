package org.likeness.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// An endpoint for every member, about themselves or listing only what they may see.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface SignedIn {
    /// Whether it is also for members who still lack a second factor that is demanded of them.
    boolean half() default false;
}
