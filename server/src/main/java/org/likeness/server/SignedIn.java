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

    /// Whether it is for programs too, whatever rights their token has; without, it is for the person in a browser.
    boolean token() default false;
}
