-- Casework: what else is put into a case file, one table, for each is a day, somebody, and words; and which days of a leave were decided how.

CREATE TABLE case_support (
  id        INTEGER PRIMARY KEY,
  act       INTEGER NOT NULL REFERENCES act,
  pupil     INTEGER NOT NULL REFERENCES pupil,
  kind      TEXT NOT NULL CHECK (kind IN ('details', 'contract', 'early-help', 'part-time', 'reintegration', 'provider', 'court')),
  date      TEXT NOT NULL,                  -- its first day
  until     TEXT,                           -- its last
  review    TEXT,                           -- when it is looked at again
  contact   INTEGER,                        -- as numbered then
  name      TEXT NOT NULL,                  -- with whom
  agreed    TEXT,                           -- when the parent agreed to it
  sessions  TEXT NOT NULL,                  -- the times and days the pupil attends
  words     TEXT NOT NULL,
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE INDEX case_support_of ON case_support (pupil);
CREATE INDEX case_support_by_act ON case_support (act);

CREATE TABLE leave_day (                    -- a school day of a leave that was granted, where not the first of them were
  act       INTEGER NOT NULL REFERENCES act, -- the act that decided the leave
  date      TEXT NOT NULL,
  pupil     INTEGER NOT NULL REFERENCES pupil,
  PRIMARY KEY (act, date)
) STRICT, WITHOUT ROWID;
