//! The lists of a pack: contacts, meetings with what was agreed, and home visits, out of the case file.

use chrono::NaiveDate;

use crate::domain::act_id::ActId;
use crate::domain::cases::event::CaseEvent;
use crate::domain::cases::file::CaseFile;
use crate::report::layout::table::{Column, Row, Table, Unit};
use crate::report::layout::{Part, Section};
use crate::report::tables::cell::Cell;

/// A section for each list that has something on these dates.
pub fn sections((first, last): (NaiveDate, NaiveDate), file: &CaseFile) -> Vec<Section> {
    let (mut contacts, mut meetings, mut agreed, mut visits) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for one in file.standing().filter(|one| (first..=last).contains(&one.what.on())) {
        let act = one.by.act;
        match &one.what {
            CaseEvent::Contact(contact) => contacts.push(row(
                act,
                [
                    Cell::Date(contact.on),
                    Cell::text(contact.way.describe()),
                    Cell::text(contact.with.name.clone()),
                    Cell::text(contact.words.clone()),
                ],
            )),
            CaseEvent::Meeting(meeting) => {
                meetings.push(row(
                    act,
                    [
                        Cell::Date(meeting.on),
                        Cell::text(meeting.kind.describe()),
                        Cell::text(meeting.present.clone()),
                        Cell::text(meeting.minutes.clone()),
                    ],
                ));
                agreed.extend((1_u32..).zip(&meeting.actions).map(|(place, action)| {
                    let done = file.ending(act, Some(place)).map(|done| done.what.ending.on(&one.what));
                    row(
                        act,
                        [
                            Cell::text(action.what.clone()),
                            Cell::text(action.who.clone()),
                            Cell::Date(action.by),
                            Cell::some(done, Cell::Date),
                        ],
                    )
                }));
            }
            CaseEvent::Visit(visit) => {
                let staff = [Some(visit.staff.as_str()), visit.second.as_deref()].into_iter().flatten();
                let found = file.ending(act, None).map(|back| back.what.ending.describe(&one.what));
                visits.push(row(
                    act,
                    [
                        Cell::Date(visit.on),
                        Cell::text(visit.purpose.describe()),
                        Cell::text(staff.collect::<Vec<_>>().join(" and ")),
                        Cell::text(found.unwrap_or_default()),
                    ],
                ));
            }
            CaseEvent::Improvement(_) | CaseEvent::Penalty(_) | CaseEvent::Leave(_) | CaseEvent::Support(_) => {}
        }
    }
    [
        ("Contacts", ["how", "with", "what"], contacts),
        ("Meetings", ["which", "present", "minutes"], meetings),
        ("Home visits", ["purpose", "staff", "found"], visits),
    ]
    .into_iter()
    .map(|(heading, names, rows)| {
        let date = Column::new("date", Unit::Date);
        section(heading, [vec![date], names.map(Column::name).to_vec()].concat(), rows)
    })
    .chain([section(
        "Agreed at meetings",
        vec![Column::name("what"), Column::name("who"), Column::new("by", Unit::Date), Column::new("done", Unit::Date)],
        agreed,
    )])
    .collect()
}

fn row<const N: usize>(act: ActId, cells: [Cell<'static>; N]) -> Row {
    Row::pupil(cells.into_iter().chain([Cell::text(format!("act {}", act.0))]).collect())
}

fn section(heading: &str, mut columns: Vec<Column>, rows: Vec<Row>) -> Section {
    columns.push(Column::new("source", Unit::Text));
    Section::new(heading, vec![Part::Table(Table::new(columns, "None on these dates.").with(rows))])
}
