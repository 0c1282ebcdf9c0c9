
-- What was proved never changes, and the log goes from its front only. The checks on insert also stop INSERT OR
-- REPLACE, which deletes without asking delete triggers.

DROP TRIGGER audit_entry_never_goes;

CREATE TRIGGER audit_entry_goes_from_the_front BEFORE DELETE ON audit_entry
WHEN OLD.position >= (SELECT COALESCE(MAX(position), 1) FROM log_minimum)
  OR NOT EXISTS (SELECT 1 FROM audit_node WHERE level = 0 AND position = OLD.position - 1 AND hash = OLD.leaf_hash)
BEGIN
  SELECT RAISE(ABORT, 'the log only grows');
END;

CREATE TRIGGER log_minimum_grows BEFORE INSERT ON log_minimum
WHEN NEW.position <= (SELECT COALESCE(MAX(position), 1) FROM log_minimum)
  OR NEW.position > (SELECT COALESCE(MAX(position), 0) FROM audit_entry)
BEGIN
  SELECT RAISE(ABORT, 'the log is pruned from its front, and never its newest entry');
END;

CREATE TRIGGER log_minimum_never_changes BEFORE UPDATE ON log_minimum
BEGIN
  SELECT RAISE(ABORT, 'the log only grows');
END;

CREATE TRIGGER log_minimum_never_goes BEFORE DELETE ON log_minimum
BEGIN
  SELECT RAISE(ABORT, 'the log only grows');
END;

CREATE TRIGGER audit_node_is_new BEFORE INSERT ON audit_node
WHEN EXISTS (SELECT 1 FROM audit_node WHERE level = NEW.level AND position = NEW.position)
BEGIN
  SELECT RAISE(ABORT, 'the log only grows');
END;

CREATE TRIGGER audit_node_never_changes BEFORE UPDATE ON audit_node
BEGIN
  SELECT RAISE(ABORT, 'the log only grows');
END;

CREATE TRIGGER audit_node_never_goes BEFORE DELETE ON audit_node
BEGIN
  SELECT RAISE(ABORT, 'the log only grows');
END;

CREATE TRIGGER log_checkpoint_is_new BEFORE INSERT ON log_checkpoint
WHEN EXISTS (SELECT 1 FROM log_checkpoint WHERE size = NEW.size)
BEGIN
  SELECT RAISE(ABORT, 'what was signed never changes');
END;

CREATE TRIGGER log_checkpoint_never_changes BEFORE UPDATE ON log_checkpoint
BEGIN
  SELECT RAISE(ABORT, 'what was signed never changes');
END;

CREATE TRIGGER log_checkpoint_never_goes BEFORE DELETE ON log_checkpoint
BEGIN
  SELECT RAISE(ABORT, 'what was signed never changes');
END;

CREATE TRIGGER installation_is_one BEFORE INSERT ON installation
WHEN EXISTS (SELECT 1 FROM installation)
BEGIN
  SELECT RAISE(ABORT, 'an installation has one name');
END;

CREATE TRIGGER installation_never_changes BEFORE UPDATE ON installation
BEGIN
  SELECT RAISE(ABORT, 'an installation has one name');
END;

CREATE TRIGGER installation_never_goes BEFORE DELETE ON installation
BEGIN
  SELECT RAISE(ABORT, 'an installation has one name');
END;
