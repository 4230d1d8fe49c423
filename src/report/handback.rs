//! A hand-back as a sheet, for a person to key into the other system: by tutor group, in the order of its registers.

use chrono::NaiveDateTime;

use crate::domain::facts::evidence::or_blank;
use crate::domain::facts::handback::{Handback, HandbackRow};
use crate::domain::school::roll::Roll;
use crate::report::document::{Document, Item, Section};

/// The sheet of a hand-back, as it stands at `now`, school-local. Each row begins with its number in the hand-back.
pub fn sheet(roll: &Roll, handback: &Handback, now: NaiveDateTime) -> Document {
    let group = |row: &HandbackRow| {
        let pupil = roll.pupil(row.change.pupil);
        pupil.and_then(|pupil| roll.group(pupil.group?)).map_or("No tutor group", |group| group.name.as_str())
    };
    let section = |rows: &[HandbackRow]| Section {
        heading: rows.first().map(group).unwrap_or_default().to_owned(),
        items: rows.chunk_by(is_one_line).map(|rows| item(roll, rows)).collect(),
        none: String::new(),
    };
    let mut sections: Vec<Section> =
        handback.rows.chunk_by(|one, next| group(one) == group(next)).map(section).collect();
    let number = handback.number.0;
    let none =
        format!("Once all is keyed: firstbell handback confirm {number}. Until then these marks are offered again.");
    sections.push(Section { heading: String::new(), items: Vec::new(), none });
    let title = format!("Hand-back {number}: marks to be changed in the other system");
    Document { title, sections, school: roll.school.name.clone(), recorded: now }
}

/// Whether two rows are the halves of one day, changed together.
fn is_one_line(one: &HandbackRow, next: &HandbackRow) -> bool {
    let about = |row: &HandbackRow| (row.change.pupil, row.change.at.date, row.change.changed);
    about(one) == about(next) && one.change.reason == next.change.reason && one.change.by == next.change.by
}

/// "[ ] 3 Khan, Amira 004101, Tue 24 Nov: AM was N, now L 17 min; [ ] 4 PM was N, now I: bus (S Marsh, 24 Nov 09:12)": a box to tick for
/// each mark.
fn item(roll: &Roll, rows: &[HandbackRow]) -> Item {
    let Some(first) = rows.first() else { return Item::new(None, "") };
    let change = &first.change;
    let pupil = roll.pupil(change.pupil);
    let name = pupil.map(|pupil| pupil.list_name()).unwrap_or_default();
    let number = pupil.and_then(|pupil| pupil.admission_no.as_deref().or(pupil.upn.as_deref()));
    let number = number.map(|number| format!(" {number}")).unwrap_or_default();
    let mark = |row: &HandbackRow| {
        let HandbackRow { place, change, .. } = row;
        let (session, was, now) = (change.at.session, or_blank(change.was), or_blank(change.now));
        let again = change.contradicted.map(|number| format!(", though confirmed in hand-back {}", number.0));
        let who = if row.place == first.place {
            format!("{name}{number}, {}: ", change.at.date.format("%a %-d %b"))
        } else {
            String::new()
        };
        format!("[ ] {place} {who}{session} was {was}, now {now}{}", again.unwrap_or_default())
    };
    let marks: Vec<String> = rows.iter().map(mark).collect();
    let reason = if change.reason.is_empty() { String::new() } else { format!(": {}", change.reason) };
    let when = change.changed.format("%-d %b %H:%M");
    Item::new(Some(change.pupil), &format!("{}{reason} ({}, {when})", marks.join("; "), change.by))
}
