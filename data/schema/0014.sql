CREATE TABLE fed_file (                     -- files of a folder that feeds itself
  id        INTEGER PRIMARY KEY,
  act       INTEGER REFERENCES act,         -- the import, or the entry that says why it was refused; NULL where it changed nothing
  instant   TEXT NOT NULL,
  folder    TEXT NOT NULL,
  file      TEXT NOT NULL,                  -- its name there
  digest    TEXT NOT NULL,                  -- SHA-256 of what it held
  kept_as   TEXT NOT NULL,                  -- its name in the folder "done" or "refused"
  refused   TEXT,                           -- why, in a sentence; NULL where it was taken
  moved     INTEGER NOT NULL CHECK (moved IN (0, 1)), -- whether it lies there
  dismissed INTEGER REFERENCES act          -- that took the refusal off the screens
) STRICT;
CREATE INDEX fed_file_unmoved ON fed_file (folder) WHERE moved = 0;
CREATE INDEX fed_file_refused ON fed_file (id) WHERE refused IS NOT NULL AND dismissed IS NULL;
CREATE INDEX fed_file_of ON fed_file (folder, file);
CREATE INDEX fed_file_by_act ON fed_file (act);
