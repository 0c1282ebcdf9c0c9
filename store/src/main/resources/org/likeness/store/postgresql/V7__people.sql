-- Answers and notices are only added to. 23514 is the SQLSTATE of a broken check.

CREATE FUNCTION people_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'answers and notices are only added to' USING ERRCODE = '23514';
END
$$;

CREATE FUNCTION consent_event_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM person WHERE id = NEW.person AND state = 'FORGOTTEN') THEN
    RAISE EXCEPTION 'answers are only added to people who are not forgotten' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION person_row_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM person WHERE id = OLD.person AND state <> 'FORGOTTEN') THEN
    RAISE EXCEPTION 'it stays until its person is forgotten' USING ERRCODE = '23514';
  END IF;
  RETURN OLD;
END
$$;

CREATE FUNCTION notice_next() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.version IS DISTINCT FROM
      (SELECT COALESCE(MAX(version), 0) + 1 FROM notice WHERE collection = NEW.collection) THEN
    RAISE EXCEPTION 'a notice is the next of its collection' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION notice_text_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.version IS DISTINCT FROM (SELECT MAX(version) FROM notice WHERE collection = NEW.collection)
      OR EXISTS (SELECT 1 FROM consent_event
        WHERE collection = NEW.collection AND notice_version = NEW.version) THEN
    RAISE EXCEPTION 'a notice never changes' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION notice_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM person WHERE collection = OLD.collection)
      OR EXISTS (SELECT 1 FROM photo WHERE collection = OLD.collection) THEN
    RAISE EXCEPTION 'a notice stays until its collection is empty' USING ERRCODE = '23514';
  END IF;
  RETURN OLD;
END
$$;

CREATE FUNCTION person_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'FORGOTTEN' OR NEW.id <> OLD.id OR NEW.collection <> OLD.collection THEN
    RAISE EXCEPTION 'a person who was forgotten stays so' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION person_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'FORGOTTEN' THEN
    RAISE EXCEPTION 'a person stays until forgotten' USING ERRCODE = '23514';
  END IF;
  RETURN OLD;
END
$$;

CREATE FUNCTION guardian_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.id <> OLD.id OR NEW.person <> OLD.person OR NEW.collection <> OLD.collection THEN
    RAISE EXCEPTION 'a guardian stays a guardian' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER consent_event_is_new BEFORE INSERT ON consent_event
  FOR EACH ROW EXECUTE FUNCTION consent_event_new();

CREATE TRIGGER consent_event_never_changes BEFORE UPDATE ON consent_event
  FOR EACH ROW EXECUTE FUNCTION people_refuse();

CREATE TRIGGER consent_event_stays BEFORE DELETE ON consent_event
  FOR EACH ROW EXECUTE FUNCTION person_row_stays();

CREATE TRIGGER consent_event_never_truncated BEFORE TRUNCATE ON consent_event
  FOR EACH STATEMENT EXECUTE FUNCTION people_refuse();

CREATE TRIGGER notice_is_next BEFORE INSERT ON notice
  FOR EACH ROW EXECUTE FUNCTION notice_next();

CREATE TRIGGER notice_never_changes BEFORE UPDATE ON notice
  FOR EACH ROW EXECUTE FUNCTION people_refuse();

CREATE TRIGGER notice_stays BEFORE DELETE ON notice
  FOR EACH ROW EXECUTE FUNCTION notice_stays();

CREATE TRIGGER notice_never_truncated BEFORE TRUNCATE ON notice
  FOR EACH STATEMENT EXECUTE FUNCTION people_refuse();

CREATE TRIGGER notice_text_is_new BEFORE INSERT ON notice_text
  FOR EACH ROW EXECUTE FUNCTION notice_text_new();

CREATE TRIGGER notice_text_never_changes BEFORE UPDATE ON notice_text
  FOR EACH ROW EXECUTE FUNCTION people_refuse();

CREATE TRIGGER notice_text_stays BEFORE DELETE ON notice_text
  FOR EACH ROW EXECUTE FUNCTION notice_stays();

CREATE TRIGGER person_keeps_id BEFORE UPDATE ON person
  FOR EACH ROW EXECUTE FUNCTION person_keeps();

CREATE TRIGGER person_stays BEFORE DELETE ON person
  FOR EACH ROW EXECUTE FUNCTION person_stays();

CREATE TRIGGER guardian_keeps_id BEFORE UPDATE ON guardian
  FOR EACH ROW EXECUTE FUNCTION guardian_keeps();

CREATE TRIGGER guardian_stays BEFORE DELETE ON guardian
  FOR EACH ROW EXECUTE FUNCTION person_row_stays();
