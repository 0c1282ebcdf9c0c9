-- Whether a member has done the first steps, or put them away.
ALTER TABLE member ADD COLUMN tour_over ${integer} NOT NULL DEFAULT 0 CHECK (tour_over IN (0, 1));

-- Whether somebody ever searched, without reading all searches.
CREATE INDEX search_attempt_by_actor ON search_attempt (actor, state);
