-- How far these records have followed the deletion ledger, a file beside the keys: docs/reference/storage.md.

-- Entries whose change is in these records, with their text, so that a lost ledger can be written again. Ids and hashes
-- only; the collection is in the text, because an entry outlives it.
CREATE TABLE ledger_followed (
  id ${id} NOT NULL PRIMARY KEY CHECK (length(id) = 36),
  entry TEXT NOT NULL
)${strict};

-- Where the ledger ended when all of it was followed: one row, none while it is empty.
CREATE TABLE ledger_mark (
  one ${integer} NOT NULL PRIMARY KEY CHECK (one = 1),
  bytes ${integer} NOT NULL CHECK (bytes >= 0),
  chain TEXT NOT NULL CHECK (length(chain) = 64)
)${strict};
