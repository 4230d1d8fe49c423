//! Pupils as they stand in a list of somebody else's: a line each, by admission number or name, or a tutor group for all of it.

use chrono::NaiveDate;

use super::resolve;
use crate::domain::name::{clean, fold};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;

/// A line that means nobody, or several.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unmet {
    /// Which line, from 1.
    pub line: usize,
    /// What stands there.
    pub text: String,
    /// Whom it could mean.
    pub found: Vec<PupilId>,
}

impl Unmet {
    /// "line 3, “kahn”: nobody", "line 4, “khan”: Khan, Amira 8KM or Khan, Bilal 9TR".
    pub fn describe(&self, roll: &Roll) -> String {
        let names: Vec<String> = self.found.iter().take(4).map(|id| roll.name_and_group(*id)).collect();
        let more = self.found.len().saturating_sub(names.len());
        let found = match (names.is_empty(), more) {
            (true, _) => "nobody on roll".to_owned(),
            (false, 0) => names.join(" or "),
            (false, more) => format!("{} or {more} more", names.join(" or ")),
        };
        format!("line {}, \u{201c}{}\u{201d}: {found}", self.line, self.text)
    }
}

/// The pupils on roll on `date` whom the lines of `text` mean, each once, in their order; and the lines that do not mean exactly one.
/// Empty lines are passed over.
pub fn read_lines(roll: &Roll, date: NaiveDate, text: &str) -> (Vec<PupilId>, Vec<Unmet>) {
    let (mut pupils, mut unmet) = (Vec::new(), Vec::new());
    // A terminal sends what is pasted with a return at the end of each line.
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    for (place, line) in text.lines().enumerate() {
        let text = clean(line.replace(['\t', ';', '"'], " ").trim().trim_end_matches(','));
        if text.is_empty() {
            continue;
        }
        let mut found = of_group(roll, date, &text).unwrap_or_else(|| resolve(roll, date, &text));
        let is_group = of_group(roll, date, &text).is_some();
        if is_group || found.len() == 1 {
            found.retain(|one| !pupils.contains(one));
            pupils.append(&mut found);
        } else {
            unmet.push(Unmet { line: place + 1, text, found });
        }
    }
    (pupils, unmet)
}

/// Everybody of the tutor group of that name; `None` where there is none.
fn of_group(roll: &Roll, date: NaiveDate, name: &str) -> Option<Vec<PupilId>> {
    let wanted = fold(name);
    let group = roll.groups.iter().find(|group| fold(&group.name) == wanted)?.id;
    let members = roll.pupils.iter().filter(|pupil| pupil.group == Some(group) && pupil.on_roll(date));
    Some(members.map(|pupil| pupil.id).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::*;

    #[test]
    fn lines_mean_pupils_or_are_told() {
        let roll = roll();
        let text = "001201\n\nBrücke, Zoë\t9TR\r\n8km\nkhan\nnobody at all\namira";
        let (pupils, unmet) = read_lines(&roll, today(), text);
        assert_eq!(pupils, [AMIRA, ZOE, LOUIS, SIOBHAN, SANNE], "each once, the group by name");
        let told: Vec<String> = unmet.iter().map(|one| one.describe(&roll)).collect();
        assert_eq!(
            told,
            ["line 5, “khan”: Khan, Amira 8KM or Khan, Bilal 9TR", "line 6, “nobody at all”: nobody on roll"]
        );
    }
}
