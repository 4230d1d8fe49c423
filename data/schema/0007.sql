-- Who took a register and from what are two columns: until now one text said both.

ALTER TABLE register ADD COLUMN source TEXT NOT NULL DEFAULT 'teacher' CHECK (source IN ('teacher', 'paper', 'import'));
UPDATE register SET source = 'paper', taken_by = substr(taken_by, 1, length(taken_by) - length(', on paper'))
WHERE substr(taken_by, -length(', on paper')) = ', on paper';
UPDATE register SET source = 'import', taken_by = '' WHERE taken_by = 'import'; -- of a file that does not say who
