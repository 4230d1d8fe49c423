//! A pupil's chronology on paper: oldest first, each line with when, with whom, who put it down and the act it comes from.

use chrono::NaiveDateTime;

use super::document::{Document, Item, Section};
use crate::domain::cases::chronology::{Chronology, Line};
use crate::domain::school::roll::Roll;

/// The chronology, as it stood at `now`.
pub fn document(chronology: &Chronology, roll: &Roll, now: NaiveDateTime) -> Document {
    let name = roll.name_and_group(chronology.pupil);
    let [from, until] = [chronology.dates.start(), chronology.dates.end()].map(|date| date.format("%-d %B %Y"));
    let item = |line: &Line| {
        let time = line.time.map(|time| time.format(" %H:%M").to_string()).unwrap_or_default();
        let text = format!("{}{time}: {}, act {}", line.date.format("%a %-d %b %Y"), line.text(), line.act.0);
        Item::new(Some(chronology.pupil), &text)
    };
    let items = chronology.lines.iter().map(item).collect();
    Document {
        title: format!("Chronology of {name}, {from} to {until}"),
        sections: vec![Section { heading: String::new(), items, none: "Nothing is in the record.".to_owned() }],
        school: roll.school.name.clone(),
        recorded: now,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::act_id::ActId;
    use crate::domain::cases::chronology::LineKind;
    use crate::domain::testing::{AMIRA, at, day, time, today};

    #[test]
    fn each_line_says_when_with_whom_by_whom_and_where_it_comes_from() {
        let line = Line {
            date: today(),
            time: Some(time("09:31")),
            kind: LineKind::Contact,
            who: "S Marsh".to_owned(),
            with: "Mrs Khan".to_owned(),
            what: "letter: below 95 %\nsecond line".to_owned(),
            act: ActId(31),
        };
        let chronology = Chronology { pupil: AMIRA, dates: today()..=today(), lines: vec![line] };
        let text = document(&chronology, &day(&[]).roll, at("09:41")).text();
        assert!(text.starts_with("Chronology of "), "{text}");
        let one = "- Wed 4 Mar 2026 09:31: with Mrs Khan: letter: below 95 % / second line (S\n  Marsh), act 31\n";
        assert!(text.contains(one), "{text}");
    }
}
