-- What files bring that is not used at once: told of an import, waiting for a code, or asked about. A fact taken back carries the act
-- that withdrew it, as in 0001.

CREATE TABLE import_note (                  -- rows that an import refused, and what was to be looked at; of many the first
  act     INTEGER NOT NULL REFERENCES act,
  place   INTEGER NOT NULL,                 -- in the order in which they were told
  kind    TEXT NOT NULL CHECK (kind IN ('refused', 'warning')),
  file    TEXT NOT NULL,
  line    INTEGER NOT NULL,                 -- 0 is the whole file
  heading TEXT NOT NULL,                    -- of the column; empty where it is the whole row
  value   TEXT NOT NULL,                    -- what stood there; of contacts' numbers and addresses nothing
  says    TEXT NOT NULL,
  PRIMARY KEY (act, kind, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE quarantine (                   -- marks of files that are no code: they wait until somebody says what they mean
  id        INTEGER PRIMARY KEY,
  act       INTEGER NOT NULL REFERENCES act, -- the import that brought it
  file      TEXT NOT NULL,
  line      INTEGER NOT NULL,
  pupil     INTEGER NOT NULL REFERENCES pupil,
  date      TEXT NOT NULL,
  session   TEXT NOT NULL CHECK (session IN ('AM', 'PM')),
  raw       TEXT NOT NULL,                  -- the mark as it stood
  minutes   INTEGER,
  taken_by  TEXT,                           -- who took the register, where the file says
  ended     INTEGER REFERENCES act,         -- that released or dropped it, or the import that brought another mark; NULL while it waits
  answered  INTEGER REFERENCES act,         -- that released or dropped it last, whether that stands or not
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE INDEX quarantine_waiting ON quarantine (raw, date) WHERE ended IS NULL AND withdrawn IS NULL;
CREATE INDEX quarantine_of ON quarantine (pupil, date, session);
CREATE INDEX quarantine_by_act ON quarantine (act);
CREATE INDEX quarantine_ended ON quarantine (ended) WHERE ended IS NOT NULL;
CREATE INDEX quarantine_answered ON quarantine (answered) WHERE answered IS NOT NULL;

CREATE TABLE mark_meaning (                 -- the code that a mark of a file stands for
  id        INTEGER PRIMARY KEY,
  act       INTEGER NOT NULL REFERENCES act,
  raw       TEXT NOT NULL,
  code      TEXT NOT NULL,
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE UNIQUE INDEX mark_meaning_standing ON mark_meaning (raw) WHERE withdrawn IS NULL;
CREATE INDEX mark_meaning_by_act ON mark_meaning (act);

CREATE TABLE missing (                      -- pupils on roll whom an export of the whole roll did not name
  id        INTEGER PRIMARY KEY,
  act       INTEGER NOT NULL REFERENCES act, -- the first that did not
  pupil     INTEGER NOT NULL REFERENCES pupil,
  stays     INTEGER REFERENCES act,         -- the act that says the pupil stays all the same
  ended     INTEGER REFERENCES act,         -- the import that named the pupil again
  was_ended INTEGER REFERENCES act,         -- the last that did, whether that stands or not
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE INDEX missing_standing ON missing (pupil) WHERE ended IS NULL AND withdrawn IS NULL;
CREATE INDEX missing_by_act ON missing (act);
CREATE INDEX missing_ended ON missing (ended) WHERE ended IS NOT NULL;
