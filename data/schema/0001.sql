-- The record. Dates are ISO text on the school's clock; instants are RFC 3339 text in UTC; codes are as written.
-- Nothing is deleted: a fact taken back carries the act that withdrew it.

CREATE TABLE school (
  one           INTEGER PRIMARY KEY CHECK (one = 1),
  settings      TEXT NOT NULL,              -- one TOML document
  roll_revision INTEGER NOT NULL DEFAULT 0  -- moves with every change to the tables of the roll
) STRICT;

CREATE TABLE demo (                         -- one row in a made-up school, none in a real one
  one    INTEGER PRIMARY KEY CHECK (one = 1),
  starts TEXT NOT NULL,                     -- school-local time its morning begins at
  began  TEXT NOT NULL                      -- real instant at which it last began
) STRICT;

-- The roll ---------------------------------------------------------------------------------------------------------

CREATE TABLE staff (
  id        INTEGER PRIMARY KEY,
  source_id TEXT UNIQUE,
  name      TEXT NOT NULL,
  post      TEXT
) STRICT;

CREATE TABLE tutor_group (
  id    INTEGER PRIMARY KEY,
  name  TEXT NOT NULL UNIQUE,
  year  INTEGER,
  tutor INTEGER REFERENCES staff,
  room  TEXT
) STRICT;

