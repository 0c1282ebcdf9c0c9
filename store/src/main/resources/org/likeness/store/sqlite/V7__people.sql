-- Answers and notices are only added to. The checks on insert also stop INSERT OR REPLACE, which deletes without asking
-- delete triggers.

CREATE TRIGGER consent_event_is_new BEFORE INSERT ON consent_event
WHEN EXISTS (SELECT 1 FROM consent_event WHERE id = NEW.id OR seq = NEW.seq)
  OR EXISTS (SELECT 1 FROM person WHERE id = NEW.person AND state = 'FORGOTTEN')
BEGIN
  SELECT RAISE(ABORT, 'answers are only added, to people who are not forgotten');
END;

CREATE TRIGGER consent_event_never_changes BEFORE UPDATE ON consent_event
BEGIN
  SELECT RAISE(ABORT, 'an answer never changes');
END;

CREATE TRIGGER consent_event_stays BEFORE DELETE ON consent_event
WHEN EXISTS (SELECT 1 FROM person WHERE id = OLD.person AND state <> 'FORGOTTEN')
BEGIN
  SELECT RAISE(ABORT, 'an answer stays until its person is forgotten');
END;

CREATE TRIGGER notice_is_next BEFORE INSERT ON notice
WHEN NEW.version IS NOT (SELECT COALESCE(MAX(version), 0) + 1 FROM notice WHERE collection = NEW.collection)
BEGIN
  SELECT RAISE(ABORT, 'a notice is the next of its collection');
END;

CREATE TRIGGER notice_never_changes BEFORE UPDATE ON notice
BEGIN
  SELECT RAISE(ABORT, 'a notice never changes');
END;

CREATE TRIGGER notice_stays BEFORE DELETE ON notice
WHEN EXISTS (SELECT 1 FROM person WHERE collection = OLD.collection)
  OR EXISTS (SELECT 1 FROM photo WHERE collection = OLD.collection)
BEGIN
  SELECT RAISE(ABORT, 'a notice stays until its collection is empty');
END;

CREATE TRIGGER notice_text_is_new BEFORE INSERT ON notice_text
WHEN NEW.version IS NOT (SELECT MAX(version) FROM notice WHERE collection = NEW.collection)
  OR EXISTS (SELECT 1 FROM consent_event WHERE collection = NEW.collection AND notice_version = NEW.version)
  OR EXISTS (SELECT 1 FROM notice_text
    WHERE collection = NEW.collection AND version = NEW.version AND language = NEW.language)
BEGIN
  SELECT RAISE(ABORT, 'a notice never changes');
END;

CREATE TRIGGER notice_text_never_changes BEFORE UPDATE ON notice_text
BEGIN
  SELECT RAISE(ABORT, 'a notice never changes');
END;

CREATE TRIGGER notice_text_stays BEFORE DELETE ON notice_text
WHEN EXISTS (SELECT 1 FROM person WHERE collection = OLD.collection)
  OR EXISTS (SELECT 1 FROM photo WHERE collection = OLD.collection)
BEGIN
  SELECT RAISE(ABORT, 'a notice stays until its collection is empty');
END;

CREATE TRIGGER person_keeps_id BEFORE UPDATE ON person
WHEN OLD.state = 'FORGOTTEN' OR NEW.id <> OLD.id OR NEW.collection <> OLD.collection
BEGIN
  SELECT RAISE(ABORT, 'a person who was forgotten stays so');
END;

CREATE TRIGGER person_is_new BEFORE INSERT ON person
WHEN EXISTS (SELECT 1 FROM person WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'a person is added once');
END;

CREATE TRIGGER person_stays BEFORE DELETE ON person
WHEN OLD.state <> 'FORGOTTEN'
BEGIN
  SELECT RAISE(ABORT, 'a person stays until forgotten');
END;

CREATE TRIGGER guardian_is_new BEFORE INSERT ON guardian
WHEN EXISTS (SELECT 1 FROM guardian WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'a guardian is added once');
END;

CREATE TRIGGER guardian_keeps_id BEFORE UPDATE ON guardian
WHEN NEW.id <> OLD.id OR NEW.person <> OLD.person OR NEW.collection <> OLD.collection
BEGIN
  SELECT RAISE(ABORT, 'a guardian stays a guardian');
END;

CREATE TRIGGER guardian_stays BEFORE DELETE ON guardian
WHEN EXISTS (SELECT 1 FROM person WHERE id = OLD.person AND state <> 'FORGOTTEN')
BEGIN
  SELECT RAISE(ABORT, 'a guardian stays until the person is forgotten');
END;
