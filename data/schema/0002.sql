-- The whole morning's work: lessons, searches, comings and goings, the ladder's events. A fact taken back carries the act that
-- withdrew it, as in 0001.

ALTER TABLE call ADD COLUMN number TEXT;    -- as it was rung
ALTER TABLE call ADD COLUMN despite TEXT;   -- why somebody was rung who must not be contacted

CREATE INDEX mark_at_n ON mark (date, act) WHERE code = 'N';
CREATE INDEX act_by_instant ON act (instant);
CREATE INDEX call_wrong ON call (contact) WHERE outcome = 'wrong-number';

CREATE TABLE message (                      -- how a report reached the school
  act     INTEGER PRIMARY KEY REFERENCES act,
  channel TEXT NOT NULL,
  seen    TEXT NOT NULL,                    -- the evidence shown: an appointment card
  back    TEXT                              -- the date the pupil is expected back
) STRICT;

-- Registers --------------------------------------------------------------------------------------------------------

CREATE TABLE covering (                     -- who takes a register for the tutor; the newest that stands counts
  id          INTEGER PRIMARY KEY,
  act         INTEGER REFERENCES act,       -- none for what was known before the day
  date        TEXT NOT NULL,
  session     TEXT NOT NULL CHECK (session IN ('AM', 'PM')),
  tutor_group INTEGER NOT NULL REFERENCES tutor_group,
  teacher     TEXT,
  room        TEXT,
  withdrawn   INTEGER REFERENCES act
) STRICT;
INSERT INTO covering (date, session, tutor_group, teacher, room)
  SELECT date, session, tutor_group, teacher, room FROM cover;
DROP TABLE cover;
CREATE INDEX covering_by_day ON covering (date);
CREATE INDEX covering_by_act ON covering (act);

CREATE TABLE snooze (                       -- a register not to be chased before a time
  id          INTEGER PRIMARY KEY,
  act         INTEGER NOT NULL REFERENCES act,
  date        TEXT NOT NULL,
  session     TEXT NOT NULL CHECK (session IN ('AM', 'PM')),
  tutor_group INTEGER NOT NULL REFERENCES tutor_group,
  until       TEXT NOT NULL,
  withdrawn   INTEGER REFERENCES act
) STRICT;
CREATE INDEX snooze_by_day ON snooze (date);
CREATE INDEX snooze_by_act ON snooze (act);

-- Lessons ----------------------------------------------------------------------------------------------------------

CREATE TABLE lesson (
  id      INTEGER PRIMARY KEY,
  date    TEXT NOT NULL,
  period  TEXT NOT NULL,                    -- as the school's settings name it
  class   TEXT NOT NULL,
  teacher TEXT,
  room    TEXT,
  UNIQUE (date, period, class)
) STRICT;

CREATE TABLE lesson_pupil (                 -- who is due in a lesson, and the mark that stands
  lesson  INTEGER NOT NULL REFERENCES lesson,
  pupil   INTEGER NOT NULL REFERENCES pupil,
  code    TEXT,                             -- NULL until marked
  minutes INTEGER,
  act     INTEGER REFERENCES act,
  PRIMARY KEY (lesson, pupil)
) STRICT, WITHOUT ROWID;

