-- Who did what, when: acts by login, the true time beside a time that was given.

ALTER TABLE act ADD COLUMN login TEXT;      -- of whoever signed; NULL where nobody can say, of acts from before it was kept
ALTER TABLE act ADD COLUMN clock TEXT;      -- the instant of the system's clock, where `instant` was given with --now
-- Who, as it is shown: never without the true time.
ALTER TABLE act ADD COLUMN signed TEXT
  GENERATED ALWAYS AS (iif(clock IS NULL, who,
    who || ' (time given; clock ' || replace(substr(clock, 1, 16), 'T', ' ') || ' UTC)')) VIRTUAL;
UPDATE act SET login = substr(desk, 1, instr(desk, '@') - 1) WHERE instr(desk, '@') > 1; -- a desk is login@host and a place
CREATE INDEX act_by_login ON act (login, instant);
CREATE INDEX act_by_clock ON act (clock) WHERE clock IS NOT NULL;
DROP INDEX act_by_officer;

ALTER TABLE disclosure ADD COLUMN login TEXT;
ALTER TABLE disclosure ADD COLUMN clock TEXT;
ALTER TABLE disclosure ADD COLUMN signed TEXT
  GENERATED ALWAYS AS (iif(clock IS NULL, who,
    who || ' (time given; clock ' || replace(substr(clock, 1, 16), 'T', ' ') || ' UTC)')) VIRTUAL;
UPDATE disclosure SET login = substr(desk, 1, instr(desk, '@') - 1) WHERE instr(desk, '@') > 1;

-- Contacts: who must not be contacted is a person, and may have several numbers ------------------------------------------

ALTER TABLE contact ADD COLUMN source_id TEXT; -- in the system the file came from
-- contact.phone holds every number, a line each, in the order in which they are rung

CREATE TABLE bar (                          -- who must not be contacted; each spelling and number of them is a row of its own
  id           INTEGER PRIMARY KEY,
  act          INTEGER REFERENCES act,      -- that set it, or the import that brought it; NULL of what was held before bars were kept
  contact      INTEGER NOT NULL REFERENCES contact,
  source_id    TEXT,
  name         TEXT NOT NULL,
  relationship TEXT NOT NULL,
  numbers      TEXT NOT NULL,               -- a line each
  reason       TEXT NOT NULL,               -- empty where a file brought it and does not say
  withdrawn    INTEGER REFERENCES act
) STRICT;
CREATE INDEX bar_standing ON bar (contact) WHERE withdrawn IS NULL;
CREATE INDEX bar_withdrawn ON bar (withdrawn) WHERE withdrawn IS NOT NULL;

INSERT INTO bar (contact, name, relationship, numbers, reason)
SELECT id, name, relationship, coalesce(phone, ''), coalesce(note, '')
FROM contact
-- A bar on a former contact is lifted where a later entry of the same name and relationship has none. One on a current contact
-- stands: the other is another person of that name.
WHERE do_not_contact = 1 AND (gone = 0 OR NOT EXISTS (SELECT 1 FROM contact later
                                                      WHERE later.pupil = contact.pupil AND later.id > contact.id
                                                        AND later.name = contact.name
                                                        AND later.relationship = contact.relationship
                                                        AND later.do_not_contact = 0));
ALTER TABLE contact DROP COLUMN do_not_contact;

-- What stands for nothing is no household: strangers became siblings by it.
UPDATE pupil SET household = NULL WHERE household IN
  (SELECT id FROM household WHERE lower(trim(key)) IN ('null', '(null)', '#null!', 'nil', 'none', 'n/a', '#n/a', 'na', 'nan', 'unknown',
                                                       'not known', 'undefined', 'blank', '(blank)', 'empty', 'tbc', 'tba', 'no')
                         OR trim(key, ' 0-–—_./?*x') = '');

-- Who may be somebody on the roll: by a number alike but for zeros before it, blanks or capitals; or by the name -----------

CREATE INDEX pupil_by_bare_number ON pupil (ltrim(upper(replace(admission_no, ' ', '')), '0'));
CREATE INDEX pupil_by_name ON pupil (surname COLLATE NOCASE, forename COLLATE NOCASE);

-- Guesses at a PIN: kept, so that a new process does not forget them ---------------------------------------------------

ALTER TABLE pin ADD COLUMN wrong INTEGER NOT NULL DEFAULT 0; -- wrong ones in a row, typed to set another
ALTER TABLE pin ADD COLUMN wrong_at TEXT;                    -- the instant of the last

-- Who may be somebody on the roll: numbers alike in their letters and digits -------------------------------------------

DROP INDEX pupil_by_bare_number;
CREATE INDEX pupil_by_bare_number ON pupil
  (ltrim(replace(replace(replace(replace(replace(replace(replace(upper(admission_no), ' ', ''), '-', ''), ',', ''), '.', ''), '/', ''), '#', ''), ':', ''), '0'));
