UPDATE photo SET sort_at = COALESCE(taken_at, strftime('%Y-%m-%dT%H:%M:%S', imported_at / 1000, 'unixepoch'));
