-- Somebody who was recorded as a guardian by mistake can be removed; one who answered stays, because one who objects
-- could be removed too.
CREATE OR REPLACE FUNCTION guardian_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM person WHERE id = OLD.person AND state <> 'FORGOTTEN')
      AND EXISTS (SELECT 1 FROM consent_event WHERE guardian = OLD.id) THEN
    RAISE EXCEPTION 'a guardian who answered stays until the person is forgotten' USING ERRCODE = '23514';
  END IF;
  RETURN OLD;
END
$$;

DROP TRIGGER guardian_stays ON guardian;

CREATE TRIGGER guardian_stays BEFORE DELETE ON guardian
  FOR EACH ROW EXECUTE FUNCTION guardian_stays();
