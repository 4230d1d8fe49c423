-- Marks handed back to the system that the roll comes from. What it holds of a pupil-session is the last that a file of it told, or that
-- was confirmed of what was handed back.

CREATE TABLE handback (                     -- each time that changes of marks were handed back
  number  INTEGER PRIMARY KEY,              -- from 1
  act     INTEGER NOT NULL REFERENCES act,
  form    TEXT NOT NULL CHECK (form IN ('sheet', 'csv', 'sims')),
  profile TEXT                              -- whose columns it has, where it has those of a profile
) STRICT;
CREATE INDEX handback_by_act ON handback (act);

CREATE TABLE handback_mark (                -- its rows, as they were handed back
  handback    INTEGER NOT NULL REFERENCES handback,
  place       INTEGER NOT NULL,             -- from 1
  pupil       INTEGER NOT NULL REFERENCES pupil,
  date        TEXT NOT NULL,
  session     TEXT NOT NULL CHECK (session IN ('AM', 'PM')),
  was         TEXT,                         -- what the other system held; NULL is blank
  was_minutes INTEGER,
  now         TEXT,                         -- what the record held; NULL is blank
  now_minutes INTEGER,
  words       TEXT NOT NULL,                -- why it changed
  changed     INTEGER NOT NULL REFERENCES act, -- the act that changed it
  PRIMARY KEY (handback, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE handback_answer (              -- what became of a row in the other system
  id        INTEGER PRIMARY KEY,
  act       INTEGER NOT NULL REFERENCES act,
  handback  INTEGER NOT NULL REFERENCES handback,
  pupil     INTEGER NOT NULL REFERENCES pupil,
  date      TEXT NOT NULL,
  session   TEXT NOT NULL CHECK (session IN ('AM', 'PM')),
  code      TEXT,                           -- the mark that it was about; NULL is blank
  minutes   INTEGER,
  answer    TEXT NOT NULL CHECK (answer IN ('confirmed', 'refused')),
  said_by   TEXT,                           -- the program that says so, where that is not the officer of the act
  words     TEXT NOT NULL,                  -- why it was refused
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE INDEX handback_answer_of ON handback_answer (pupil, date, session);
CREATE INDEX handback_answer_by_act ON handback_answer (act);
CREATE INDEX handback_answer_withdrawn ON handback_answer (withdrawn) WHERE withdrawn IS NOT NULL;
