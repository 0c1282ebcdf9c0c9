-- The records, one schema for SQLite and PostgreSQL. docs/reference/storage.md says what each column means.
--
-- Instants are milliseconds since 1970-01-01 UTC, truncated; ids are UUIDs as text; booleans are 0 or 1.
-- References carry the collection with them wherever two rows must belong to the same one, so that no row can point
-- across collections whoever writes it.

CREATE TABLE collection (
  id ${id} NOT NULL PRIMARY KEY CHECK (length(id) = 36),
  name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 100),
  profile TEXT NOT NULL CHECK (profile IN ('HOUSEHOLD', 'EVENT', 'ARCHIVE')),
  model TEXT NOT NULL,
  key_version ${integer} NOT NULL CHECK (key_version >= 1),
  created_at ${integer} NOT NULL,
  UNIQUE (id, profile, model)
)${strict};

CREATE TABLE source (
  id ${id} NOT NULL PRIMARY KEY CHECK (length(id) = 36),
  collection ${id} NOT NULL REFERENCES collection (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  created_at ${integer} NOT NULL,
  UNIQUE (collection, name),
  UNIQUE (collection, id)
)${strict};

CREATE TABLE permission_grant (
  id ${id} NOT NULL PRIMARY KEY CHECK (length(id) = 36),
  collection ${id} NOT NULL,
  source ${id} NOT NULL,
  granted_by TEXT NOT NULL CHECK (length(granted_by) BETWEEN 1 AND 200),
  allows_store ${integer} NOT NULL CHECK (allows_store IN (0, 1)),
  allows_face_search ${integer} NOT NULL CHECK (allows_face_search IN (0, 1)),
  allows_share ${integer} NOT NULL CHECK (allows_share IN (0, 1)),
  starts_at ${integer} NOT NULL,
  ends_at ${integer},
  ended_at ${integer},
  CHECK (allows_store + allows_face_search + allows_share > 0),
  UNIQUE (collection, id),
  UNIQUE (collection, source, id),
  FOREIGN KEY (collection, source) REFERENCES source (collection, id)
)${strict};

CREATE TABLE photo (
  id ${id} NOT NULL PRIMARY KEY CHECK (length(id) = 36),
  collection ${id} NOT NULL,
  source ${id} NOT NULL,
  grant_id ${id} NOT NULL,
  sha256 ${id} NOT NULL CHECK (length(sha256) = 64),
  size_bytes ${integer} NOT NULL CHECK (size_bytes >= 0),
  media_type TEXT NOT NULL,
  width ${integer} NOT NULL CHECK (width > 0),
  height ${integer} NOT NULL CHECK (height > 0),
  storage TEXT NOT NULL CHECK (storage IN ('COPY', 'LINK')),
  location TEXT NOT NULL,
  imported_at ${integer} NOT NULL,
  taken_at TEXT,
  UNIQUE (collection, sha256),
  UNIQUE (collection, id),
  FOREIGN KEY (collection, source, grant_id) REFERENCES permission_grant (collection, source, id)
)${strict};

CREATE INDEX photo_by_grant ON photo (grant_id);

CREATE TABLE face (
  id ${id} NOT NULL PRIMARY KEY CHECK (length(id) = 36),
  collection ${id} NOT NULL,
  photo ${id} NOT NULL,
  x ${real} NOT NULL,
  y ${real} NOT NULL,
  width ${real} NOT NULL CHECK (width > 0),
  height ${real} NOT NULL CHECK (height > 0),
  left_eye_x ${real} NOT NULL,
  left_eye_y ${real} NOT NULL,
  right_eye_x ${real} NOT NULL,
  right_eye_y ${real} NOT NULL,
  nose_x ${real} NOT NULL,
  nose_y ${real} NOT NULL,
  left_mouth_x ${real} NOT NULL,
  left_mouth_y ${real} NOT NULL,
  right_mouth_x ${real} NOT NULL,
  right_mouth_y ${real} NOT NULL,
  size_px ${real} NOT NULL,
  sharpness ${real} NOT NULL,
  frontality ${real} NOT NULL,
  exposure ${real} NOT NULL,
  flaws TEXT NOT NULL,
  detection_score ${real} NOT NULL,
  UNIQUE (collection, id),
  FOREIGN KEY (collection, photo) REFERENCES photo (collection, id)
)${strict};

CREATE INDEX face_by_photo ON face (photo);

-- The profile and the model stand here too, held to the collection's by a foreign key: so it is the database that
-- refuses a feature set in an EVENT collection, one without an end in an ARCHIVE, and a vector of another model.
CREATE TABLE template (
  seq ${sequence},
  collection ${id} NOT NULL,
  face ${id} NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('FEATURE_SET', 'REFERENCE')),
  profile TEXT NOT NULL,
  model TEXT NOT NULL,
  key_version ${integer} NOT NULL CHECK (key_version >= 1),
  nonce ${bytes} NOT NULL CHECK (length(nonce) = 12),
  sealed ${bytes} NOT NULL CHECK (length(sealed) > 16),
  created_at ${integer} NOT NULL,
  expires_at ${integer},
  CHECK (kind <> 'FEATURE_SET' OR profile <> 'EVENT'),
  CHECK (kind <> 'FEATURE_SET' OR profile <> 'ARCHIVE' OR expires_at IS NOT NULL),
  FOREIGN KEY (collection, face) REFERENCES face (collection, id),
  FOREIGN KEY (collection, profile, model) REFERENCES collection (id, profile, model)
)${strict};

