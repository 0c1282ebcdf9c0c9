-- Somebody who was recorded as a guardian by mistake can be removed; one who answered stays, because one who objects
-- could be removed too.
DROP TRIGGER guardian_stays;

CREATE TRIGGER guardian_stays BEFORE DELETE ON guardian
WHEN EXISTS (SELECT 1 FROM person WHERE id = OLD.person AND state <> 'FORGOTTEN')
  AND EXISTS (SELECT 1 FROM consent_event WHERE guardian = OLD.id)
BEGIN
  SELECT RAISE(ABORT, 'a guardian who answered stays until the person is forgotten');
END;
