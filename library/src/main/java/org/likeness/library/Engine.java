package org.likeness.library;

import java.time.Clock;
import org.likeness.core.ingest.Importer;
import org.likeness.core.ingest.TemplateFill;
import org.likeness.core.photo.Derivatives;
import org.likeness.core.photo.FaceReader;
import org.likeness.core.photo.PhotoFiles;
import org.likeness.core.records.Records;
import org.likeness.core.rights.BasisDesk;
import org.likeness.core.rights.LedgerReader;
import org.likeness.core.search.Finder;
import org.likeness.core.search.Indexes;
import org.likeness.core.search.PersonFinder;
import org.likeness.core.search.Scans;
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
        PersonFinder personFinder,
        Scans scans,
        Derivatives derivatives,
        Pictures pictures,
        TemplateFill fill)
        implements AutoCloseable {
    static Engine open(ModelPack pack, Settings settings, Records records, PhotoFiles files, Clock clock) {
        FaceReader reader =
                PackFaceReader.open(pack, new Limits(settings.megapixelsMax() * 1_000_000L, Integer.MAX_VALUE));
        Indexes indexes = new Indexes(records, reader.model(), ExactIndex::create, clock);
        Importer.Limits limits = new Importer.Limits((long) settings.megabytesMax() << 20, settings.threads());
        Derivatives derivatives = new Derivatives(
                files,
                reader,
                photo -> records.read(
                        tx -> tx.photo(photo).isPresent() && !tx.demands().isHeld(photo.value())));
        Scans scans = new Scans(records, derivatives, reader, settings.threads(), clock);
        return new Engine(
                reader,
                indexes,
                new Importer(records, files, reader, clock, limits),
                new Finder(records, reader, indexes, clock),
                new PersonFinder(
                        records,
                        reader,
                        scans,
                        new LedgerReader(BasisDesk::terms),
                        settings.ownSearchesPerDay(),
                        clock),
                scans,
                derivatives,
                new Pictures(),
                new TemplateFill(records, derivatives, reader, clock));
    }

    @Override
    public void close() {
        scans.close();
        indexes.close();
        reader.close();
    }
}
