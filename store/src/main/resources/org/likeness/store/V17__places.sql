-- Where photos were taken, in degrees, as their files say; both or neither: docs/reference/storage.md.
ALTER TABLE photo ADD COLUMN latitude ${real} CHECK (latitude BETWEEN -90 AND 90);

ALTER TABLE photo ADD COLUMN longitude ${real} CHECK (longitude BETWEEN -180 AND 180);

CREATE INDEX photo_by_place ON photo (collection, latitude, longitude) WHERE latitude IS NOT NULL;
