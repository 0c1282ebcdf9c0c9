package org.likeness.server;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Names a browser so that its owner recognises it in a list, and no more: family and system, no versions.
final class Devices {
    private static final Map<String, String> SYSTEMS =
            Map.of("Windows", "Windows", "Mac OS X", "macOS", "Android", "Android", "iPhone", "iPhone", "iPad", "iPad");

    private Devices() {}

    static String name(@Nullable String agent) {
        if (agent == null || agent.isBlank()) {
            return "?";
        }
        String family = agent.contains("Firefox/")
                ? "Firefox"
                : agent.contains("Edg/")
                        ? "Edge"
                        : agent.contains("Chrome/") ? "Chrome" : agent.contains("Safari/") ? "Safari" : "?";
        String system = SYSTEMS.entrySet().stream()
                .filter(known -> agent.contains(known.getKey()))
                .map(Map.Entry::getValue)
                .sorted()
                .findFirst()
                .orElse(agent.contains("Linux") ? "Linux" : "?");
        return family + ", " + system;
    }
}
