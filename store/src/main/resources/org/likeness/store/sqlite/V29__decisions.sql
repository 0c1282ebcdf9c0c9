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