CREATE TABLE household (
  id  INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE pupil (
  id           INTEGER PRIMARY KEY,
  source_id    TEXT UNIQUE,
  admission_no TEXT UNIQUE,
  upn          TEXT UNIQUE,
  surname      TEXT NOT NULL,
  forename     TEXT NOT NULL,
  year         INTEGER,
  tutor_group  INTEGER REFERENCES tutor_group,
  household    INTEGER REFERENCES household,
  flags        TEXT NOT NULL DEFAULT '',    -- letters, blanks between
  first_day    TEXT NOT NULL,
  last_day     TEXT
) STRICT;
CREATE INDEX pupil_by_group ON pupil (tutor_group);

CREATE TABLE contact (
  id             INTEGER PRIMARY KEY,
  pupil          INTEGER NOT NULL REFERENCES pupil,
  place          INTEGER NOT NULL,          -- in the calling order, from 1
  name           TEXT NOT NULL,
  relationship   TEXT NOT NULL,
  phone          TEXT,
  email          TEXT,
  do_not_contact INTEGER NOT NULL DEFAULT 0,
  note           TEXT,
  gone           INTEGER NOT NULL DEFAULT 0 -- no longer to be rung; kept because calls name it
) STRICT;
CREATE UNIQUE INDEX contact_in_order ON contact (pupil, place) WHERE gone = 0;

CREATE TABLE term (
  first_day TEXT PRIMARY KEY,
  last_day  TEXT NOT NULL,
  name      TEXT NOT NULL
) STRICT;

CREATE TABLE closed_day (
  date TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL
) STRICT;

CREATE TABLE cover (
  date        TEXT NOT NULL,
  session     TEXT NOT NULL CHECK (session IN ('AM', 'PM')),
  tutor_group INTEGER NOT NULL REFERENCES tutor_group,
  teacher     TEXT,
  room        TEXT,
  PRIMARY KEY (date, session, tutor_group)
) STRICT, WITHOUT ROWID;

-- The journal ------------------------------------------------------------------------------------------------------

CREATE TABLE act (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  instant TEXT NOT NULL,
  kind    TEXT NOT NULL,
  detail  TEXT NOT NULL,                    -- the whole act, as JSON
  who     TEXT NOT NULL,
  post    TEXT NOT NULL,
  desk    TEXT NOT NULL,
  about   TEXT,                             -- the earliest date it can change a mark of
  undoes  INTEGER REFERENCES act
) STRICT;
CREATE INDEX act_by_officer ON act (who, instant);
CREATE INDEX act_undoing ON act (undoes) WHERE undoes IS NOT NULL;

-- Marks and what they rest on --------------------------------------------------------------------------------------

CREATE TABLE mark (
  date          TEXT NOT NULL,
  session       TEXT NOT NULL CHECK (session IN ('AM', 'PM')),
  pupil         INTEGER NOT NULL REFERENCES pupil,
  tutor         TEXT,                       -- the tutor's own mark
  tutor_minutes INTEGER,
  taken         INTEGER REFERENCES act,     -- the act that brought it
  code          TEXT,                       -- the settled mark; NULL is blank
  minutes       INTEGER,
  act           INTEGER NOT NULL REFERENCES act, -- the act that last changed the settled mark
  PRIMARY KEY (date, session, pupil)
) STRICT, WITHOUT ROWID;
CREATE INDEX mark_of_pupil ON mark (pupil, date, session, code);

CREATE TABLE evidence (                     -- everything but tutors' standing marks
  id            INTEGER PRIMARY KEY,
  act           INTEGER NOT NULL REFERENCES act,
  pupil         INTEGER NOT NULL REFERENCES pupil,
  kind          TEXT NOT NULL CHECK (kind IN ('tutor', 'gate', 'report', 'plan', 'office')),
  first_day     TEXT NOT NULL,
  first_session TEXT NOT NULL CHECK (first_session IN ('AM', 'PM')),
  last_day      TEXT NOT NULL,
  last_session  TEXT NOT NULL CHECK (last_session IN ('AM', 'PM')),
  time          TEXT,                       -- of arrival, school-local
  code          TEXT,
  minutes       INTEGER,
  said_by       TEXT,                       -- who reported it
  words         TEXT,                       -- the reason, or what was said
  withdrawn     INTEGER REFERENCES act,
  CHECK ((first_day, first_session) <= (last_day, last_session))
) STRICT;
CREATE INDEX evidence_of_pupil ON evidence (pupil, last_day);
CREATE INDEX evidence_by_day ON evidence (last_day, first_day);
CREATE INDEX evidence_by_act ON evidence (act);
CREATE INDEX evidence_withdrawn ON evidence (withdrawn) WHERE withdrawn IS NOT NULL;

CREATE TABLE amendment (                    -- reg 6: who and when are the act's
  id               INTEGER PRIMARY KEY,
  act              INTEGER NOT NULL REFERENCES act,
  date             TEXT NOT NULL,
  session          TEXT NOT NULL,
  pupil            INTEGER NOT NULL REFERENCES pupil,
  original         TEXT,
  original_minutes INTEGER,
  new              TEXT,
  new_minutes      INTEGER,
  reason           TEXT NOT NULL
) STRICT;
CREATE INDEX amendment_of_mark ON amendment (pupil, date, session);

-- Follow-up --------------------------------------------------------------------------------------------------------

CREATE TABLE register (                     -- each handing-in of a register
  date        TEXT NOT NULL,
  session     TEXT NOT NULL CHECK (session IN ('AM', 'PM')),
  tutor_group INTEGER NOT NULL REFERENCES tutor_group,
  act         INTEGER NOT NULL REFERENCES act,
  taken_by    TEXT NOT NULL,
  withdrawn   INTEGER REFERENCES act,
  PRIMARY KEY (date, session, tutor_group, act)
) STRICT, WITHOUT ROWID;
CREATE INDEX register_by_act ON register (act);

CREATE TABLE chase (
  id          INTEGER PRIMARY KEY,
  act         INTEGER NOT NULL REFERENCES act,
  date        TEXT NOT NULL,
  session     TEXT NOT NULL,
  tutor_group INTEGER NOT NULL REFERENCES tutor_group,
  method      TEXT NOT NULL,
  withdrawn   INTEGER REFERENCES act
) STRICT;
CREATE INDEX chase_by_day ON chase (date, session, tutor_group);
CREATE INDEX chase_by_act ON chase (act);

CREATE TABLE call (
  id        INTEGER PRIMARY KEY,
  act       INTEGER NOT NULL REFERENCES act,
  pupil     INTEGER NOT NULL REFERENCES pupil,
  contact   INTEGER,                        -- as numbered when it was rung
  date      TEXT NOT NULL,
  session   TEXT NOT NULL,
  outcome   TEXT NOT NULL,
  code      TEXT,
  note      TEXT NOT NULL,
  call_back TEXT,
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE INDEX call_by_day ON call (date, pupil);
CREATE INDEX call_by_act ON call (act);

CREATE TABLE watched (
  id        INTEGER PRIMARY KEY,
  act       INTEGER NOT NULL REFERENCES act,
  pupil     INTEGER NOT NULL REFERENCES pupil,
  reason    TEXT NOT NULL,
  until     TEXT,
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE INDEX watched_standing ON watched (pupil) WHERE withdrawn IS NULL;
CREATE INDEX watched_by_act ON watched (act);
CREATE INDEX watched_withdrawn ON watched (withdrawn) WHERE withdrawn IS NOT NULL;
