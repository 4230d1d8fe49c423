//! The caseload: every open case and whatever is due, the most pressing first; shown in part by one key each, or by what is typed.

mod filter;
mod view;

use hashbrown::HashMap;
use ratatui::layout::{Position, Rect};

use crate::domain::act::permission::{Matter, check_matter};
use crate::domain::cases::caseload::{OnCaseload, Pressing};
use crate::domain::figures::Figures;
use crate::domain::people::pupil::PupilId;
use crate::keys::{Key, Keymap};
use crate::screen::casework::{CaseAnswer, CaseQuestion};
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Action as Typed, Dialog, Hint, SharedTyping};
use crate::screen::widgets::entered::Entered;
use crate::screen::widgets::field::Field;
use crate::screen::widgets::filtered_list::FilteredList;
use crate::screen::widgets::list;
use crate::screen::widgets::sheet::Sheet;
use filter::Filter;

crate::actions! {
    /// What keys mean on the caseload.
    pub Action in "caseload" {
        All "all" "show every case again";
        Due "due" "show only what is due today or overdue; again, all";
        Overdue "overdue" "show only what is overdue; again, all";
        Mine "mine" "show only what you see to; again, all" | "own owner";
        Stage "stage" "show only the next stage; after the last, every stage";
        Year "year" "show only the next year group; after the last, every year";
        Visits "visits" "today's home visits: who is to go, who is out" | "home visit overdue back area postcode";
        Find "find" "show only what is typed: a name, a group, an owner";
        Close "close" "close";
    }
}

/// The caseload.
pub struct Caseload {
    keys: Keymap<Action>,
    typing: SharedTyping,
    rows: Vec<OnCaseload>,
    attendance: HashMap<PupilId, Figures>,
    /// The attendance is to be asked for.
    lacks: bool,
    found: FilteredList<PupilId>,
    filter: Filter,
    /// Letters go into the field.
    is_typing: bool,
    /// More is told of a case than its stage.
    sees_cases: bool,
}

impl Caseload {
    /// As the record stands; the attendance comes a moment later.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping, context: &ViewContext) -> Caseload {
        let (rows, attendance, found) = (Vec::new(), HashMap::new(), FilteredList::default());
        let (filter, sees_cases) = (Filter::default(), sees_cases(context));
        let mut dialog =
            Caseload { keys, typing, rows, attendance, lacks: true, found, filter, is_typing: false, sees_cases };
        dialog.refresh(context);
        dialog
    }

    fn row(&self, pupil: PupilId) -> Option<&OnCaseload> {
        self.rows.iter().find(|row| row.pupil == pupil)
    }

    /// Those shown, in their order.
    fn shown(&self, context: &ViewContext) -> Vec<PupilId> {
        let typed = self.found.field.text();
        self.rows.iter().filter(|row| self.filter.admits(row, typed, context)).map(|row| row.pupil).collect()
    }

    /// Show what is asked for now, from its first row.
    fn show(&mut self, context: &ViewContext) -> Outcome {
        let shown = self.shown(context);
        self.found.show_from_first(shown);
        Outcome::Nothing
    }

    fn typed(&mut self, key: Key, context: &ViewContext) -> Outcome {
        match self.found.handle_key(key, &self.typing) {
            Entered::Save => self.is_typing = false,
            Entered::Close => {
                (self.is_typing, self.found.field) = (false, Field::default());
                return self.show(context);
            }
            Entered::Typed => return self.show(context),
            Entered::Nothing => {}
        }
        Outcome::Nothing
    }

    fn is_filtered(&self) -> bool {
        self.filter != Filter::default() || !self.found.field.text().trim().is_empty()
    }
}

/// Whether this role is told more of a case than its stage.
fn sees_cases(context: &ViewContext) -> bool {
    check_matter(context.role, Matter::Case).is_ok()
}

/// The caseload as this role is told of it: a reader of the open cases, by name, and of each the stage alone.
fn rows(context: &ViewContext) -> Vec<OnCaseload> {
    let mut rows = context.day.caseload();
    if !sees_cases(context) {
        rows.retain(|row| row.case.is_some());
        for row in &mut rows {
            row.due.clear();
        }
        rows.sort_by_key(|row| context.roll().place(row.pupil));
    }
    rows
}

