-- Files of an import by how they ended, to count them and to show first what did not get in.
CREATE INDEX file_outcome_by_result ON file_outcome (run, result, seq);

-- How much a collection holds, without reading its photos' rows.
CREATE INDEX photo_by_size ON photo (collection, storage, size_bytes);
