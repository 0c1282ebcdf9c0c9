-- On what a collection rests, the references of people who may be found in it, every use of the search, and what people
-- decided about candidates. docs/reference/storage.md says what each column means.

-- Only added to. Periods are ISO 8601, purposes words parted by blanks.
CREATE TABLE basis (
  collection ${id} NOT NULL REFERENCES collection (id),
  version ${integer} NOT NULL CHECK (version >= 1),
  material ${integer} NOT NULL CHECK (material IN (0, 1)),
  recorded_at ${integer} NOT NULL,
  controller TEXT NOT NULL CHECK (length(controller) > 0),
  lawful_basis TEXT NOT NULL,
  special_condition TEXT NOT NULL,
  purposes TEXT NOT NULL CHECK (length(purposes) > 0),
  notice_version ${integer} NOT NULL,
  photos_kept TEXT NOT NULL,
  templates_kept TEXT NOT NULL,
  inactivity TEXT NOT NULL,
  purpose_ends_at ${integer},
  alternative TEXT NOT NULL CHECK (length(alternative) > 0),
  assessment TEXT NOT NULL CHECK (assessment IN ('CARRIED_OUT', 'NOT_NEEDED')),
  assessment_reason TEXT NOT NULL CHECK (length(assessment_reason) > 0),
  PRIMARY KEY (collection, version),
  FOREIGN KEY (collection, notice_version) REFERENCES notice (collection, version)
)${strict};

-- The template of somebody who agreed to be found, sealed under the collection's key and their own secret. The profile
-- and the model are held to the collection's by a foreign key, as with templates.
CREATE TABLE person_reference (
  seq ${sequence},
  id ${id} NOT NULL UNIQUE CHECK (length(id) = 36),
  collection ${id} NOT NULL,
  person ${id} NOT NULL,
  consent ${id} NOT NULL REFERENCES consent_event (id),
  profile TEXT NOT NULL CHECK (profile = 'EVENT'),
  model TEXT NOT NULL,
  key_version ${integer} NOT NULL CHECK (key_version >= 1),
  nonce ${bytes} NOT NULL CHECK (length(nonce) = 12),
  sealed ${bytes} NOT NULL CHECK (length(sealed) > 16),
  created_at ${integer} NOT NULL,
  expires_at ${integer} NOT NULL,
  CHECK (expires_at > created_at),
  FOREIGN KEY (collection, person) REFERENCES person (collection, id),
  FOREIGN KEY (collection, profile, model) REFERENCES collection (id, profile, model)
)${strict};

CREATE INDEX person_reference_by_person ON person_reference (person);

-- Every use of the search, also one that was refused or never ended. The answer of one that was answered is the row of
-- `search` with the same id.
CREATE TABLE search_attempt (
  id ${id} NOT NULL PRIMARY KEY CHECK (length(id) = 36),
  collection ${id} NOT NULL REFERENCES collection (id),
  purpose TEXT NOT NULL,
  person ${id},
  audience TEXT CHECK (length(audience) BETWEEN 1 AND 80),
  actor TEXT NOT NULL,
  probe_sha256 ${id} CHECK (length(probe_sha256) = 64),
  model TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('OPEN', 'ANSWERED', 'REFUSED', 'FLAGGED', 'ABORTED')),
  started_at ${integer} NOT NULL,
  ended_at ${integer},
  CHECK ((state = 'OPEN') = (ended_at IS NULL)),
  CHECK ((person IS NULL) = (audience IS NULL)),
  FOREIGN KEY (collection, person) REFERENCES person (collection, id)
)${strict};

CREATE INDEX search_attempt_by_person ON search_attempt (person, started_at);

-- Human acts on candidates; the last one on a face and a person counts. The search is named without a foreign key,
-- because its record may end before what was decided about what it showed.
CREATE TABLE face_decision (
  seq ${sequence},
  id ${id} NOT NULL UNIQUE CHECK (length(id) = 36),
  collection ${id} NOT NULL,
  face ${id} NOT NULL,
  person ${id} NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('IS', 'IS_NOT')),
  search ${id} CHECK (length(search) = 36),
  actor TEXT NOT NULL,
  at ${integer} NOT NULL,
  FOREIGN KEY (collection, face) REFERENCES face (collection, id),
  FOREIGN KEY (collection, person) REFERENCES person (collection, id)
)${strict};

CREATE INDEX face_decision_by_face ON face_decision (face, person, seq);

CREATE INDEX face_decision_by_person ON face_decision (person);
