-- Imports whose files are to be tried again: docs/reference/storage.md. Where the files are stands in file_outcome.
-- The member may be gone by then; the log goes on naming the id.
CREATE TABLE import_job (
  run ${id} NOT NULL PRIMARY KEY REFERENCES import_run (id),
  collection ${id} NOT NULL REFERENCES collection (id),
  member ${id} NOT NULL CHECK (length(member) = 36),
  queued_at ${integer} NOT NULL
)${strict};

CREATE INDEX import_job_by_collection ON import_job (collection);
