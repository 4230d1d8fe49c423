-- One timeline, times with dates, amendments in people's words. A fact taken back carries the act that withdrew it, as in 0001.

ALTER TABLE movement ADD COLUMN code TEXT;  -- what the school's table of reasons had for the words when it was recorded
CREATE INDEX movement_of ON movement (pupil, date);
CREATE INDEX sighting_of ON sighting (pupil, date);
CREATE INDEX confirmation_of ON confirmation (pupil, date);

ALTER TABLE amendment ADD COLUMN rule TEXT;     -- the rule's sentence, beside what a person said in `reason`; where nobody said anything, both
ALTER TABLE amendment ADD COLUMN said_by TEXT;  -- who said it (the parent, the teacher), where that is not who did the act
ALTER TABLE amendment ADD COLUMN decided INTEGER; -- 1: the office decided this mark; 0: the rule did; NULL: from before it was kept

-- Session times by date -------------------------------------------------------------------------------------------

CREATE TABLE timetable (                    -- session times that held before those of the settings, each up to its last day
  last_day TEXT PRIMARY KEY,
  times    TEXT NOT NULL                    -- as in the settings, one TOML document
) STRICT;

CREATE TABLE early_end (                    -- a date on which the day's sessions end early
  date TEXT PRIMARY KEY,
  at   TEXT NOT NULL,
  name TEXT NOT NULL
) STRICT;

CREATE TABLE other_times (                  -- dates with session times of their own
  first_day TEXT PRIMARY KEY,
  last_day  TEXT NOT NULL,
  name      TEXT NOT NULL,
  times     TEXT NOT NULL                   -- one TOML document
) STRICT;

-- Promises --------------------------------------------------------------------------------------------------------

CREATE TABLE promise (                      -- on the way, or to be rung back: told without a reason
  id        INTEGER PRIMARY KEY,
  act       INTEGER NOT NULL REFERENCES act,
  pupil     INTEGER NOT NULL REFERENCES pupil,
  date      TEXT NOT NULL,
  session   TEXT NOT NULL CHECK (session IN ('AM', 'PM')),
  kind      TEXT NOT NULL CHECK (kind IN ('on-the-way', 'ring-back')),
  time      TEXT NOT NULL,                  -- by when, or when to ring, school-local
  said_by   TEXT NOT NULL,
  words     TEXT NOT NULL,
  channel   TEXT NOT NULL,
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE INDEX promise_by_day ON promise (date);
CREATE INDEX promise_by_act ON promise (act);
