//! The panes of another day than today. They look like those of today in whose places they stand, and record nothing: what may be put
//! right of such a day, its marks, has a dialog.

pub mod absent;
pub mod account;
pub mod lates;
pub mod registers;

use chrono::NaiveDate;

use crate::screen::widgets::list::List;

/// A list of one day. When another day is shown, whoever is sought is chosen if the day has them, else its first row.
#[derive(Debug)]
pub struct ListOfDay<Id> {
    list: List<Id>,
    date: Option<NaiveDate>,
    /// Who was chosen in the office, then whoever the officer has moved to.
    sought: Option<Id>,
    /// Who was chosen when the day was shown.
    placed: Option<Id>,
}

impl<Id> Default for ListOfDay<Id> {
    fn default() -> ListOfDay<Id> {
        ListOfDay { list: List::default(), date: None, sought: None, placed: None }
    }
}

impl<Id: Copy + Eq> ListOfDay<Id> {
    /// Empty, with this one sought.
    fn seeking(sought: Option<Id>) -> ListOfDay<Id> {
        ListOfDay { sought, ..ListOfDay::default() }
    }

    /// Take the rows of `date`. `is_settled` says that our own act has left nothing to do about the chosen one: the next is chosen.
    fn take(&mut self, date: NaiveDate, ids: Vec<Id>, is_settled: impl Fn(Id) -> bool) {
        if self.date.replace(date) != Some(date) {
            let moved_to = self.list.chosen().filter(|chosen| Some(*chosen) != self.placed);
            self.sought = moved_to.or(self.sought);
            self.list.restart_at(ids, self.sought);
            self.placed = self.list.chosen();
        } else if self.list.chosen().is_some_and(is_settled) {
            self.list.refresh_and_go_on(ids);
        } else {
            self.list.refresh(ids, |_| false);
        }
    }
}