CREATE TABLE lesson_mark (                  -- every mark a lesson's register brought
  id        INTEGER PRIMARY KEY,
  act       INTEGER NOT NULL REFERENCES act,
  lesson    INTEGER NOT NULL REFERENCES lesson,
  pupil     INTEGER NOT NULL REFERENCES pupil,
  code      TEXT NOT NULL,
  minutes   INTEGER,
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE INDEX lesson_mark_of ON lesson_mark (lesson, pupil);
CREATE INDEX lesson_mark_by_act ON lesson_mark (act);

CREATE TABLE lesson_chase (
  id        INTEGER PRIMARY KEY,
  act       INTEGER NOT NULL REFERENCES act,
  lesson    INTEGER NOT NULL REFERENCES lesson,
  method    TEXT NOT NULL,
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE INDEX lesson_chase_of ON lesson_chase (lesson);
CREATE INDEX lesson_chase_by_act ON lesson_chase (act);

-- Where pupils are -------------------------------------------------------------------------------------------------

CREATE TABLE movement (                     -- out of the building during the day, and back
  id        INTEGER PRIMARY KEY,
  act       INTEGER NOT NULL REFERENCES act,
  pupil     INTEGER NOT NULL REFERENCES pupil,
  date      TEXT NOT NULL,
  time      TEXT NOT NULL,
  way       TEXT NOT NULL CHECK (way IN ('out', 'back')),
  reason    TEXT NOT NULL,
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE INDEX movement_by_day ON movement (date);
CREATE INDEX movement_by_act ON movement (act);

CREATE TABLE sighting (                     -- looked for by a member of staff: seen there, or not
  id        INTEGER PRIMARY KEY,
  act       INTEGER NOT NULL REFERENCES act,
  pupil     INTEGER NOT NULL REFERENCES pupil,
  date      TEXT NOT NULL,
  time      TEXT NOT NULL,
  seen      INTEGER NOT NULL,
  place     TEXT NOT NULL,
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE INDEX sighting_by_day ON sighting (date);
CREATE INDEX sighting_by_act ON sighting (act);

CREATE TABLE confirmation (                 -- what a provider said of a pupil who is due with them
  id        INTEGER PRIMARY KEY,
  act       INTEGER NOT NULL REFERENCES act,
  pupil     INTEGER NOT NULL REFERENCES pupil,
  date      TEXT NOT NULL,
  session   TEXT NOT NULL CHECK (session IN ('AM', 'PM')),
  there     INTEGER NOT NULL,
  said_by   TEXT NOT NULL,
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE INDEX confirmation_by_day ON confirmation (date);
CREATE INDEX confirmation_by_act ON confirmation (act);

CREATE TABLE search (                       -- the log of a search; `search` is the act that opened it
  id        INTEGER PRIMARY KEY,
  act       INTEGER NOT NULL REFERENCES act,
  search    INTEGER NOT NULL REFERENCES act,
  pupil     INTEGER NOT NULL REFERENCES pupil,
  date      TEXT NOT NULL,
  entry     TEXT NOT NULL CHECK (entry IN ('opened', 'note', 'found', 'escalated')),
  words     TEXT NOT NULL,
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE INDEX search_by_day ON search (date);
CREATE INDEX search_by_act ON search (act);

-- Follow-up --------------------------------------------------------------------------------------------------------

CREATE TABLE step (                         -- an event on the ladder: the DSL told, a visit made
  id        INTEGER PRIMARY KEY,
  act       INTEGER NOT NULL REFERENCES act,
  pupil     INTEGER NOT NULL REFERENCES pupil,
  date      TEXT NOT NULL,
  session   TEXT NOT NULL CHECK (session IN ('AM', 'PM')),
  step      TEXT NOT NULL,                  -- as the ladder names it
  words     TEXT NOT NULL,
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE INDEX step_by_day ON step (date);
CREATE INDEX step_by_act ON step (act);

CREATE TABLE decision (                     -- a contradiction looked at, and what the office made of it
  id        INTEGER PRIMARY KEY,
  act       INTEGER NOT NULL REFERENCES act,
  pupil     INTEGER NOT NULL REFERENCES pupil,
  date      TEXT NOT NULL,
  session   TEXT NOT NULL CHECK (session IN ('AM', 'PM')),
  puzzle    TEXT NOT NULL,
  reason    TEXT NOT NULL,
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE INDEX decision_by_day ON decision (date);
CREATE INDEX decision_by_act ON decision (act);

CREATE TABLE claim (                        -- who is on which pupil just now: no part of the record, ends by itself
  desk    TEXT PRIMARY KEY,
  who     TEXT NOT NULL,
  pupil   INTEGER NOT NULL REFERENCES pupil,
  since   TEXT NOT NULL,
  instant TEXT NOT NULL                     -- when its desk last said so
) STRICT, WITHOUT ROWID;
