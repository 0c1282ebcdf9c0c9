-- The log as a hash tree (RFC 9162), what was signed about it, and how much of its front was pruned.
-- docs/reference/proof.md says how it fits together.

-- One row, written when the tree is complete for the first time.
CREATE TABLE installation (
  one ${integer} NOT NULL PRIMARY KEY CHECK (one = 1),
  id ${id} NOT NULL CHECK (length(id) = 36)
)${strict};

-- Complete subtrees. Level 0 stands here for pruned entries only, else as audit_entry.leaf_hash.
CREATE TABLE audit_node (
  level ${integer} NOT NULL CHECK (level BETWEEN 0 AND 62),
  position ${integer} NOT NULL CHECK (position >= 0),
  hash ${bytes} NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (level, position)
)${strict};

CREATE TABLE log_checkpoint (
  size ${integer} NOT NULL PRIMARY KEY CHECK (size >= 0),
  note TEXT NOT NULL,
  at ${integer} NOT NULL
)${strict};

-- Entries before this position may be deleted; no others.
CREATE TABLE log_minimum (
  position ${integer} NOT NULL PRIMARY KEY CHECK (position > 1)
)${strict};

CREATE INDEX statement_by_position ON statement (audit_position);
