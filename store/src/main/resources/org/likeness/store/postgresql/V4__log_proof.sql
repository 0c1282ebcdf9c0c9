
-- What was proved never changes, and the log goes from its front only. 23514 is the SQLSTATE of a broken check.

DROP TRIGGER audit_entry_never_changes ON audit_entry;

CREATE TRIGGER audit_entry_never_changes BEFORE UPDATE ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse();

CREATE FUNCTION audit_entry_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.position >= (SELECT COALESCE(MAX(position), 1) FROM log_minimum)
      OR NOT EXISTS
      (SELECT 1 FROM audit_node WHERE level = 0 AND position = OLD.position - 1 AND hash = OLD.leaf_hash)
  THEN
    RAISE EXCEPTION 'the log only grows' USING ERRCODE = '23514';
  END IF;
  RETURN OLD;
END
$$;

CREATE TRIGGER audit_entry_goes_from_the_front BEFORE DELETE ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION audit_entry_goes();

CREATE FUNCTION log_minimum_next() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.position <= (SELECT COALESCE(MAX(position), 1) FROM log_minimum)
    OR NEW.position > (SELECT COALESCE(MAX(position), 0) FROM audit_entry)
  THEN
    RAISE EXCEPTION 'the log is pruned from its front, and never its newest entry' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER log_minimum_grows BEFORE INSERT ON log_minimum
  FOR EACH ROW EXECUTE FUNCTION log_minimum_next();

CREATE TRIGGER log_minimum_never_changes BEFORE UPDATE OR DELETE ON log_minimum
  FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse();

CREATE TRIGGER log_minimum_never_truncated BEFORE TRUNCATE ON log_minimum
  FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse();

CREATE TRIGGER audit_node_never_changes BEFORE UPDATE OR DELETE ON audit_node
  FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse();

CREATE TRIGGER audit_node_never_truncated BEFORE TRUNCATE ON audit_node
  FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse();

CREATE TRIGGER log_checkpoint_never_changes BEFORE UPDATE OR DELETE ON log_checkpoint
  FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse();

CREATE TRIGGER log_checkpoint_never_truncated BEFORE TRUNCATE ON log_checkpoint
  FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse();

CREATE TRIGGER installation_never_changes BEFORE UPDATE OR DELETE ON installation
  FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse();

CREATE TRIGGER installation_never_truncated BEFORE TRUNCATE ON installation
  FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse();
