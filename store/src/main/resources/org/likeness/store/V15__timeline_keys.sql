-- V14 wrote the seconds of a whole minute for photos without a date; the key is compared as text, and everywhere else a
-- time of a whole minute has none.
UPDATE photo SET sort_at = substr(sort_at, 1, 16)
  WHERE taken_at IS NULL AND length(sort_at) = 19 AND substr(sort_at, 17) = ':00';
