-- Who did what, when: acts by login, the true time beside a time that was given.

ALTER TABLE act ADD COLUMN login TEXT;      -- of whoever signed; NULL where nobody can say, of acts from before it was kept
ALTER TABLE act ADD COLUMN clock TEXT;      -- the instant of the system's clock, where `instant` was given with --now
UPDATE act SET login = substr(desk, 1, instr(desk, '@') - 1) WHERE instr(desk, '@') > 1; -- a desk is login@host and a place
CREATE INDEX act_by_login ON act (login, instant);
DROP INDEX act_by_officer;

-- Guesses at a PIN: kept, so that a new process does not forget them.

ALTER TABLE pin ADD COLUMN wrong INTEGER NOT NULL DEFAULT 0; -- wrong ones in a row, typed to set another
ALTER TABLE pin ADD COLUMN wrong_at TEXT;                    -- the instant of the last
