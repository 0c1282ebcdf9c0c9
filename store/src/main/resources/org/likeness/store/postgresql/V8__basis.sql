-- A basis, a reference's end and a decision never change. 23514 is the SQLSTATE of a broken check.

CREATE FUNCTION basis_next() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.version IS DISTINCT FROM
      (SELECT COALESCE(MAX(version), 0) + 1 FROM basis WHERE collection = NEW.collection) THEN
    RAISE EXCEPTION 'a basis is the next of its collection' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END
$$;

-- The yes it rests on must be this person's, and a basis must be there.
CREATE FUNCTION person_reference_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM consent_event
      WHERE id = NEW.consent AND collection = NEW.collection AND person = NEW.person AND act = 'GIVEN')
    OR NOT EXISTS (SELECT 1 FROM person WHERE id = NEW.person AND state = 'ENROLLED')
    OR NOT EXISTS (SELECT 1 FROM basis WHERE collection = NEW.collection) THEN
    RAISE EXCEPTION 'a reference needs its person''s consent and a basis' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION person_reference_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.id <> OLD.id OR NEW.collection <> OLD.collection OR NEW.person <> OLD.person OR NEW.consent <> OLD.consent
      OR NEW.created_at <> OLD.created_at OR NEW.expires_at <> OLD.expires_at THEN
    RAISE EXCEPTION 'a reference keeps whose it is and its end' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION search_attempt_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'OPEN' OR NEW.id <> OLD.id OR NEW.collection <> OLD.collection
      OR NEW.started_at <> OLD.started_at THEN
    RAISE EXCEPTION 'a search ends once' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER basis_is_next BEFORE INSERT ON basis
  FOR EACH ROW EXECUTE FUNCTION basis_next();

CREATE TRIGGER basis_never_changes BEFORE UPDATE ON basis
  FOR EACH ROW EXECUTE FUNCTION people_refuse();

CREATE TRIGGER basis_stays BEFORE DELETE ON basis
  FOR EACH ROW EXECUTE FUNCTION notice_stays();

CREATE TRIGGER person_reference_has_consent BEFORE INSERT ON person_reference
  FOR EACH ROW EXECUTE FUNCTION person_reference_new();

CREATE TRIGGER person_reference_keeps_its_end BEFORE UPDATE ON person_reference
  FOR EACH ROW EXECUTE FUNCTION person_reference_keeps();

CREATE TRIGGER search_attempt_not_in_shredded BEFORE INSERT ON search_attempt
  FOR EACH ROW EXECUTE FUNCTION shredded_check();

CREATE TRIGGER search_attempt_ends_once BEFORE UPDATE ON search_attempt
  FOR EACH ROW EXECUTE FUNCTION search_attempt_ends();

CREATE TRIGGER face_decision_is_new BEFORE INSERT ON face_decision
  FOR EACH ROW EXECUTE FUNCTION consent_event_new();

CREATE TRIGGER face_decision_never_changes BEFORE UPDATE ON face_decision
  FOR EACH ROW EXECUTE FUNCTION people_refuse();
