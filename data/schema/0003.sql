-- Several desks and who may do what: who sits where, PINs, what was shown to whom; lates followed through; the team's watch list.
-- A fact taken back carries the act that withdrew it, as in 0001.

DROP TABLE claim;
CREATE TABLE sitting (                      -- who sits at which desk just now: no part of the record, ends by itself
  desk    TEXT PRIMARY KEY,
  who     TEXT NOT NULL,
  place   TEXT NOT NULL CHECK (place IN ('office', 'gate')),
  pupil   INTEGER REFERENCES pupil,         -- whom they are calling about
  since   TEXT NOT NULL,
  instant TEXT NOT NULL                     -- when its desk last said so
) STRICT, WITHOUT ROWID;

CREATE TABLE pin (                          -- opens a locked screen
  login   TEXT PRIMARY KEY,
  hash    TEXT NOT NULL,                    -- argon2id, in the PHC form
  instant TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE disclosure (                   -- what was shown to somebody that is not shown to everybody
  id      INTEGER PRIMARY KEY,
  instant TEXT NOT NULL,
  who     TEXT NOT NULL,
  post    TEXT NOT NULL,
  desk    TEXT NOT NULL,
  shown   TEXT NOT NULL CHECK (shown IN ('number', 'card', 'export')),
  pupil   INTEGER REFERENCES pupil,
  what    TEXT NOT NULL
) STRICT;
CREATE INDEX disclosure_by_instant ON disclosure (instant);

-- Lates ------------------------------------------------------------------------------------------------------------

CREATE TABLE late_step (                    -- how a late was followed through
  id        INTEGER PRIMARY KEY,
  act       INTEGER NOT NULL REFERENCES act,
  pupil     INTEGER NOT NULL REFERENCES pupil,
  date      TEXT NOT NULL,
  session   TEXT NOT NULL CHECK (session IN ('AM', 'PM')),
  step      TEXT NOT NULL,
  words     TEXT NOT NULL,
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE INDEX late_step_by_day ON late_step (date);
CREATE INDEX late_step_by_act ON late_step (act);

CREATE INDEX mark_late ON mark (date, pupil, minutes) WHERE code IN ('L', 'U');

-- The watch list ---------------------------------------------------------------------------------------------------

ALTER TABLE watched ADD COLUMN owner TEXT;  -- who sees to it; whoever put the pupil there if nobody is named
ALTER TABLE watched ADD COLUMN review TEXT; -- the date it is looked at again
