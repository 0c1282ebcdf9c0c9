-- Folders of this machine that belong to a collection: docs/reference/storage.md.
CREATE TABLE watched_folder (
  id ${id} NOT NULL PRIMARY KEY CHECK (length(id) = 36),
  collection ${id} NOT NULL,
  source ${id} NOT NULL,
  path TEXT NOT NULL CHECK (length(path) > 0),
  storage TEXT NOT NULL CHECK (storage IN ('COPY', 'LINK')),
  added_by TEXT NOT NULL,
  added_at ${integer} NOT NULL,
  looked_at ${integer},
  found_at ${integer},
  problem TEXT CHECK (problem IN ('GONE', 'UNREADABLE', 'EMPTY', 'PARTLY')),
  problem_since ${integer},
  CHECK ((problem IS NULL) = (problem_since IS NULL)),
  UNIQUE (collection, path),
  FOREIGN KEY (collection, source) REFERENCES source (collection, id)
)${strict};

CREATE INDEX watched_folder_by_source ON watched_folder (source);

-- Files of it that came to an end, by the SHA-256 of place, size and time of change: they are not read again.
CREATE TABLE watched_file (
  folder ${id} NOT NULL REFERENCES watched_folder (id),
  mark ${id} NOT NULL CHECK (length(mark) = 64),
  PRIMARY KEY (folder, mark)
)${strict};
