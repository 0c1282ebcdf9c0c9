-- The log only grows, one position after the other. The order check also stops INSERT OR REPLACE, which deletes
-- without asking delete triggers.

CREATE TRIGGER audit_entry_is_next BEFORE INSERT ON audit_entry
WHEN NEW.position IS NOT (SELECT COALESCE(MAX(position), 0) + 1 FROM audit_entry)
BEGIN
  SELECT RAISE(ABORT, 'the log only grows');
END;

CREATE TRIGGER audit_entry_never_changes BEFORE UPDATE ON audit_entry
BEGIN
  SELECT RAISE(ABORT, 'the log only grows');
END;

CREATE TRIGGER audit_entry_never_goes BEFORE DELETE ON audit_entry
BEGIN
  SELECT RAISE(ABORT, 'the log only grows');
END;
