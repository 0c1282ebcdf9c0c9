-- The order in which people look at photos: docs/reference/storage.md.

-- When a photo was taken by its camera's clock, or else when it was imported (UTC); ISO 8601, so that it sorts as text.
ALTER TABLE photo ADD COLUMN sort_at TEXT NOT NULL DEFAULT '';

-- Holds all that a page of small pictures needs, so that the photos' rows need not be read.
CREATE INDEX photo_timeline ON photo (collection, sort_at, id, width, height) WHERE state = 'CLEARED';
