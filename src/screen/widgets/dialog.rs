//! What every dialog is: at most one is open, it handles keys first, and it closes on the receipt, not on the key, unless there is
//! more to be done in it.

use std::rc::Rc;

use chrono::NaiveDate;
use ratatui::layout::{Position, Rect};

use super::canvas::Canvas;
use super::sheet::Sheet;
use super::{field, list};
use crate::domain::act::day_log::Entry;
use crate::domain::act::disclosure::Disclosure;
use crate::domain::act::{Act, Receipt, Refusal};
use crate::domain::day::Past;
use crate::domain::figures::page::{Asked, Page};
use crate::domain::people::pupil::PupilId;
use crate::domain::year::PupilYear;
use crate::domain::year::day_marks::DayMarks;
use crate::keys::{Key, Keymap};
use crate::screen::casework::{CaseAnswer, CaseQuestion};
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::view_context::ViewContext;

crate::actions! {
    /// What keys mean while a dialog is open.
    pub Action in typed "dialog" {
        Save "save" "save, or take the first match";
        Close "close" "close and keep nothing";
        Next "next" "to the next";
        Previous "previous" "to the one before";
    }
}

/// The keys that every dialog shares.
#[derive(Debug)]
pub struct Typing {
    /// Saving, closing, moving between fields.
    pub dialog: Keymap<Action>,
    /// Editing.
    pub field: Keymap<field::Action>,
    /// Moving in a list.
    pub list: Keymap<list::Action>,
    /// Marking rows of a list.
    pub several: Keymap<list::Several>,
}

/// Shared by whoever is open.
pub type SharedTyping = Rc<Typing>;

/// A key and what it does, for the footer, which leaves out what has no key.
pub type Hint = (String, String);

/// A dialog.
pub trait Dialog {
    /// What it is about, for its border.
    fn title(&self, context: &ViewContext) -> String;

    /// Whether what it shows is of the day that is looked at, which then stands before its title.
    fn is_of_a_day(&self) -> bool {
        true
    }

    /// Columns and lines it would like, its border not counted.
    fn size(&self, context: &ViewContext) -> (u16, u16);

    /// Handle a key.
    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome;

    /// Text was pasted.
    fn paste(&mut self, _text: &str, _scene: &ViewContext) {}

    /// The day was replaced.
    fn refresh(&mut self, _scene: &ViewContext) {}

    /// What it asked for is done: whether it closes now.
    fn is_over(&mut self, _receipt: &Receipt) -> bool {
        true
    }

    /// What it asks for next, where one key asked for several acts: each once the one before is done.
    fn goes_on(&mut self) -> Option<Act> {
        None
    }

    /// What is opened in its place when it is over.
    fn followed_by(&self) -> Option<Ask> {
        None
    }

    /// Whether it is gone back to when what was opened from it closes: a list of pupils who are looked at one after the other.
    fn is_returned_to(&self) -> bool {
        false
    }

    /// What it asked for was refused: nothing typed is lost.
    fn refused(&mut self, _refusal: &Refusal, _scene: &ViewContext) {}

    /// Whether it waits for nothing, as the fire list: what only looks is heard though an act is on its way.
    fn waits_for_nothing(&self) -> bool {
        false
    }

    /// Whether this key only looks.
    fn only_looks(&self, _key: Key) -> bool {
        false
    }

    /// The pupils whose earlier days it shows and does not know yet, besides its own pupil.
    fn shows_past_of(&self, _scene: &ViewContext) -> Vec<PupilId> {
        Vec::new()
    }

    /// The past of a pupil has come.
    fn recalled(&mut self, _pupil: PupilId, _past: &Past, _scene: &ViewContext) {}

    /// A pupil's school year, by its first day, that it shows and has not as the record stands; answered once.
    fn lacks_year(&mut self) -> Option<(PupilId, NaiveDate)> {
        None
    }

    /// A school year has come.
    fn set_year(&mut self, _year: PupilYear, _scene: &ViewContext) {}

    /// A page of figures that it shows and has not as the record stands; answered once.
    fn lacks_figures(&mut self) -> Option<Asked> {
        None
    }

    /// A page of figures has come.
    fn set_figures(&mut self, _page: Page, _scene: &ViewContext) {}

    /// A pupil's date of whose marks it shows all, and has not as the record stands; answered once.
    fn lacks_day_marks(&mut self) -> Option<(PupilId, NaiveDate)> {
        None
    }

    /// The marks of a date have come.
    fn set_day_marks(&mut self, _marks: DayMarks) {}

    /// What it shows of cases and has not as the record stands; answered once.
    fn lacks_of_cases(&mut self) -> Option<CaseQuestion> {
        None
    }

    /// What was asked about cases has come.
    fn set_cases(&mut self, _answer: CaseAnswer) {}

    /// Whether it shows the day log: then it is given it whenever the record moves.
    fn shows_day_log(&self) -> bool {
        false
    }

    /// The day log has come, oldest first.
    fn set_day_log(&mut self, _entries: Vec<Entry>, _scene: &ViewContext) {}

    /// The pupil it is about, for the global keys.
    fn pupil(&self) -> Option<PupilId> {
        None
    }

    /// Whether it has gone on by itself, to a row that the officer has not chosen: a key in haste records nothing about it.
    fn went_on(&self) -> bool {
        false
    }

    /// The row to which it went on by itself is the one that is meant.
    fn confirm(&mut self) {}

    /// How many rows are marked in it for one act.
    fn marked(&self) -> usize {
        0
    }

    /// What it asked to be recorded has been: it may be shown.
    fn disclosed(&mut self, _disclosure: &Disclosure, _scene: &ViewContext) {}

    /// The pupil whom the other desks are told we are on.
    fn claims(&self) -> Option<PupilId> {
        None
    }

    /// Whether the keys it has no use for are global keys.
    fn accepts_global_keys(&self) -> bool {
        false
    }

    /// What it shows that may be copied or printed, now; `None` also while something is typed.
    fn sheet(&self) -> Option<Sheet> {
        None
    }

    /// The text of its sheet, where there is one that is made for paper; else the sheet is as it is drawn.
    fn paper(&self, _scene: &ViewContext) -> Option<String> {
        None
    }

    /// Draw it inside its border; says where the terminal's cursor belongs.
    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position>;

    /// The keys that work in it.
    fn hints(&self) -> Vec<Hint>;
}

impl Typing {
    /// A hint for one of the shared keys.
    pub fn hint(&self, action: Action, does: &str) -> Hint {
        self.dialog.hint(action, does)
    }

    /// That a key is about one pupil, where rows are marked: "A call is about one pupil: esc unmarks the 3 rows first."
    pub fn is_about_one(&self, what: &str, marked: usize) -> String {
        let key = self.several.first_key(list::Several::MarkNone).unwrap_or_default();
        let rows = if marked == 1 { "the marked row".to_owned() } else { format!("the {marked} rows") };
        format!("{what} is about one pupil: {key} unmarks {rows} first.")
    }
}
