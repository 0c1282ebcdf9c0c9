-- The keys of a collection: made, replaced, destroyed. The keys themselves lie elsewhere.

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

CREATE TRIGGER collection_stays_shredded BEFORE UPDATE ON collection
WHEN (OLD.state = 'SHREDDED' AND NEW.state <> 'SHREDDED') OR NEW.key_version < OLD.key_version
BEGIN
  SELECT RAISE(ABORT, 'a shredded collection stays so, and key versions only grow');
END;

CREATE TRIGGER collection_key_stays_destroyed BEFORE UPDATE ON collection_key
WHEN OLD.destroyed_at IS NOT NULL OR NEW.collection <> OLD.collection OR NEW.version <> OLD.version
BEGIN
  SELECT RAISE(ABORT, 'a destroyed key stays so');
END;

-- Of a collection that is not shredded, a key goes only when no template needs it.
CREATE TRIGGER collection_key_not_needed BEFORE UPDATE ON collection_key
WHEN NEW.destroyed_at IS NOT NULL
  AND (SELECT state FROM collection WHERE id = NEW.collection) <> 'SHREDDED'
  AND ((SELECT key_version FROM collection WHERE id = NEW.collection) = NEW.version
    OR EXISTS (SELECT 1 FROM template WHERE collection = NEW.collection AND key_version = NEW.version))
BEGIN
  SELECT RAISE(ABORT, 'something is sealed with this key');
END;

CREATE TRIGGER template_has_its_key BEFORE INSERT ON template
WHEN NOT EXISTS (SELECT 1 FROM collection_key k JOIN collection c ON c.id = k.collection
  WHERE k.collection = NEW.collection AND k.version = NEW.key_version AND k.destroyed_at IS NULL
    AND c.state = 'ACTIVE')
BEGIN
  SELECT RAISE(ABORT, 'a template needs a key that exists');
END;

CREATE TRIGGER template_keeps_a_key BEFORE UPDATE OF key_version ON template
WHEN NOT EXISTS (SELECT 1 FROM collection_key k JOIN collection c ON c.id = k.collection
  WHERE k.collection = NEW.collection AND k.version = NEW.key_version AND k.destroyed_at IS NULL
    AND c.state = 'ACTIVE')
BEGIN
  SELECT RAISE(ABORT, 'a template needs a key that exists');
END;

CREATE TRIGGER photo_not_into_shredded BEFORE INSERT ON photo
WHEN (SELECT state FROM collection WHERE id = NEW.collection) = 'SHREDDED'
BEGIN
  SELECT RAISE(ABORT, 'the collection was shredded');
END;

CREATE TRIGGER search_not_in_shredded BEFORE INSERT ON search
WHEN (SELECT state FROM collection WHERE id = NEW.collection) = 'SHREDDED'
BEGIN
  SELECT RAISE(ABORT, 'the collection was shredded');
END;
