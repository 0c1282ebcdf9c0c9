package org.likeness.core.records;

import java.util.Collection;
import java.util.List;
import org.likeness.core.collection.CollectionId;
import org.likeness.core.person.PersonId;
import org.likeness.core.photo.FaceId;
import org.likeness.core.search.FaceDecision;
import org.likeness.core.search.SearchId;

/// What can be asked about people's decisions on faces. As [ReadTransaction] says.
public interface DecisionsReading {
    /// How many were made in a collection.
    long count(CollectionId collection);

    /// In the order they were made.
    List<FaceDecision> decisions(FaceId face);

    /// In the order they were made.
    List<FaceDecision> decisions(PersonId person);

    /// What was decided about a search's candidates, in the order it was.
    List<FaceDecision> decisions(SearchId search);

    /// What was decided about any of these faces; of each face in the order it was.
    List<FaceDecision> decisions(Collection<FaceId> faces);
}
