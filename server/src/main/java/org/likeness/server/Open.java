package org.likeness.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// An endpoint for everybody, signed in or not. It says nothing about any person, photo or collection.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Open {
    /// Why it needs no rule.
    String because();
}
