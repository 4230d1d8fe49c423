-- How a day is found.

DROP INDEX mark_late;                       -- it lacked the code, for which each late was looked up once more
CREATE INDEX mark_late ON mark (date, pupil, minutes, code) WHERE code IN ('L', 'U');

-- Statistics were taken once, of a file with nothing but marks in it: by them the journal was short for ever.
DROP TABLE IF EXISTS sqlite_stat1;
DROP TABLE IF EXISTS sqlite_stat4;
