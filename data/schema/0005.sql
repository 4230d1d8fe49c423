-- Who did what, when: acts by login, the true time beside a time that was given.

ALTER TABLE act ADD COLUMN login TEXT;      -- of whoever signed; NULL where nobody can say, of acts from before it was kept
ALTER TABLE act ADD COLUMN clock TEXT;      -- the instant of the system's clock, where `instant` was given with --now
UPDATE act SET login = substr(desk, 1, instr(desk, '@') - 1) WHERE instr(desk, '@') > 1; -- a desk is login@host and a place
CREATE INDEX act_by_login ON act (login, instant);
DROP INDEX act_by_officer;

-- Who may be somebody on the roll: by a number alike but for zeros before it, blanks or capitals; or by the name.

CREATE INDEX pupil_by_bare_number ON pupil (ltrim(upper(replace(admission_no, ' ', '')), '0'));
CREATE INDEX pupil_by_name ON pupil (surname COLLATE NOCASE, forename COLLATE NOCASE);
