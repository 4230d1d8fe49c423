-- Who did what, when: acts by login, the true time beside a time that was given.

ALTER TABLE act ADD COLUMN login TEXT;      -- of whoever signed; NULL where nobody can say, of acts from before it was kept
ALTER TABLE act ADD COLUMN clock TEXT;      -- the instant of the system's clock, where `instant` was given with --now
-- Who, as it is shown: never without the true time.
ALTER TABLE act ADD COLUMN signed TEXT
  GENERATED ALWAYS AS (iif(clock IS NULL, who,
    who || ' (time given; clock ' || replace(substr(clock, 1, 16), 'T', ' ') || ' UTC)')) VIRTUAL;
UPDATE act SET login = substr(desk, 1, instr(desk, '@') - 1) WHERE instr(desk, '@') > 1; -- a desk is login@host and a place
CREATE INDEX act_by_login ON act (login, instant);
DROP INDEX act_by_officer;

ALTER TABLE disclosure ADD COLUMN login TEXT;
ALTER TABLE disclosure ADD COLUMN clock TEXT;
ALTER TABLE disclosure ADD COLUMN signed TEXT
  GENERATED ALWAYS AS (iif(clock IS NULL, who,
    who || ' (time given; clock ' || replace(substr(clock, 1, 16), 'T', ' ') || ' UTC)')) VIRTUAL;
UPDATE disclosure SET login = substr(desk, 1, instr(desk, '@') - 1) WHERE instr(desk, '@') > 1;
