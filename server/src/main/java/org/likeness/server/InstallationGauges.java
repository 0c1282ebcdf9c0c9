package org.likeness.server;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.demand.Demand;
import org.likeness.core.ingest.FileOutcome;
import org.likeness.core.member.Member;
import org.likeness.library.ImportQueue;
import org.likeness.library.ImportQueue.Progress;
import org.likeness.library.Likeness;
import org.springframework.stereotype.Component;

/// What the installation says of itself in numbers: counts, never of whom. Asked when somebody looks. Thread-safe.
@Component
final class InstallationGauges {
    private final Likeness likeness;
    private final ImportQueue imports;
    private final Metrics metrics;

    /// What was counted already of the import into each collection.
    private final Map<CollectionId, Map<FileOutcome.Result, Long>> counted = new ConcurrentHashMap<>();

    InstallationGauges(Likeness likeness, ImportQueue imports, Metrics metrics) {
        this.likeness = likeness;
        this.imports = imports;
        this.metrics = metrics;
        imports.listen(this::heard); // for as long as the queue lives
        MeterRegistry registry = metrics.registry();
        gauge(registry, "likeness.imports.running", "Imports that run", all -> all.imports(false));
        gauge(registry, "likeness.imports.blocked", "Imports that another process holds up", all -> all.imports(true));
        gauge(registry, "likeness.imports.waiting", "Uploads and folders that wait", all -> all.imports.waiting());
        gauge(registry, "likeness.sessions", "Browsers that are signed in", InstallationGauges::sessions);
        gauge(registry, "likeness.erasures.pending", "Erasures not done", InstallationGauges::erasures);
        for (Member.State state : Member.State.values()) {
            Gauge.builder("likeness.members", this, all -> all.members(state))
                    .description("Members, by whether they can sign in")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        bytes(registry, "likeness.disk.free", "What is free where the data directory is", FileStore::getUsableSpace);
        bytes(registry, "likeness.disk.size", "How much fits where the data directory is", FileStore::getTotalSpace);
    }

    private void gauge(
            MeterRegistry registry, String name, String description, ToDoubleFunction<InstallationGauges> value) {
        Gauge.builder(name, this, value).description(description).register(registry);
    }

    /// Asks a disk.
    private interface Space {
        long of(FileStore disk) throws IOException;
    }

    private void bytes(MeterRegistry registry, String name, String description, Space space) {
        Gauge.builder(name, this, all -> all.space(space))
                .description(description)
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
    }

    private double space(Space space) {
        try {
            return space.of(Files.getFileStore(likeness.settings().data()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private double imports(boolean waiting) {
        return imports.running().stream()
                .filter(each -> each.waiting() == waiting)
                .count();
    }

    private double sessions() {
        return likeness.members().members().stream()
                .mapToLong(member -> likeness.signIn().sessions(member.id()).size())
                .sum();
    }

    private double members(Member.State state) {
        return likeness.members().members().stream()
                .filter(member -> member.state() == state)
                .count();
    }

    private double erasures() {
        return likeness.demands().demands().stream()
                .filter(demand -> demand.kind().erases() && demand.state() != Demand.State.DONE)
                .count();
    }

    /// An import says how many files ended so far; only the new ones count.
    private void heard(Progress progress) {
        Map<FileOutcome.Result, Long> before =
                counted.getOrDefault(progress.collection(), new EnumMap<>(FileOutcome.Result.class));
        progress.results().forEach((result, count) -> {
            long more = count - before.getOrDefault(result, 0L);
            if (more > 0) {
                metrics.imported(result, more);
            }
        });
        if (progress.ended()) {
            counted.remove(progress.collection());
        } else {
            counted.put(progress.collection(), progress.results());
        }
    }
}
