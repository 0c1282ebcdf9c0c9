-- Files that were chosen together are one import, however many pieces they come in.
ALTER TABLE import_run ADD COLUMN choosing ${id} CHECK (choosing IS NULL OR length(choosing) = 36);

CREATE UNIQUE INDEX import_run_by_choosing ON import_run (grant_id, choosing) WHERE choosing IS NOT NULL;
