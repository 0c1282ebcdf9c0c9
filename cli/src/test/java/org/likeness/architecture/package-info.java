/// Habits that the build keeps for us: which way the modules' arrows point, what may be named and called where,
/// and how
/// sources and documents look. House rules that nobody enforces decay.
///
/// [ModulesTest] looks at compiled classes, [BuildFilesTest] at the build files, [TidyTest] at everything
/// people wrote.
/// The latter two have a canary each: an untidy tree in which every rule must find something.
@NullMarked
package org.likeness.architecture;

import org.jspecify.annotations.NullMarked;
