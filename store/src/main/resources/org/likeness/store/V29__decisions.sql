-- A decision can be taken back by a later one, OPEN. SQLite cannot change a check, so the table is made anew; the order
-- stays, and the triggers follow in each database's own part.
ALTER TABLE face_decision RENAME TO face_decision_before_29;

CREATE TABLE face_decision (
  seq ${sequence},
  id ${id} NOT NULL UNIQUE CHECK (length(id) = 36),
  collection ${id} NOT NULL,
  face ${id} NOT NULL,
  person ${id} NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('IS', 'IS_NOT', 'OPEN')),
  search ${id} CHECK (length(search) = 36),
  actor TEXT NOT NULL,
  at ${integer} NOT NULL,
  FOREIGN KEY (collection, face) REFERENCES face (collection, id),
  FOREIGN KEY (collection, person) REFERENCES person (collection, id)
)${strict};

INSERT INTO face_decision (id, collection, face, person, verdict, search, actor, at)
SELECT id, collection, face, person, verdict, search, actor, at FROM face_decision_before_29 ORDER BY seq;

DROP TABLE face_decision_before_29;

CREATE INDEX face_decision_by_face ON face_decision (face, person, seq);

CREATE INDEX face_decision_by_person ON face_decision (person);
