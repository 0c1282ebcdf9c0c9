-- What photos say of themselves, and what people decided about it.

ALTER TABLE photo ADD COLUMN state TEXT NOT NULL DEFAULT 'CLEARED'
  CHECK (state IN ('CLEARED', 'QUARANTINED', 'UPHELD'));

CREATE INDEX photo_kept_out ON photo (collection, id) WHERE state <> 'CLEARED';

CREATE TABLE signal (
  seq ${sequence},
  collection ${id} NOT NULL,
  photo ${id} NOT NULL,
  kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
  value TEXT NOT NULL CHECK (length(value) BETWEEN 1 AND 500),
  effect TEXT NOT NULL CHECK (effect IN ('QUARANTINE', 'MINOR', 'NO_EVALUATION', 'RECORDED')),
  state TEXT NOT NULL CHECK (state IN ('OBSERVED', 'OVERRULED', 'UPHELD')),
  seen_at ${integer} NOT NULL,
  decided_by TEXT CHECK (length(decided_by) BETWEEN 1 AND 200),
  decided_at ${integer},
  decided_grant ${id},
  CHECK ((state = 'OBSERVED') = (decided_by IS NULL)),
  CHECK ((state = 'OBSERVED') = (decided_at IS NULL)),
  CHECK ((state = 'OVERRULED') = (decided_grant IS NOT NULL)),
  UNIQUE (photo, kind, value),
  FOREIGN KEY (collection, photo) REFERENCES photo (collection, id),
  FOREIGN KEY (collection, decided_grant) REFERENCES permission_grant (collection, id)
)${strict};

-- A file can now end as QUARANTINED. SQLite cannot change a check, so the table is made anew; the order stays.
ALTER TABLE file_outcome RENAME TO file_outcome_before_5;

CREATE TABLE file_outcome (
  seq ${sequence},
  run ${id} NOT NULL REFERENCES import_run (id),
  location TEXT NOT NULL,
  result TEXT NOT NULL CHECK (result IN ('IMPORTED', 'DUPLICATE', 'QUARANTINED', 'REFUSED', 'FAILED')),
  photo ${id} REFERENCES photo (id),
  reason TEXT,
  advice TEXT
)${strict};

INSERT INTO file_outcome (run, location, result, photo, reason, advice)
  SELECT run, location, result, photo, reason, advice FROM file_outcome_before_5 ORDER BY seq;

DROP TABLE file_outcome_before_5;

CREATE INDEX file_outcome_by_run ON file_outcome (run, seq);
