-- What the office put right of the roll, beside what the system that the roll comes from says: no import takes it away.

CREATE TABLE correction (
  id      INTEGER PRIMARY KEY,
  act     INTEGER NOT NULL REFERENCES act,
  pupil   INTEGER NOT NULL REFERENCES pupil,
  contact INTEGER REFERENCES contact,
  kind    TEXT NOT NULL,
  was     TEXT NOT NULL,                    -- what the system had; empty for nothing
  becomes TEXT NOT NULL,                    -- what it is; empty for nothing
  first_day TEXT,                           -- from which it holds, of a tutor group
  words   TEXT NOT NULL,                    -- what else is known: where a leaver goes
  ended   INTEGER REFERENCES act            -- the import that brought it, or the correction that replaced it
) STRICT;
CREATE INDEX correction_standing ON correction (pupil) WHERE ended IS NULL;
CREATE INDEX correction_of_contact ON correction (contact) WHERE ended IS NULL;
