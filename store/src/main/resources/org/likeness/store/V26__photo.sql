-- Photos that are deleted and whose files may still be there, so that a crash leaves none behind. Ids and hashes only.
-- docs/reference/storage.md says what each column means.
CREATE TABLE removed_photo (
  photo ${id} NOT NULL PRIMARY KEY CHECK (length(photo) = 36),
  collection ${id} NOT NULL CHECK (length(collection) = 36),
  sha256 ${id} NOT NULL CHECK (length(sha256) = 64),
  storage TEXT NOT NULL CHECK (storage IN ('COPY', 'LINK')),
  faces TEXT NOT NULL,
  removed_at ${integer} NOT NULL
)${strict};
