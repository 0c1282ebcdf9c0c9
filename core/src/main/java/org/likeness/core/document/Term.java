package org.likeness.core.document;

/// How long one kind of data is kept, and what ends it. Immutable.
///
/// @param what the kind of data
/// @param until when it goes
/// @param by what makes it go
record Term(String what, String until, String by) {}
