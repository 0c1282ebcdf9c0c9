-- The keys of a collection: made, replaced, destroyed. The keys themselves lie elsewhere. 23514 is the SQLSTATE of a
-- broken check.

ALTER TABLE collection ADD COLUMN state TEXT NOT NULL DEFAULT 'ACTIVE' CHECK (state IN ('ACTIVE', 'SHREDDED'));

-- 1: as the model made it, sealed by the key itself. 2: turned, sealed by a key derived for that, its term bound.
ALTER TABLE template ADD COLUMN format ${integer} NOT NULL DEFAULT 1 CHECK (format IN (1, 2));

CREATE TABLE collection_key (
  collection ${id} NOT NULL REFERENCES collection (id),
  version ${integer} NOT NULL CHECK (version >= 1),
  made_at ${integer} NOT NULL,
  destroyed_at ${integer},
  PRIMARY KEY (collection, version)
)${strict};

INSERT INTO collection_key (collection, version, made_at) SELECT id, key_version, created_at FROM collection;

CREATE FUNCTION collection_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.state = 'SHREDDED' AND NEW.state <> 'SHREDDED') OR NEW.key_version < OLD.key_version THEN
    RAISE EXCEPTION 'a shredded collection stays so, and key versions only grow' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER collection_stays_shredded BEFORE UPDATE ON collection
  FOR EACH ROW EXECUTE FUNCTION collection_check();

-- Of a collection that is not shredded, a key goes only when no template needs it.
CREATE FUNCTION collection_key_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.destroyed_at IS NOT NULL OR NEW.collection <> OLD.collection OR NEW.version <> OLD.version THEN
    RAISE EXCEPTION 'a destroyed key stays so' USING ERRCODE = '23514';
  END IF;
  IF NEW.destroyed_at IS NOT NULL
      AND (SELECT state FROM collection WHERE id = NEW.collection) <> 'SHREDDED'
      AND ((SELECT key_version FROM collection WHERE id = NEW.collection) = NEW.version
        OR EXISTS (SELECT 1 FROM template WHERE collection = NEW.collection AND key_version = NEW.version)) THEN
    RAISE EXCEPTION 'something is sealed with this key' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER collection_key_stays_destroyed BEFORE UPDATE ON collection_key
  FOR EACH ROW EXECUTE FUNCTION collection_key_check();

CREATE FUNCTION template_key_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM collection_key k JOIN collection c ON c.id = k.collection
      WHERE k.collection = NEW.collection AND k.version = NEW.key_version AND k.destroyed_at IS NULL
        AND c.state = 'ACTIVE') THEN
    RAISE EXCEPTION 'a template needs a key that exists' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER template_has_its_key BEFORE INSERT OR UPDATE OF key_version ON template
  FOR EACH ROW EXECUTE FUNCTION template_key_check();

CREATE FUNCTION shredded_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT state FROM collection WHERE id = NEW.collection) = 'SHREDDED' THEN
    RAISE EXCEPTION 'the collection was shredded' USING ERRCODE = '23514';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER photo_not_into_shredded BEFORE INSERT ON photo
  FOR EACH ROW EXECUTE FUNCTION shredded_check();

CREATE TRIGGER search_not_in_shredded BEFORE INSERT ON search
  FOR EACH ROW EXECUTE FUNCTION shredded_check();
