package org.likeness.core.member;

/// One thing that members may or may not do. Which [Role] has it is said there.
public enum Right {
    /// See that a collection exists: its name, profile and counts.
    SEE_COLLECTION,
    SEE_PHOTOS,
    DOWNLOAD_ORIGINAL,
    ADD_PHOTOS,
    DELETE_PHOTO,
    /// See what became of the files of imports.
    SEE_IMPORTS,
    /// Compare a face with those of a collection.
    SEARCH,
    /// Say of a candidate that it is, or is not, the person.
    DECIDE,
    SEE_SOURCES,
    MANAGE_SOURCES,
    REVIEW_QUARANTINE,
    /// See the names of people who may be found, and what they answered.
    SEE_PEOPLE,
    MANAGE_PEOPLE,
    RECORD_CONSENT,
    SEE_DEMANDS,
    HANDLE_DEMANDS,
    /// See the log and who searched.
    SEE_AUDIT,
    SEE_DOCUMENTS,
    /// Record what a collection rests on, publish its notices, say how long things are kept.
    MANAGE_COLLECTION,
    CREATE_COLLECTION,
    MANAGE_MEMBERS,
    /// Models, storage, settings, backups.
    MANAGE_INSTALLATION,
    SEE_HEALTH
}
