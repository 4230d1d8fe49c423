-- Casework: cases, and what is put into pupils' case files. A fact taken back carries the act that withdrew it, as in 0001. An event is
-- known by the act that put it down.

CREATE TABLE case_opened (
  id        INTEGER PRIMARY KEY,
  act       INTEGER NOT NULL REFERENCES act,
  pupil     INTEGER NOT NULL REFERENCES pupil,
  stage     TEXT NOT NULL,
  owner     TEXT NOT NULL,
  source    TEXT NOT NULL CHECK (source IN ('trigger', 'referral', 'office')),
  source_of TEXT NOT NULL,                  -- which trigger, or who referred it
  why       TEXT NOT NULL,
  next_on   TEXT,
  next_what TEXT,
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE INDEX case_opened_of ON case_opened (pupil);
CREATE INDEX case_opened_by_act ON case_opened (act);

CREATE TABLE case_change (
  id        INTEGER PRIMARY KEY,
  act       INTEGER NOT NULL REFERENCES act,
  pupil     INTEGER NOT NULL REFERENCES pupil,
  opened    INTEGER NOT NULL REFERENCES act, -- the act that opened the case
  what      TEXT NOT NULL CHECK (what IN ('stage', 'owner', 'next', 'target', 'closed')),
  value     TEXT NOT NULL,                  -- the stage, the owner, what is next, the target, the kind of reason
  date      TEXT,                           -- of what is next, or by when the target is to be reached
  words     TEXT NOT NULL,
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE INDEX case_change_of ON case_change (pupil);
CREATE INDEX case_change_by_act ON case_change (act);

CREATE TABLE case_contact (
  id        INTEGER PRIMARY KEY,
  act       INTEGER NOT NULL REFERENCES act,
  pupil     INTEGER NOT NULL REFERENCES pupil,
  date      TEXT NOT NULL,
  time      TEXT,
  way       TEXT NOT NULL,
  contact   INTEGER,                        -- as numbered then
  name      TEXT NOT NULL,                  -- with whom
  words     TEXT NOT NULL,
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE INDEX case_contact_of ON case_contact (pupil);
CREATE INDEX case_contact_by_act ON case_contact (act);

CREATE TABLE case_meeting (
  id        INTEGER PRIMARY KEY,
  act       INTEGER NOT NULL REFERENCES act,
  pupil     INTEGER NOT NULL REFERENCES pupil,
  date      TEXT NOT NULL,
  time      TEXT,
  kind      TEXT NOT NULL,
  present   TEXT NOT NULL,
  minutes   TEXT NOT NULL,
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE INDEX case_meeting_of ON case_meeting (pupil);
CREATE INDEX case_meeting_by_act ON case_meeting (act);

CREATE TABLE case_action (                  -- what a meeting agreed
  act       INTEGER NOT NULL REFERENCES act, -- the act that put the meeting down
  place     INTEGER NOT NULL,               -- from 1
  pupil     INTEGER NOT NULL REFERENCES pupil,
  what      TEXT NOT NULL,
  who       TEXT NOT NULL,
  date      TEXT NOT NULL,                  -- by when
  PRIMARY KEY (act, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE home_visit (
  id        INTEGER PRIMARY KEY,
  act       INTEGER NOT NULL REFERENCES act,
  pupil     INTEGER NOT NULL REFERENCES pupil,
  date      TEXT NOT NULL,
  left_at   TEXT NOT NULL,
  due_back  TEXT NOT NULL,
  purpose   TEXT NOT NULL,
  staff     TEXT NOT NULL,
  second    TEXT,
  words     TEXT NOT NULL,
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE INDEX home_visit_of ON home_visit (pupil);
CREATE INDEX home_visit_by_act ON home_visit (act);

CREATE TABLE home_visit_return (
  id         INTEGER PRIMARY KEY,
  act        INTEGER NOT NULL REFERENCES act,
  event      INTEGER NOT NULL REFERENCES act, -- the act that put the visit down
  pupil      INTEGER NOT NULL REFERENCES pupil,
  back       TEXT NOT NULL,
  child_seen INTEGER NOT NULL CHECK (child_seen IN (0, 1)),
  spoken_to  INTEGER NOT NULL CHECK (spoken_to IN (0, 1)),
  met        TEXT NOT NULL,
  outcome    TEXT NOT NULL,
  words      TEXT NOT NULL,
  follow_up  TEXT NOT NULL,
  in_cpoms   INTEGER NOT NULL CHECK (in_cpoms IN (0, 1)),
  withdrawn  INTEGER REFERENCES act
) STRICT;
CREATE INDEX home_visit_return_of ON home_visit_return (pupil);
CREATE INDEX home_visit_return_by_act ON home_visit_return (act);

CREATE TABLE improvement_notice (
  id                INTEGER PRIMARY KEY,
  act               INTEGER NOT NULL REFERENCES act,
  pupil             INTEGER NOT NULL REFERENCES pupil,
  contact           INTEGER,                -- as numbered then
  name              TEXT NOT NULL,          -- the parent
  date              TEXT NOT NULL,          -- the first day
  weeks             INTEGER NOT NULL CHECK (weeks BETWEEN 3 AND 6),
  ends              TEXT NOT NULL,          -- the last day, as the notice says it
  most_unauthorised INTEGER NOT NULL,
  least_percent     INTEGER,
  withdrawn         INTEGER REFERENCES act
) STRICT;
CREATE INDEX improvement_notice_of ON improvement_notice (pupil);
CREATE INDEX improvement_notice_by_act ON improvement_notice (act);

CREATE TABLE penalty_notice (
  id        INTEGER PRIMARY KEY,
  act       INTEGER NOT NULL REFERENCES act,
  pupil     INTEGER NOT NULL REFERENCES pupil,
  contact   INTEGER,                        -- as numbered then
  name      TEXT NOT NULL,                  -- the parent
  date      TEXT NOT NULL,                  -- of issue
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE INDEX penalty_notice_of ON penalty_notice (pupil);
CREATE INDEX penalty_notice_by_act ON penalty_notice (act);

CREATE TABLE penalty_session (              -- what a penalty notice rests on
  act       INTEGER NOT NULL REFERENCES act, -- the act that put the notice down
  date      TEXT NOT NULL,
  session   TEXT NOT NULL CHECK (session IN ('AM', 'PM')),
  pupil     INTEGER NOT NULL REFERENCES pupil,
  PRIMARY KEY (act, date, session)
) STRICT, WITHOUT ROWID;

CREATE TABLE leave_request (
  id        INTEGER PRIMARY KEY,
  act       INTEGER NOT NULL REFERENCES act,
  pupil     INTEGER NOT NULL REFERENCES pupil,
  date      TEXT NOT NULL,                  -- when it was asked for
  contact   INTEGER,                        -- as numbered then
  name      TEXT NOT NULL,                  -- who asked
  first_day TEXT NOT NULL,
  last_day  TEXT NOT NULL,
  reason    TEXT NOT NULL,
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE INDEX leave_request_of ON leave_request (pupil);
CREATE INDEX leave_request_by_act ON leave_request (act);

CREATE TABLE leave_decision (
  id        INTEGER PRIMARY KEY,
  act       INTEGER NOT NULL REFERENCES act,
  event     INTEGER NOT NULL REFERENCES act, -- the act that put the request down
  pupil     INTEGER NOT NULL REFERENCES pupil,
  date      TEXT NOT NULL,
  outcome   TEXT NOT NULL,
  days      INTEGER NOT NULL,               -- school days granted
  decided_by TEXT NOT NULL,               -- the head, as a rule
  reason    TEXT NOT NULL,
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE INDEX leave_decision_of ON leave_decision (pupil);
CREATE INDEX leave_decision_by_act ON leave_decision (act);

CREATE TABLE case_ending (                  -- what became of a notice, or of what was agreed
  id        INTEGER PRIMARY KEY,
  act       INTEGER NOT NULL REFERENCES act,
  event     INTEGER NOT NULL REFERENCES act, -- the act that put the event down
  pupil     INTEGER NOT NULL REFERENCES pupil,
  kind      TEXT NOT NULL CHECK (kind IN ('improvement', 'penalty', 'action')),
  place     INTEGER,                        -- which of the actions agreed
  date      TEXT NOT NULL,
  outcome   TEXT,
  words     TEXT NOT NULL,
  withdrawn INTEGER REFERENCES act
) STRICT;
CREATE INDEX case_ending_of ON case_ending (pupil);
CREATE INDEX case_ending_by_act ON case_ending (act);