CREATE INDEX template_by_collection ON template (collection, seq);

CREATE TABLE search (
  id ${id} NOT NULL PRIMARY KEY CHECK (length(id) = 36),
  collection ${id} NOT NULL REFERENCES collection (id),
  purpose TEXT NOT NULL,
  actor TEXT NOT NULL,
  started_at ${integer} NOT NULL,
  ended_at ${integer} NOT NULL,
  model TEXT NOT NULL,
  score_min ${real} NOT NULL,
  fpir ${real} NOT NULL,
  fmr ${real} NOT NULL,
  faces ${integer} NOT NULL CHECK (faces >= 0),
  measured ${integer} NOT NULL CHECK (measured IN (0, 1)),
  UNIQUE (collection, id)
)${strict};

CREATE TABLE search_candidate (
  search ${id} NOT NULL,
  rank ${integer} NOT NULL CHECK (rank >= 1),
  collection ${id} NOT NULL,
  face ${id} NOT NULL,
  score ${real} NOT NULL,
  PRIMARY KEY (search, rank),
  UNIQUE (search, face),
  FOREIGN KEY (collection, search) REFERENCES search (collection, id),
  FOREIGN KEY (collection, face) REFERENCES face (collection, id)
)${strict};

CREATE TABLE import_run (
  id ${id} NOT NULL PRIMARY KEY CHECK (length(id) = 36),
  collection ${id} NOT NULL,
  grant_id ${id} NOT NULL,
  started_at ${integer} NOT NULL,
  ended_at ${integer},
  FOREIGN KEY (collection, grant_id) REFERENCES permission_grant (collection, id)
)${strict};

CREATE TABLE file_outcome (
  seq ${sequence},
  run ${id} NOT NULL REFERENCES import_run (id),
  location TEXT NOT NULL,
  result TEXT NOT NULL CHECK (result IN ('IMPORTED', 'DUPLICATE', 'REFUSED', 'FAILED')),
  photo ${id} REFERENCES photo (id),
  reason TEXT,
  advice TEXT
)${strict};

CREATE INDEX file_outcome_by_run ON file_outcome (run, seq);

CREATE TABLE audit_entry (
  position ${integer} NOT NULL PRIMARY KEY,
  entry TEXT NOT NULL,
  leaf_hash ${bytes} NOT NULL CHECK (length(leaf_hash) = 32)
)${strict};
