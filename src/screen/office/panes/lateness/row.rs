//! One late as the queue shows it: how often, how much this week, and how far it is followed through.

use crate::domain::calendar::session::Session;
use crate::domain::day::Day;
use crate::domain::late::followed::following;
use crate::domain::late::lateness::{Late, lates, tally};
use crate::domain::people::pupil::PupilId;
use crate::screen::view_context::in_column;
use crate::screen::widgets::text::width;

/// One late.
#[derive(Clone, Debug)]
pub struct Row {
    /// The late itself.
    pub late: Late,
    /// The mark, its minutes below those of the others.
    pub mark: String,
    /// The pupil's year group.
    pub year: Option<i64>,
    /// Which late of this half-term it is.
    pub nth: usize,
    /// Minutes the pupil has lost this week.
    pub week_minutes: i64,
    /// How far it has come, in a word or the sanction's.
    pub state: String,
    /// What comes next; `None` when it is finished.
    pub next: Option<String>,
    /// Nothing has been done about it.
    pub is_new: bool,
    /// Columns of the name where the group stands beside it, and where it does not.
    pub name_columns: [u16; 2],
}

impl Row {
    /// Today's lates up to the `current` session, in the queue's order.
    pub fn all(day: &Day, current: Session) -> Vec<Row> {
        lates(day, current).into_iter().map(|late| Row::of(day, late, current)).collect()
    }

    fn of(day: &Day, late: Late, current: Session) -> Row {
        let followed = following(day, &late);
        let (state, is_new) = (followed.state().to_owned(), followed.is_new());
        let next = followed.next.map(|next| next.describe());
        let (roll, pupil) = (&day.roll, day.roll.pupil(late.pupil));
        let names = pupil.map(|pupil| [roll.name_in_group(pupil), roll.telling_name(pupil)]);
        let name_columns = names.map_or([0, 0], |names| names.map(|name| width(&name.to_string())));
        Row {
            mark: in_column(Some(late.mark)),
            year: day.roll.pupil(late.pupil).and_then(|pupil| day.roll.year_of(pupil)),
            nth: tally(day, late.pupil, late.session).half_term,
            week_minutes: tally(day, late.pupil, current).week_minutes,
            state,
            next,
            is_new,
            name_columns,
            late,
        }
    }

    /// What a list remembers it by.
    pub fn id(&self) -> (PupilId, Session) {
        (self.late.pupil, self.late.session)
    }
}
