-- Messages that files bring: replies to texts, and reports of absence by parents. They wait until somebody has read them, and are
-- never a mark. A fact taken back carries the act that withdrew it, as in 0001.

CREATE TABLE inbox (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,  -- the number by which it is read; never another's
  act       INTEGER NOT NULL REFERENCES act,    -- the import that brought it
  file      TEXT NOT NULL,
  line      INTEGER NOT NULL,
  date      TEXT NOT NULL,                      -- on which it came, school-local
  time      TEXT NOT NULL,
  channel   TEXT NOT NULL,
  pupil     INTEGER REFERENCES pupil,           -- NULL where it is not sure whom it is about
  about     TEXT NOT NULL,                      -- whom it is about, in the file's words
  said_by   TEXT NOT NULL,
  number    TEXT,                               -- or the address that it came from
  first_day TEXT,                               -- that it speaks of
  last_day  TEXT,
  reason    TEXT NOT NULL,                      -- as it was chosen there: a suggestion, and no code
  words     TEXT NOT NULL,                      -- with its line ends
  ended     INTEGER REFERENCES act,             -- that says it is read; NULL while it waits
  answered  INTEGER REFERENCES act,             -- that read it last, whether that stands or not
  meant     INTEGER REFERENCES pupil,           -- whom it is about, as who read it last said
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE INDEX inbox_waiting ON inbox (date, time) WHERE ended IS NULL AND withdrawn IS NULL;
CREATE INDEX inbox_by_date ON inbox (date, time);
CREATE INDEX inbox_of ON inbox (pupil);
CREATE INDEX inbox_meant ON inbox (meant) WHERE meant IS NOT NULL;
CREATE INDEX inbox_by_act ON inbox (act);
CREATE INDEX inbox_ended ON inbox (ended) WHERE ended IS NOT NULL;
CREATE INDEX inbox_answered ON inbox (answered) WHERE answered IS NOT NULL;
