-- How long photos are kept: docs/reference/storage.md.

-- At each opening the oldest photo of a collection is asked for, to see whether its time is over.
CREATE INDEX photo_by_import ON photo (collection, imported_at);
