
-- A tombstone is final, and so is the answer to a demand.

CREATE TRIGGER tombstone_is_new BEFORE INSERT ON tombstone
WHEN EXISTS (SELECT 1 FROM tombstone WHERE seq = NEW.seq)
BEGIN
  SELECT RAISE(ABORT, 'a tombstone never changes');
END;

CREATE TRIGGER tombstone_never_changes BEFORE UPDATE ON tombstone
BEGIN
  SELECT RAISE(ABORT, 'a tombstone never changes');
END;

CREATE TRIGGER tombstone_never_goes BEFORE DELETE ON tombstone
BEGIN
  SELECT RAISE(ABORT, 'a tombstone never goes');
END;

CREATE TRIGGER demand_is_new BEFORE INSERT ON demand
WHEN EXISTS (SELECT 1 FROM demand WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'a demand is recorded once');
END;

CREATE TRIGGER demand_stays_done BEFORE UPDATE ON demand
WHEN OLD.state = 'DONE' OR NEW.id <> OLD.id OR NEW.kind <> OLD.kind OR NEW.scope <> OLD.scope
  OR NEW.target <> OLD.target OR NEW.received_at <> OLD.received_at OR NEW.due_at <> OLD.due_at
BEGIN
  SELECT RAISE(ABORT, 'a demand stays what it is');
END;

CREATE TRIGGER demand_never_goes BEFORE DELETE ON demand
BEGIN
  SELECT RAISE(ABORT, 'a demand never goes');
END;
