package org.likeness.bench;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.likeness.core.photo.FaceId;
import org.likeness.core.template.FaceFilter;
import org.likeness.core.template.Template;
import org.likeness.core.template.TemplateIndex.Hit;
import org.likeness.index.ExactIndex;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Wall time of [ExactIndex] alone, with and without the Vector API.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 3)
@Fork(value = 1, jvmArgsAppend = "-Xmx4g")
public class IndexBench {
    @Param({"10000", "100000"})
    public int faces;

    @Param({"128"})
    public int dimension;

    private ExactIndex index;
    private Template[] probes;
    private FaceFilter onePerCent;
    private int next;

    @Setup
    public void fill() {
        var synthetic = new SyntheticFaces(faces, dimension, 200, 7);
        index = ExactIndex.create(synthetic.model, faces);
        Set<FaceId> some = new HashSet<>();
        for (int row = 0; row < faces; row++) {
            index.add(SyntheticFaces.id(row), synthetic.template(row));
            if (row % 100 == 0) {
                some.add(SyntheticFaces.id(row));
            }
        }
        onePerCent = new FaceFilter.Only(some);
        probes = new Template[synthetic.probes.length];
        for (int i = 0; i < probes.length; i++) {
            probes[i] = new Template(synthetic.model.id(), synthetic.probes[i]);
        }
    }

    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {"-Xmx4g", "--add-modules=jdk.incubator.vector"})
    public List<Hit> search() {
        return index.search(probe(), -1, 10, new FaceFilter.All());
    }

    @Benchmark
    public List<Hit> searchWithoutVectorApi() {
        return index.search(probe(), -1, 10, new FaceFilter.All());
    }

    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {"-Xmx4g", "--add-modules=jdk.incubator.vector"})
    public List<Hit> searchOnePerCent() {
        return index.search(probe(), -1, 10, onePerCent);
    }

    @Benchmark
    @Fork(
            value = 1,
            jvmArgsAppend = {"-Xmx4g", "--add-modules=jdk.incubator.vector"})
    public void replace() {
        index.add(SyntheticFaces.id(next % faces), probe());
    }

    private Template probe() {
        return probes[next++ % probes.length];
    }
}
