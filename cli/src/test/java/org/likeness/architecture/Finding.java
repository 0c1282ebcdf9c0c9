package org.likeness.architecture;

import java.nio.file.Path;

/// What a rule found: where, and what is wrong with it. Lines count from 1; 0 is the file as a whole.
record Finding(Path file, long line, String problem) {
    @Override
    public String toString() {
        return file + (line == 0 ? "" : ":" + line) + " " + problem;
    }
}
