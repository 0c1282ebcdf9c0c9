-- What was demanded, what is held and blocked because of it, and erasures under way.
--
-- A demand outlives what it is about, so it names ids and refers to nothing. It holds no personal data.

CREATE TABLE demand (
  id ${id} NOT NULL PRIMARY KEY CHECK (length(id) = 36),
  kind TEXT NOT NULL CHECK (kind IN ('ERASE', 'OBJECT', 'RESTRICT', 'ACCESS', 'STOP')),
  scope TEXT NOT NULL CHECK (scope IN ('FACE', 'PHOTO', 'PERSON', 'SOURCE', 'COLLECTION')),
  target ${id} NOT NULL CHECK (length(target) = 36),
  collection ${id} NOT NULL CHECK (length(collection) = 36),
  state TEXT NOT NULL CHECK (state IN ('OPEN', 'EXECUTING', 'DONE', 'FAILED')),
  received_at ${integer} NOT NULL,
  due_at ${integer} NOT NULL CHECK (due_at > received_at),
  closed_at ${integer},
  CHECK ((state = 'DONE') = (closed_at IS NOT NULL))
)${strict};

CREATE INDEX demand_by_target ON demand (target);

CREATE INDEX demand_unfinished ON demand (kind, received_at) WHERE state <> 'DONE';

-- Kept and not used: no answer shows it, nothing is taken into it.
CREATE TABLE held (
  object ${id} NOT NULL CHECK (length(object) = 36),
  demand ${id} NOT NULL REFERENCES demand (id),
  scope TEXT NOT NULL CHECK (scope IN ('FACE', 'PHOTO', 'PERSON', 'SOURCE', 'COLLECTION')),
  PRIMARY KEY (object, demand)
)${strict};

CREATE INDEX held_by_demand ON held (demand);

-- What went and must not come back, in any collection. The box is in pixels of the upright photo.
CREATE TABLE tombstone (
  seq ${sequence},
  demand ${id} NOT NULL REFERENCES demand (id),
  sha256 ${id} NOT NULL CHECK (length(sha256) = 64),
  x ${real},
  y ${real},
  width ${real} CHECK (width > 0),
  height ${real} CHECK (height > 0),
  made_at ${integer} NOT NULL,
  CHECK ((x IS NULL) = (y IS NULL) AND (x IS NULL) = (width IS NULL) AND (x IS NULL) = (height IS NULL))
)${strict};

CREATE INDEX tombstone_by_sha256 ON tombstone (sha256);

CREATE INDEX tombstone_by_demand ON tombstone (demand);

-- What an erasure under way must delete; forgotten when it is done.
CREATE TABLE erasure_target (
  seq ${sequence},
  demand ${id} NOT NULL REFERENCES demand (id),
  scope TEXT NOT NULL CHECK (scope IN ('FACE', 'PHOTO', 'PERSON', 'SOURCE', 'COLLECTION')),
  object ${id} NOT NULL CHECK (length(object) = 36),
  collection ${id} NOT NULL CHECK (length(collection) = 36),
  sha256 ${id} CHECK (length(sha256) = 64),
  done ${integer} NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),
  UNIQUE (demand, scope, object)
)${strict};

CREATE INDEX erasure_target_in_order ON erasure_target (demand, scope, seq);

CREATE INDEX erasure_target_waiting ON erasure_target (demand, scope, seq) WHERE done = 0;

CREATE TABLE erasure_count (
  demand ${id} NOT NULL REFERENCES demand (id),
  store TEXT NOT NULL,
  found ${integer} NOT NULL CHECK (found >= 0),
  remaining ${integer} CHECK (remaining >= 0),
  PRIMARY KEY (demand, store)
)${strict};

CREATE TABLE erasure_residual (
  demand ${id} NOT NULL REFERENCES demand (id),
  what TEXT NOT NULL CHECK (length(what) BETWEEN 1 AND 200),
  amount ${integer} NOT NULL CHECK (amount >= 0),
  PRIMARY KEY (demand, what)
)${strict};

-- Finding what belongs to a photo or face without reading all of a table.
CREATE INDEX photo_by_content ON photo (sha256);

CREATE INDEX photo_by_source ON photo (source);

CREATE INDEX search_candidate_by_face ON search_candidate (face);

CREATE INDEX file_outcome_by_photo ON file_outcome (photo);
