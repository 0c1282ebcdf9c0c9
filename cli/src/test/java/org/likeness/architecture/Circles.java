package org.likeness.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Packages that know themselves through others.
final class Circles {
    private Circles() {}

    /// The packages below the root package that are part of a circle, named from there.
    static Set<String> among(JavaClasses classes, String root) {
        Map<String, Set<String>> known = new TreeMap<>();
        for (JavaClass type : classes) {
            for (var dependency : type.getDirectDependenciesFromSelf()) {
                String from = type.getPackageName();
                String to = dependency.getTargetClass().getPackageName();
                if (from.startsWith(root + ".") && to.startsWith(root + ".") && !from.equals(to)) {
                    known.computeIfAbsent(from, name -> new TreeSet<>()).add(to);
                }
            }
        }
        Set<String> circles = new TreeSet<>();
        for (String start : known.keySet()) {
            if (reached(known, start).contains(start)) {
                circles.add(start.substring(root.length() + 1));
            }
        }
        return circles;
    }

    private static Set<String> reached(Map<String, Set<String>> known, String start) {
        Set<String> reached = new TreeSet<>();
        Deque<String> waiting = new ArrayDeque<>(known.getOrDefault(start, Set.of()));
        while (!waiting.isEmpty()) {
            String next = waiting.remove();
            if (reached.add(next)) {
                waiting.addAll(known.getOrDefault(next, Set.of()));
            }
        }
        return reached;
    }
}
