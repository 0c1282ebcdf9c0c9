package org.likeness.core.member;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/// What a member is for, and so which rights they have where they are it.
///
/// The privacy officer looks at what others do and answers demands, and therefore neither searches nor adds: nobody
/// should check their own work. A viewer sees photos; finding people takes a curator.
public enum Role {
    /// Everything, everywhere. Of the whole installation only.
    OWNER(Right.values()),
    /// Keeps a collection: photos, sources, people, searches.
    CURATOR(
            Right.SEE_COLLECTION,
            Right.SEE_PHOTOS,
            Right.DOWNLOAD_ORIGINAL,
            Right.ADD_PHOTOS,
            Right.DELETE_PHOTO,
            Right.SEE_IMPORTS,
            Right.SEARCH,
            Right.DECIDE,
            Right.SEE_SOURCES,
            Right.MANAGE_SOURCES,
            Right.REVIEW_QUARANTINE,
            Right.SEE_PEOPLE,
            Right.MANAGE_PEOPLE,
            Right.RECORD_CONSENT,
            Right.SEE_DEMANDS,
            Right.SEE_DOCUMENTS),
    /// Adds photos and sees what became of them.
    CONTRIBUTOR(Right.SEE_COLLECTION, Right.SEE_PHOTOS, Right.ADD_PHOTOS, Right.SEE_IMPORTS, Right.SEE_SOURCES),
    /// Answers for a collection, or for all.
    PRIVACY_OFFICER(
            Right.SEE_COLLECTION,
            Right.SEE_PHOTOS,
            Right.SEE_IMPORTS,
            Right.SEE_SOURCES,
            Right.MANAGE_SOURCES,
            Right.REVIEW_QUARANTINE,
            Right.SEE_PEOPLE,
            Right.MANAGE_PEOPLE,
            Right.RECORD_CONSENT,
            Right.SEE_DEMANDS,
            Right.HANDLE_DEMANDS,
            Right.SEE_AUDIT,
            Right.SEE_DOCUMENTS,
            Right.MANAGE_COLLECTION,
            Right.SEE_HEALTH),
    /// Sees the photos.
    VIEWER(Right.SEE_COLLECTION, Right.SEE_PHOTOS);

    @SuppressWarnings("ImmutableEnumChecker") // unmodifiable
    private final Set<Right> rights;

    Role(Right... rights) {
        this.rights = Collections.unmodifiableSet(
                Arrays.stream(rights).collect(Collectors.toCollection(() -> EnumSet.noneOf(Right.class))));
    }

    public Set<Right> rights() {
        return rights;
    }

    /// Whether a member can be it in the whole installation rather than in one collection.
    public boolean isForInstallation() {
        return this == OWNER || this == PRIVACY_OFFICER;
    }

    /// Whether a member can be it in one collection.
    public boolean isForCollection() {
        return this != OWNER;
    }
}
