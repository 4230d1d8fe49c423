-- Arrangements entered once, for many. A change withdraws the row that stood and adds another, as everything in the record does.

CREATE TABLE arrangement (                  -- a trip, work experience, alternative provision, a part-time timetable
  id          INTEGER PRIMARY KEY,
  act         INTEGER NOT NULL REFERENCES act, -- that entered or changed it
  arrangement INTEGER NOT NULL,             -- its number: the same in each of its rows
  entered     INTEGER NOT NULL REFERENCES act, -- the act that entered it
  code        TEXT NOT NULL,
  title       TEXT NOT NULL,                -- with whom or what it is
  number      TEXT NOT NULL,                -- the provider's; may be empty
  days        TEXT NOT NULL,                -- the sessions of the week: 'fri pm'
  first_day   TEXT NOT NULL,
  last_day    TEXT NOT NULL,
  review      TEXT,                         -- the date it is looked at again
  note        TEXT NOT NULL,
  withdrawn   INTEGER REFERENCES act,
  CHECK (first_day <= last_day)
) STRICT;
CREATE INDEX arrangement_by_act ON arrangement (act);
CREATE INDEX arrangement_standing ON arrangement (arrangement) WHERE withdrawn IS NULL;
CREATE INDEX arrangement_withdrawn ON arrangement (withdrawn) WHERE withdrawn IS NOT NULL;

CREATE TABLE arrangement_pupil (            -- who is in it, and from when until when
  id          INTEGER PRIMARY KEY,
  act         INTEGER NOT NULL REFERENCES act,
  arrangement INTEGER NOT NULL,
  pupil       INTEGER NOT NULL REFERENCES pupil,
  first_day   TEXT NOT NULL,
  last_day    TEXT NOT NULL,
  withdrawn   INTEGER REFERENCES act,
  CHECK (first_day <= last_day)
) STRICT;
CREATE INDEX arrangement_pupil_by_act ON arrangement_pupil (act);
CREATE INDEX arrangement_pupil_standing ON arrangement_pupil (arrangement) WHERE withdrawn IS NULL;
CREATE INDEX arrangement_pupil_withdrawn ON arrangement_pupil (withdrawn) WHERE withdrawn IS NOT NULL;

-- What an arrangement says of a pupil's day is evidence like any other, a row a day, so that one rule settles both.
ALTER TABLE evidence ADD COLUMN arrangement INTEGER;
CREATE INDEX evidence_of_arrangement ON evidence (arrangement, first_day) WHERE arrangement IS NOT NULL;
DROP INDEX evidence_of_pupil;
CREATE INDEX evidence_of_pupil ON evidence (pupil, last_day, first_day);
-- Facts of several days are few; a day's facts are found by its date alone.
CREATE INDEX evidence_of_days ON evidence (last_day, first_day) WHERE first_day < last_day;
