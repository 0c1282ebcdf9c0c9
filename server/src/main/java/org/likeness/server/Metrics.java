package org.likeness.server;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.likeness.core.ingest.FileOutcome;
import org.springframework.stereotype.Component;

/// Numbers about the running server, for whatever watches it. A label is a word of ours, never one that a request
/// brought: no name, no id, no path but an endpoint's own template. Thread-safe.
@Component
final class Metrics implements AutoCloseable {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Timer searches;

    Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        searches = Timer.builder("likeness.searches")
                .description("Searches that were answered, and how long each took")
                .serviceLevelObjectives(
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(2_500),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10))
                .register(registry);
        for (FileOutcome.Result result : FileOutcome.Result.values()) {
            files(result);
        }
    }

    /// For those who add what they know.
    MeterRegistry registry() {
        return registry;
    }

    /// A request that was answered.
    ///
    /// @param template of the endpoint, such as `/c/{collection}`
    void answered(String method, String template, int status, Duration duration) {
        Timer.builder("http.server.requests")
                .description("Requests that were answered, by endpoint")
                .tag("method", METHODS.contains(method) ? method : "OTHER")
                .tag("route", template)
                .tag("status", String.valueOf(status))
                .register(registry)
                .record(duration);
    }

    /// Measures a search that is answered.
    <T> T search(Supplier<T> search) {
        Timer.Sample sample = Timer.start(registry);
        T answer = search.get();
        sample.stop(searches);
        return answer;
    }

    /// Files of imports that ended.
    void imported(FileOutcome.Result result, long count) {
        files(result).increment((double) count);
    }

    private Counter files(FileOutcome.Result result) {
        return Counter.builder("likeness.import.files")
                .description("Files of this server's imports, by how they ended")
                .tag("result", result.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    /// Everything, as Prometheus reads it.
    String text() {
        return registry.scrape();
    }

    @Override
    public void close() {
        registry.close();
    }
}
