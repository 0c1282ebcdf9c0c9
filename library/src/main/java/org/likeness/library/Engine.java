package org.likeness.library;

import java.time.Clock;
import org.likeness.core.ingest.Importer;
import org.likeness.core.ingest.TemplateFill;
import org.likeness.core.photo.Derivatives;
import org.likeness.core.photo.FaceReader;
import org.likeness.core.photo.PhotoFiles;
import org.likeness.core.records.Records;
import org.likeness.core.search.Finder;
import org.likeness.core.search.Indexes;
import org.likeness.index.ExactIndex;
import org.likeness.vision.Limits;
import org.likeness.vision.ModelPack;
import org.likeness.vision.PackFaceReader;

/// One model pack at work: the flows that need it, wired. Thread-safe; owns reader and indexes.
record Engine(
        FaceReader reader,
        Indexes indexes,
        Importer importer,
        Finder finder,
        Derivatives derivatives,
        TemplateFill fill)
        implements AutoCloseable {
    static Engine open(ModelPack pack, Settings settings, Records records, PhotoFiles files, Clock clock) {
        FaceReader reader =
                PackFaceReader.open(pack, new Limits(settings.megapixelsMax() * 1_000_000L, Integer.MAX_VALUE));
        Indexes indexes = new Indexes(records, reader.model(), ExactIndex::create, clock);
        Importer.Limits limits = new Importer.Limits((long) settings.megabytesMax() << 20, settings.threads());
        Derivatives derivatives = new Derivatives(files, reader);
        return new Engine(
                reader,
                indexes,
                new Importer(records, files, reader, clock, limits),
                new Finder(records, files, reader, indexes, clock),
                derivatives,
                new TemplateFill(records, derivatives, reader, clock));
    }

    @Override
    public void close() {
        indexes.close();
        reader.close();
    }
}
