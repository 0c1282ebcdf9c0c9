package org.likeness.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.VectorScorer;
import org.apache.lucene.store.MMapDirectory;

/// Lucene with its default codec (HNSW, 16 neighbours, beam 100) in one segment, so that document = row. One thread.
final class LucenePeer implements AutoCloseable {
    private final MMapDirectory directory;
    private final DirectoryReader reader;
    private final IndexSearcher searcher;

    LucenePeer(SyntheticFaces faces, Path folder) throws IOException {
        directory = new MMapDirectory(folder);
        var config = new IndexWriterConfig().setRAMBufferSizeMB(1900).setUseCompoundFile(false);
        try (var writer = new IndexWriter(directory, config)) {
            for (int row = 0; row < faces.count; row++) {
                var document = new Document();
                document.add(new KnnFloatVectorField("v", faces.vector(row), VectorSimilarityFunction.DOT_PRODUCT));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
        }
        reader = DirectoryReader.open(directory);
        if (reader.leaves().size() != 1) {
            throw new IllegalStateException(
                    "one segment expected but there are " + reader.leaves().size());
        }
        searcher = new IndexSearcher(reader);
    }

    /// @param beam how many candidates the graph search keeps: Lucene's k
    int[] hnsw(float[] probe, int k, int beam) throws IOException {
        TopDocs found = searcher.search(new KnnFloatVectorQuery("v", probe, beam), k);
        return Arrays.stream(found.scoreDocs).mapToInt(hit -> hit.doc).toArray();
    }

    int[] exact(float[] probe, int k) throws IOException {
        FloatVectorValues values = reader.leaves().getFirst().reader().getFloatVectorValues("v");
        VectorScorer scorer = values.scorer(probe);
        DocIdSetIterator rows = scorer.iterator();
        ScoreDoc[] best = new ScoreDoc[k];
        Arrays.setAll(best, i -> new ScoreDoc(-1, Float.NEGATIVE_INFINITY));
        for (int row = rows.nextDoc(); row != DocIdSetIterator.NO_MORE_DOCS; row = rows.nextDoc()) {
            float score = scorer.score();
            if (score > best[k - 1].score) {
                int at = k - 1;
                while (at > 0 && best[at - 1].score < score) {
                    best[at] = best[at - 1];
                    at--;
                }
                best[at] = new ScoreDoc(row, score);
            }
        }
        return Arrays.stream(best).mapToInt(hit -> hit.doc).toArray();
    }

    @Override
    public void close() throws IOException {
        reader.close();
        directory.close();
    }
}
