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
