-- Whether an import copies or links, so that trying its files again does the same also when none was taken in.
ALTER TABLE import_run ADD COLUMN storage TEXT NOT NULL DEFAULT 'COPY' CHECK (storage IN ('COPY', 'LINK'));

UPDATE import_run SET storage = 'LINK'
WHERE id IN (SELECT o.run FROM file_outcome o JOIN photo p ON p.id = o.photo
  WHERE o.result = 'IMPORTED' AND p.storage = 'LINK');

-- What was decided about the candidates of a search.
CREATE INDEX face_decision_by_search ON face_decision (search);
