-- What more is held of pupils and contacts. `surname` and `forename` are the legal ones.

ALTER TABLE pupil ADD COLUMN preferred_surname TEXT;  -- the one in use, where it is another than the legal one
ALTER TABLE pupil ADD COLUMN preferred_forename TEXT;
ALTER TABLE pupil ADD COLUMN date_of_birth TEXT;
ALTER TABLE pupil ADD COLUMN sex TEXT CHECK (sex IN ('F', 'M'));
ALTER TABLE pupil ADD COLUMN house TEXT;
ALTER TABLE pupil ADD COLUMN language TEXT;           -- the first one
ALTER TABLE pupil ADD COLUMN address TEXT;            -- a line each, without the postcode
ALTER TABLE pupil ADD COLUMN postcode TEXT;

ALTER TABLE contact ADD COLUMN language TEXT;
ALTER TABLE contact ADD COLUMN parental_responsibility INTEGER CHECK (parental_responsibility IN (0, 1)); -- NULL: not said
ALTER TABLE contact ADD COLUMN address TEXT;          -- where it is another than the pupil's
ALTER TABLE contact ADD COLUMN postcode TEXT;
