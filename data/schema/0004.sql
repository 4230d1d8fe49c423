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
