UPDATE photo SET sort_at = COALESCE(
  taken_at, to_char(to_timestamp(imported_at / 1000) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS'));
