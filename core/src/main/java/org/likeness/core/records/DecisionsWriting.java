package org.likeness.core.records;

import org.likeness.core.search.FaceDecision;

/// What can be changed about people's decisions on faces. As [WriteTransaction] says.
public interface DecisionsWriting extends DecisionsReading {
    void add(FaceDecision decision);
}
