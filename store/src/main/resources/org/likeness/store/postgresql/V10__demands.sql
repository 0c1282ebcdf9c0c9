
-- A tombstone is final, and so is the answer to a demand. 23514 is the SQLSTATE of a broken check.

CREATE FUNCTION demand_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'demands and tombstones are final' USING ERRCODE = '23514';
END
$$;

CREATE FUNCTION demand_keeps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'DONE' OR NEW.id <> OLD.id OR NEW.kind <> OLD.kind OR NEW.scope <> OLD.scope
      OR NEW.target <> OLD.target OR NEW.received_at <> OLD.received_at OR NEW.due_at <> OLD.due_at THEN
    RAISE EXCEPTION 'a demand stays what it is' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER tombstone_never_changes BEFORE UPDATE OR DELETE ON tombstone
  FOR EACH ROW EXECUTE FUNCTION demand_refuse();

CREATE TRIGGER tombstone_never_truncated BEFORE TRUNCATE ON tombstone
  FOR EACH STATEMENT EXECUTE FUNCTION demand_refuse();

CREATE TRIGGER demand_stays_done BEFORE UPDATE ON demand
  FOR EACH ROW EXECUTE FUNCTION demand_keeps();

CREATE TRIGGER demand_never_goes BEFORE DELETE ON demand
  FOR EACH ROW EXECUTE FUNCTION demand_refuse();
