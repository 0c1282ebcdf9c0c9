-- People who may be found, their guardians, the notices they were shown and what they answered.
--
-- Names and contacts are sealed under the collection's key and a secret of each person. An answer holds ids, hashes,
-- times and words of closed lists only, so that it can stay as proof when the person is forgotten. What may never be
-- changed or deleted is refused by the triggers in the folders of the databases.

CREATE TABLE person (
  id ${id} NOT NULL PRIMARY KEY CHECK (length(id) = 36),
  collection ${id} NOT NULL REFERENCES collection (id),
  state TEXT NOT NULL CHECK (state IN ('INVITED', 'ENROLLED', 'SUSPENDED', 'FORGOTTEN')),
  majority_on TEXT CHECK (length(majority_on) = 10),
  key_version ${integer} CHECK (key_version >= 1),
  nonce ${bytes} CHECK (length(nonce) = 12),
  sealed ${bytes} CHECK (length(sealed) > 16),
  added_at ${integer} NOT NULL,
  UNIQUE (collection, id),
  CHECK ((sealed IS NULL) = (nonce IS NULL) AND (sealed IS NULL) = (key_version IS NULL)),
  CHECK ((state = 'FORGOTTEN') = (sealed IS NULL)),
  CHECK (state <> 'FORGOTTEN' OR majority_on IS NULL)
)${strict};

CREATE TABLE guardian (
  id ${id} NOT NULL PRIMARY KEY CHECK (length(id) = 36),
  collection ${id} NOT NULL,
  person ${id} NOT NULL,
  key_version ${integer} CHECK (key_version >= 1),
  nonce ${bytes} CHECK (length(nonce) = 12),
  sealed ${bytes} CHECK (length(sealed) > 16),
  added_at ${integer} NOT NULL,
  notified_at ${integer},
  UNIQUE (collection, person, id),
  CHECK ((sealed IS NULL) = (nonce IS NULL) AND (sealed IS NULL) = (key_version IS NULL)),
  FOREIGN KEY (collection, person) REFERENCES person (collection, id)
)${strict};

CREATE TABLE notice (
  collection ${id} NOT NULL REFERENCES collection (id),
  version ${integer} NOT NULL CHECK (version >= 1),
  material ${integer} NOT NULL CHECK (material IN (0, 1)),
  published_at ${integer} NOT NULL,
  PRIMARY KEY (collection, version)
)${strict};

CREATE TABLE notice_text (
  collection ${id} NOT NULL,
  version ${integer} NOT NULL,
  language TEXT NOT NULL CHECK (length(language) BETWEEN 2 AND 35),
  text TEXT NOT NULL CHECK (length(text) > 0),
  sha256 ${id} NOT NULL CHECK (length(sha256) = 64),
  PRIMARY KEY (collection, version, language),
  UNIQUE (collection, version, language, sha256),
  FOREIGN KEY (collection, version) REFERENCES notice (collection, version)
)${strict};

-- The text that was shown is named by its hash as well, so that an answer cannot stand on another text.
CREATE TABLE consent_event (
  seq ${sequence},
  id ${id} NOT NULL UNIQUE CHECK (length(id) = 36),
  collection ${id} NOT NULL,
  person ${id} NOT NULL,
  guardian ${id},
  purpose TEXT NOT NULL,
  audience TEXT NOT NULL CHECK (audience IN ('MYSELF', 'GROUP', 'STAFF')),
  audience_group TEXT CHECK (length(audience_group) BETWEEN 1 AND 60),
  act TEXT NOT NULL CHECK (act IN ('GIVEN', 'REFUSED', 'WITHDRAWN', 'REVOKED')),
  notice_version ${integer},
  language TEXT,
  text_sha256 ${id},
  basis_version ${integer} NOT NULL CHECK (basis_version >= 0),
  method TEXT NOT NULL CHECK (method IN ('PAPER', 'PAGE', 'MESSAGE', 'RECORDING', 'SPOKEN')),
  captured_by TEXT NOT NULL,
  at ${integer} NOT NULL,
  ends_at ${integer},
  CHECK ((audience = 'GROUP') = (audience_group IS NOT NULL)),
  CHECK (purpose = CASE audience WHEN 'MYSELF' THEN 'FIND_MYSELF' ELSE 'FIND_CONSENTING' END),
  CHECK (act IN ('WITHDRAWN', 'REVOKED') OR notice_version IS NOT NULL),
  CHECK ((notice_version IS NULL) = (language IS NULL) AND (notice_version IS NULL) = (text_sha256 IS NULL)),
  CHECK (ends_at IS NULL OR (act = 'GIVEN' AND ends_at > at)),
  CHECK (act <> 'REVOKED' OR guardian IS NULL),
  FOREIGN KEY (collection, person) REFERENCES person (collection, id),
  FOREIGN KEY (collection, person, guardian) REFERENCES guardian (collection, person, id),
  FOREIGN KEY (collection, notice_version, language, text_sha256)
    REFERENCES notice_text (collection, version, language, sha256)
)${strict};

CREATE INDEX consent_event_by_person ON consent_event (person, seq);

CREATE INDEX guardian_by_person ON guardian (person);

-- Only the hash of a code: who reads the records can withdraw nobody's consent.
CREATE TABLE withdrawal_code (
  sha256 ${id} NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
  collection ${id} NOT NULL,
  person ${id} NOT NULL,
  guardian ${id},
  statement ${id} NOT NULL CHECK (length(statement) = 36),
  FOREIGN KEY (collection, person) REFERENCES person (collection, id),
  FOREIGN KEY (collection, person, guardian) REFERENCES guardian (collection, person, id)
)${strict};

CREATE INDEX withdrawal_code_by_person ON withdrawal_code (person);

CREATE TABLE own_search (
  collection ${id} NOT NULL,
  person ${id} NOT NULL,
  at ${integer} NOT NULL,
  PRIMARY KEY (person, at),
  FOREIGN KEY (collection, person) REFERENCES person (collection, id)
)${strict};

