package org.likeness.server;

import org.likeness.core.member.Right;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// The server's numbers, for Prometheus. It asks with a token that may see the health and nothing else.
@RestController
class MetricsPages {
    static final String PATH = "/metrics";

    private final Metrics metrics;

    MetricsPages(Metrics metrics) {
        this.metrics = metrics;
    }

    @GetMapping(path = PATH, produces = "text/plain;version=0.0.4;charset=utf-8")
    @Allowed(Right.SEE_HEALTH)
    String metrics() {
        return metrics.text();
    }
}
