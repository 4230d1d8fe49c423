-- One timeline: what a departure explains, and amendments in people's words.

ALTER TABLE movement ADD COLUMN code TEXT;  -- what the school's table of reasons had for the words when it was recorded
CREATE INDEX movement_of ON movement (pupil, date);
CREATE INDEX sighting_of ON sighting (pupil, date);
CREATE INDEX confirmation_of ON confirmation (pupil, date);

ALTER TABLE amendment ADD COLUMN rule TEXT;     -- the rule's sentence, beside what a person said in `reason`; where nobody said anything, both
ALTER TABLE amendment ADD COLUMN said_by TEXT;  -- who said it (the parent, the teacher), where that is not who did the act
ALTER TABLE amendment ADD COLUMN decided INTEGER; -- 1: the office decided this mark; 0: the rule did; NULL: from before it was kept