impl Dialog for Caseload {
    fn title(&self, context: &ViewContext) -> String {
        let open = self.rows.iter().filter(|row| row.case.is_some()).count();
        let of = |pressing| self.rows.iter().filter(|row| row.pressing(context.now) == Some(pressing)).count();
        let due = match sees_cases(context) {
            true => format!("  due today {}  overdue {}", of(Pressing::Today), of(Pressing::Overdue)),
            false => String::new(),
        };
        let only = self.filter.describe(self.found.field.text());
        let only = match self.is_filtered() {
            true => format!("  only {only}: {}", self.found.list.len()),
            false => String::new(),
        };
        format!("Cases  {open} open{due}{only}")
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (u16::MAX, u16::MAX)
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        if self.is_typing {
            return self.typed(key, context);
        }
        match self.keys.get(key) {
            Some(Action::Find) => {
                self.is_typing = true;
                return Outcome::Nothing;
            }
            Some(Action::All) => (self.filter, self.found.field) = (Filter::default(), Field::default()),
            Some(Action::Due) => self.filter.switch(Pressing::Today),
            Some(Action::Overdue) => self.filter.switch(Pressing::Overdue),
            Some(Action::Mine) => self.filter.is_mine = !self.filter.is_mine,
            Some(Action::Stage) => self.filter.next_stage(context),
            Some(Action::Year) => self.filter.next_year(context),
            Some(Action::Visits) => return Outcome::Open(Ask::Visits),
            Some(Action::Close) => return Outcome::Close,
            None => return self.found.list.handle_opening_key(key, &self.typing.list, Ask::Case),
        }
        self.show(context)
    }

    fn paste(&mut self, text: &str, context: &ViewContext) {
        if self.is_typing {
            self.found.field.paste(text);
            self.show(context);
        }
    }

    fn refresh(&mut self, context: &ViewContext) {
        self.rows = rows(context);
        self.lacks = self.sees_cases;
        self.found.show(self.shown(context));
    }

    fn lacks_of_cases(&mut self) -> Option<CaseQuestion> {
        let pupils = || self.rows.iter().map(|row| row.pupil).collect();
        std::mem::take(&mut self.lacks).then(|| CaseQuestion::Attendance(pupils()))
    }

    fn set_cases(&mut self, answer: CaseAnswer) {
        match answer {
            CaseAnswer::Attendance(attendance) => self.attendance = attendance,
            CaseAnswer::Chronology(..) | CaseAnswer::Letters(..) | CaseAnswer::Unauthorised(_) => {}
        }
    }

    fn is_returned_to(&self) -> bool {
        true
    }

    fn pupil(&self) -> Option<PupilId> {
        self.found.list.chosen()
    }

    fn accepts_global_keys(&self) -> bool {
        !self.is_typing
    }

    fn sheet(&self) -> Option<Sheet> {
        (!self.is_typing).then(|| Sheet::of(None, "caseload"))
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        view::draw(self, area, canvas)
    }

    fn hints(&self) -> Vec<Hint> {
        if self.is_typing {
            let done = self.typing.hint(Typed::Save, "done typing");
            return vec![done, self.typing.hint(Typed::Close, "nothing typed")];
        }
        let close = self.keys.hint(Action::Close, "close");
        if self.rows.is_empty() {
            return vec![close];
        }
        let open = self.typing.list.hint(list::Action::Open, "the case");
        let all = self.is_filtered().then(|| self.keys.hint(Action::All, "all"));
        let find = self.keys.hint(Action::Find, "find");
        let due = self.keys.hints(&[
            (Action::Due, "due"),
            (Action::Overdue, "overdue"),
            (Action::Mine, "mine"),
            (Action::Visits, "visits"),
        ]);
        let due = due.into_iter().filter(|_| self.sees_cases);
        let turns = self.keys.hints(&[(Action::Stage, "stage"), (Action::Year, "year")]);
        let open = Some(open).filter(|_| self.sees_cases);
        [close].into_iter().chain(open).chain(all).chain([find]).chain(due).chain(turns).collect()
    }
}
