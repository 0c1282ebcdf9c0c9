package org.likeness.core.search; /// x

public final class Finder {
    private Finder() {}
}
