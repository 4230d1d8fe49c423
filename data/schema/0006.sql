-- What a file brought in can be taken back.

CREATE TABLE roll_change (                  -- each row of the roll and the calendar that an import changed, or whoever took one back
  act      INTEGER NOT NULL REFERENCES act,
  relation TEXT NOT NULL,                   -- the table
  key      ANY NOT NULL,                    -- the row's own, in that table
  was      TEXT,                            -- the row before, as JSON; NULL where there was none
  became   TEXT,                            -- the row after; NULL where there is none
  PRIMARY KEY (act, relation, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX roll_change_of ON roll_change (relation, key);

ALTER TABLE lesson_pupil ADD COLUMN due INTEGER REFERENCES act;       -- the import that said so; NULL of what was known before it was kept
ALTER TABLE lesson_pupil ADD COLUMN withdrawn INTEGER REFERENCES act; -- the act that took it back

-- How a day is found.
DROP INDEX mark_late;                       -- it lacked the code, for which each late was looked up once more
CREATE INDEX mark_late ON mark (date, pupil, minutes, code) WHERE code IN ('L', 'U');

-- Statistics were taken once, of a file with nothing but marks in it: by them the journal was short for ever.
DROP TABLE IF EXISTS sqlite_stat1;
DROP TABLE IF EXISTS sqlite_stat4;
