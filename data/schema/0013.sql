-- Imports of many marks, which come in short changes: what is needed to take back one that was not brought to its end.

CREATE TABLE arriving (                     -- the import under way
  one       INTEGER PRIMARY KEY CHECK (one = 1),
  act       INTEGER REFERENCES act,         -- NULL while there is none
  amendment INTEGER NOT NULL DEFAULT 0,     -- the last amendment before it
  ended     INTEGER NOT NULL DEFAULT 0      -- how many have been, taken back or not: what desks keep may have been read amid one
) STRICT;
INSERT INTO arriving (one) VALUES (1);

CREATE TABLE mark_before (                  -- marks as they stood before it changed them
  date          TEXT NOT NULL,
  session       TEXT NOT NULL CHECK (session IN ('AM', 'PM')),
  pupil         INTEGER NOT NULL,
  tutor         TEXT,
  tutor_minutes INTEGER,
  taken         INTEGER,
  code          TEXT,
  minutes       INTEGER,
  act           INTEGER NOT NULL,
  PRIMARY KEY (date, session, pupil)
) STRICT, WITHOUT ROWID;
