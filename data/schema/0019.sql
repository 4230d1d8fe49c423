-- Letters to parents, frozen as they were made, and what became of them. A fact taken back carries the act that withdrew it, as in 0001. A
-- letter is known by the act that made it.

CREATE TABLE letter (
  id        INTEGER PRIMARY KEY,
  act       INTEGER NOT NULL REFERENCES act,
  pupil     INTEGER NOT NULL REFERENCES pupil,
  template  TEXT NOT NULL,
  sha256    TEXT NOT NULL,                  -- of the template
  date      TEXT NOT NULL,                  -- that stands on it
  first_day TEXT NOT NULL,                  -- of its figures
  last_day  TEXT NOT NULL,
  contact   INTEGER,                        -- as numbered then
  name      TEXT NOT NULL,                  -- the parent
  language  TEXT,                           -- where it is not English
  heading   TEXT NOT NULL,                  -- lines
  address   TEXT NOT NULL,                  -- lines; none where it is handed over
  words     TEXT NOT NULL,                  -- the letter
  figures   TEXT NOT NULL,                  -- counts of sessions, as JSON
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE INDEX letter_of ON letter (pupil);
CREATE INDEX letter_by_act ON letter (act);

CREATE TABLE letter_delivery (
  id        INTEGER PRIMARY KEY,
  act       INTEGER NOT NULL REFERENCES act,
  letter    INTEGER NOT NULL REFERENCES act, -- the act that made the letter
  pupil     INTEGER NOT NULL REFERENCES pupil,
  outcome   TEXT NOT NULL CHECK (outcome IN ('hand', 'post', 'email', 'returned')),
  date      TEXT NOT NULL,
  time      TEXT,
  who       TEXT NOT NULL,
  words     TEXT NOT NULL,
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE INDEX letter_delivery_of ON letter_delivery (pupil);
CREATE INDEX letter_delivery_by_act ON letter_delivery (act);
