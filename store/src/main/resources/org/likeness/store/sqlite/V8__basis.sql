-- A basis, a reference's end and a decision never change. The checks on insert also stop INSERT OR REPLACE, which
-- deletes without asking delete triggers.

CREATE TRIGGER basis_is_next BEFORE INSERT ON basis
WHEN NEW.version IS NOT (SELECT COALESCE(MAX(version), 0) + 1 FROM basis WHERE collection = NEW.collection)
BEGIN
  SELECT RAISE(ABORT, 'a basis is the next of its collection');
END;

CREATE TRIGGER basis_never_changes BEFORE UPDATE ON basis
BEGIN
  SELECT RAISE(ABORT, 'a basis never changes');
END;

CREATE TRIGGER basis_stays BEFORE DELETE ON basis
WHEN EXISTS (SELECT 1 FROM person WHERE collection = OLD.collection)
  OR EXISTS (SELECT 1 FROM photo WHERE collection = OLD.collection)
BEGIN
  SELECT RAISE(ABORT, 'a basis stays until its collection is empty');
END;

-- The yes it rests on must be this person's, and a basis must be there.
CREATE TRIGGER person_reference_has_consent BEFORE INSERT ON person_reference
WHEN EXISTS (SELECT 1 FROM person_reference WHERE id = NEW.id OR seq = NEW.seq)
  OR NOT EXISTS (SELECT 1 FROM consent_event
    WHERE id = NEW.consent AND collection = NEW.collection AND person = NEW.person AND act = 'GIVEN')
  OR NOT EXISTS (SELECT 1 FROM person WHERE id = NEW.person AND state = 'ENROLLED')
  OR NOT EXISTS (SELECT 1 FROM basis WHERE collection = NEW.collection)
BEGIN
  SELECT RAISE(ABORT, 'a reference needs its person''s consent and a basis');
END;

CREATE TRIGGER person_reference_keeps_its_end BEFORE UPDATE ON person_reference
WHEN NEW.id <> OLD.id OR NEW.collection <> OLD.collection OR NEW.person <> OLD.person OR NEW.consent <> OLD.consent
  OR NEW.created_at <> OLD.created_at OR NEW.expires_at <> OLD.expires_at
BEGIN
  SELECT RAISE(ABORT, 'a reference keeps whose it is and its end');
END;

CREATE TRIGGER search_attempt_is_new BEFORE INSERT ON search_attempt
WHEN EXISTS (SELECT 1 FROM search_attempt WHERE id = NEW.id)
  OR (SELECT state FROM collection WHERE id = NEW.collection) = 'SHREDDED'
BEGIN
  SELECT RAISE(ABORT, 'a search is recorded once, in a collection that is not shredded');
END;

CREATE TRIGGER search_attempt_ends_once BEFORE UPDATE ON search_attempt
WHEN OLD.state <> 'OPEN' OR NEW.id <> OLD.id OR NEW.collection <> OLD.collection OR NEW.started_at <> OLD.started_at
BEGIN
  SELECT RAISE(ABORT, 'a search ends once');
END;

CREATE TRIGGER face_decision_is_new BEFORE INSERT ON face_decision
WHEN EXISTS (SELECT 1 FROM face_decision WHERE id = NEW.id OR seq = NEW.seq)
  OR EXISTS (SELECT 1 FROM person WHERE id = NEW.person AND state = 'FORGOTTEN')
BEGIN
  SELECT RAISE(ABORT, 'decisions are only added, about people who are not forgotten');
END;

CREATE TRIGGER face_decision_never_changes BEFORE UPDATE ON face_decision
BEGIN
  SELECT RAISE(ABORT, 'a decision never changes');
END;
