-- What backs a grant, the state of sources, and what is blocked since a source said stop.
--
-- The tables that begin with blocked name a source without pointing at its row: a block outlives everything that was
-- held of the source. They hold hashes only.

ALTER TABLE source ADD COLUMN state TEXT NOT NULL DEFAULT 'CLEARED'
  CHECK (state IN ('CLEARED', 'STOPPED', 'PURGED'));

ALTER TABLE source ADD COLUMN stopped_at ${integer};

-- Apart from the source, because these go when somebody asks for it and the source's grants stay.
CREATE TABLE source_contact (
  source ${id} NOT NULL PRIMARY KEY,
  collection ${id} NOT NULL,
  owner TEXT CHECK (length(owner) BETWEEN 1 AND 200),
  contact TEXT CHECK (length(contact) BETWEEN 1 AND 200),
  CHECK (owner IS NOT NULL OR contact IS NOT NULL),
  FOREIGN KEY (collection, source) REFERENCES source (collection, id)
)${strict};

ALTER TABLE permission_grant ADD COLUMN capacity TEXT NOT NULL DEFAULT 'REPORTED'
  CHECK (capacity IN ('OWNER', 'REPRESENTATIVE', 'REPORTED'));

ALTER TABLE permission_grant ADD COLUMN evidence_sha256 ${id} CHECK (length(evidence_sha256) = 64);

ALTER TABLE permission_grant ADD COLUMN notice_version ${integer};

ALTER TABLE permission_grant ADD COLUMN succeeds ${id} REFERENCES permission_grant (id);

-- Set by a stop, so that what the source no longer allows does not depend on any clock.
ALTER TABLE permission_grant ADD COLUMN stopped ${integer} NOT NULL DEFAULT 0 CHECK (stopped IN (0, 1));

CREATE UNIQUE INDEX permission_grant_succeeded_once ON permission_grant (succeeds);

-- 64 bits; photos that were imported before this have none.
ALTER TABLE photo ADD COLUMN perceptual_hash ${integer};

CREATE INDEX import_run_by_grant ON import_run (grant_id);

CREATE TABLE blocked_photo (
  seq ${sequence},
  collection ${id} NOT NULL,
  source ${id} NOT NULL CHECK (length(source) = 36),
  sha256 ${id} NOT NULL CHECK (length(sha256) = 64),
  perceptual_hash ${integer},
  blocked_at ${integer} NOT NULL,
  UNIQUE (source, sha256)
)${strict};

CREATE INDEX blocked_photo_by_content ON blocked_photo (sha256);

CREATE TABLE blocked_source (
  seq ${sequence},
  collection ${id} NOT NULL,
  source ${id} NOT NULL CHECK (length(source) = 36),
  kind TEXT NOT NULL CHECK (kind IN ('NAME', 'OWNER', 'CONTACT', 'FOLDER')),
  sha256 ${id} NOT NULL CHECK (length(sha256) = 64),
  blocked_at ${integer} NOT NULL,
  UNIQUE (source, kind, sha256)
)${strict};

CREATE INDEX blocked_source_by_mark ON blocked_source (sha256);
