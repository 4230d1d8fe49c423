-- Since when a mark stood that was amended: without it nobody can say what was known of it on a day before.

ALTER TABLE amendment ADD COLUMN since INTEGER REFERENCES act; -- that had set the mark before; NULL where there was none, or from before it was kept
UPDATE amendment SET since = (SELECT max(earlier.act) FROM amendment earlier
                              WHERE earlier.pupil = amendment.pupil AND earlier.date = amendment.date
                                AND earlier.session = amendment.session AND earlier.id < amendment.id)
WHERE original IS NOT NULL;
