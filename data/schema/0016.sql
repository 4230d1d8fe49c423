-- Whose marks files bring: what the school's own system told is known there, and what anybody else's file changed is to be handed back.

CREATE TABLE import_source (                -- of each import that brought marks
  act       INTEGER PRIMARY KEY REFERENCES act,
  of_mis    INTEGER NOT NULL CHECK (of_mis IN (0, 1)),   -- whether its marks count as told by the school's own system; they do of an import without a row
  by_format INTEGER NOT NULL CHECK (by_format IN (0, 1)) -- whether a file of it is of a kind that only such a system writes
) STRICT;
CREATE INDEX import_source_of_others ON import_source (act) WHERE of_mis = 0;

CREATE TABLE mis_mark (                     -- what that system told, where the register had it already and the system was not known to
  id        INTEGER PRIMARY KEY,
  act       INTEGER NOT NULL REFERENCES act,
  pupil     INTEGER NOT NULL REFERENCES pupil,
  date      TEXT NOT NULL,
  session   TEXT NOT NULL CHECK (session IN ('AM', 'PM')),
  code      TEXT NOT NULL,
  minutes   INTEGER,
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE INDEX mis_mark_of ON mis_mark (pupil, date, session);
CREATE INDEX mis_mark_by_act ON mis_mark (act);
CREATE INDEX mis_mark_withdrawn ON mis_mark (withdrawn) WHERE withdrawn IS NOT NULL;

CREATE TABLE own_file (                     -- files that firstbell wrote and that another system's could be taken for
  digest  TEXT PRIMARY KEY,                 -- SHA-256 of what it holds
  instant TEXT NOT NULL
) STRICT, WITHOUT ROWID;
