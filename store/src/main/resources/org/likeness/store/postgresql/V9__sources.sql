-- A grant never changes but to end, once. 23514 is the SQLSTATE of a broken check.

CREATE FUNCTION permission_grant_refuse_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.capacity <> 'OWNER' OR NEW.evidence_sha256 IS NULL)
      AND (SELECT state FROM source WHERE id = NEW.source) <> 'CLEARED' THEN
    RAISE EXCEPTION 'only the source itself, in writing, lifts its stop' USING ERRCODE = '23514';
  END IF;
  IF NEW.succeeds IS NOT NULL
      AND (SELECT source FROM permission_grant WHERE id = NEW.succeeds) IS DISTINCT FROM NEW.source THEN
    RAISE EXCEPTION 'a grant succeeds one of its own source' USING ERRCODE = '23514';
  END IF;
  IF NEW.notice_version IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM notice WHERE collection = NEW.collection AND version = NEW.notice_version) THEN
    RAISE EXCEPTION 'a grant names a notice that was published' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION permission_grant_refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.id <> OLD.id OR NEW.collection <> OLD.collection OR NEW.source <> OLD.source
      OR NEW.granted_by <> OLD.granted_by OR NEW.allows_store <> OLD.allows_store
      OR NEW.allows_face_search <> OLD.allows_face_search OR NEW.allows_share <> OLD.allows_share
      OR NEW.starts_at <> OLD.starts_at OR NEW.ends_at IS DISTINCT FROM OLD.ends_at
      OR NEW.capacity <> OLD.capacity OR NEW.evidence_sha256 IS DISTINCT FROM OLD.evidence_sha256
      OR NEW.notice_version IS DISTINCT FROM OLD.notice_version OR NEW.succeeds IS DISTINCT FROM OLD.succeeds
      OR NEW.stopped < OLD.stopped
      OR (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at) THEN
    RAISE EXCEPTION 'a grant never changes; it ends or is succeeded' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION photo_refuse_without_grant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM permission_grant WHERE id = NEW.grant_id AND (stopped = 1 OR ended_at IS NOT NULL))
      OR EXISTS (SELECT 1 FROM source WHERE id = NEW.source AND state <> 'CLEARED') THEN
    RAISE EXCEPTION 'a photo is imported under a grant that has not ended' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION source_refuse_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'CLEARED' AND (
      NEW.name <> OLD.name OR NEW.collection <> OLD.collection
      OR (NEW.state = 'CLEARED' AND NOT EXISTS (
        SELECT 1 FROM permission_grant WHERE source = OLD.id AND stopped = 0 AND capacity = 'OWNER'
          AND evidence_sha256 IS NOT NULL AND ended_at IS NULL))
      OR (OLD.state = 'PURGED' AND NEW.state = 'STOPPED')) THEN
    RAISE EXCEPTION 'only the source itself, in writing, lifts its stop' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER permission_grant_is_backed BEFORE INSERT ON permission_grant
  FOR EACH ROW EXECUTE FUNCTION permission_grant_refuse_insert();

CREATE TRIGGER permission_grant_never_changes BEFORE UPDATE ON permission_grant
  FOR EACH ROW EXECUTE FUNCTION permission_grant_refuse_update();

CREATE TRIGGER photo_under_grant BEFORE INSERT ON photo
  FOR EACH ROW EXECUTE FUNCTION photo_refuse_without_grant();

CREATE TRIGGER source_stays_stopped BEFORE UPDATE ON source
  FOR EACH ROW EXECUTE FUNCTION source_refuse_update();
