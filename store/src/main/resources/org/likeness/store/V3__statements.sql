-- What somebody takes away as proof. The log holds only the text's hash, at audit_position.

CREATE TABLE statement (
  id ${id} NOT NULL PRIMARY KEY CHECK (length(id) = 36),
  kind TEXT NOT NULL,
  collection ${id} REFERENCES collection (id),
  subject ${id} CHECK (length(subject) = 36),
  at ${integer} NOT NULL,
  text TEXT NOT NULL,
  audit_position ${integer} NOT NULL
)${strict};

CREATE INDEX statement_by_subject ON statement (subject);
