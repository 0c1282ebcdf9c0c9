package org.likeness.core.ingest; /// x

public final class Importer {
    private Importer() {}
}
