-- A grant never changes but to end, once. The checks on insert also stop INSERT OR REPLACE, which deletes without
-- asking delete triggers.

CREATE TRIGGER permission_grant_is_new BEFORE INSERT ON permission_grant
WHEN EXISTS (SELECT 1 FROM permission_grant WHERE id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'a grant is given once');
END;

CREATE TRIGGER permission_grant_of_stopped_source BEFORE INSERT ON permission_grant
WHEN (NEW.capacity <> 'OWNER' OR NEW.evidence_sha256 IS NULL)
  AND (SELECT state FROM source WHERE id = NEW.source) <> 'CLEARED'
BEGIN
  SELECT RAISE(ABORT, 'only the source itself, in writing, lifts its stop');
END;

CREATE TRIGGER permission_grant_succeeds_its_own BEFORE INSERT ON permission_grant
WHEN NEW.succeeds IS NOT NULL
  AND (SELECT source FROM permission_grant WHERE id = NEW.succeeds) IS NOT NEW.source
BEGIN
  SELECT RAISE(ABORT, 'a grant succeeds one of its own source');
END;

CREATE TRIGGER permission_grant_names_a_notice BEFORE INSERT ON permission_grant
WHEN NEW.notice_version IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM notice WHERE collection = NEW.collection AND version = NEW.notice_version)
BEGIN
  SELECT RAISE(ABORT, 'a grant names a notice that was published');
END;

CREATE TRIGGER permission_grant_never_changes BEFORE UPDATE ON permission_grant
WHEN NEW.id <> OLD.id OR NEW.collection <> OLD.collection OR NEW.source <> OLD.source
  OR NEW.granted_by <> OLD.granted_by OR NEW.allows_store <> OLD.allows_store
  OR NEW.allows_face_search <> OLD.allows_face_search OR NEW.allows_share <> OLD.allows_share
  OR NEW.starts_at <> OLD.starts_at OR NEW.ends_at IS NOT OLD.ends_at OR NEW.capacity <> OLD.capacity
  OR NEW.evidence_sha256 IS NOT OLD.evidence_sha256 OR NEW.notice_version IS NOT OLD.notice_version
  OR NEW.succeeds IS NOT OLD.succeeds OR NEW.stopped < OLD.stopped
  OR (OLD.ended_at IS NOT NULL AND NEW.ended_at IS NOT OLD.ended_at)
BEGIN
  SELECT RAISE(ABORT, 'a grant never changes; it ends or is succeeded');
END;

CREATE TRIGGER photo_under_grant BEFORE INSERT ON photo
WHEN EXISTS (SELECT 1 FROM permission_grant WHERE id = NEW.grant_id AND (stopped = 1 OR ended_at IS NOT NULL))
  OR EXISTS (SELECT 1 FROM source WHERE id = NEW.source AND state <> 'CLEARED')
BEGIN
  SELECT RAISE(ABORT, 'a photo is imported under a grant that has not ended');
END;

CREATE TRIGGER source_stays_stopped BEFORE UPDATE ON source
WHEN OLD.state <> 'CLEARED' AND (
  NEW.name <> OLD.name OR NEW.collection <> OLD.collection
  OR (NEW.state = 'CLEARED' AND NOT EXISTS (
    SELECT 1 FROM permission_grant WHERE source = OLD.id AND stopped = 0 AND capacity = 'OWNER'
      AND evidence_sha256 IS NOT NULL AND ended_at IS NULL))
  OR (OLD.state = 'PURGED' AND NEW.state = 'STOPPED'))
BEGIN
  SELECT RAISE(ABORT, 'only the source itself, in writing, lifts its stop');
END;
