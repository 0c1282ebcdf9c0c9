package org.likeness.core.records;

import java.util.Collection;
import java.util.List;
import java.util.Set;
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

    /// Of these faces, those that must not be suggested for a person: somebody said it is not them, or
    /// that it is somebody else and nobody that it is them.
    Set<FaceId> notThem(PersonId person, Collection<FaceId> faces);
}
