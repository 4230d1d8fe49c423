//! Marks that have stood at N, the oldest first: settled to O one by one, or all that are past their deadline, counted. Nothing is
//! settled by itself.

mod view;

use ratatui::layout::{Position, Rect};

use crate::domain::absence::unresolved::{NO_REASON, UnresolvedN, unresolved_ns};
use crate::domain::act::{Act, Amend, AmendSeveral, Receipt, Refusal, SettleUnresolved};
use crate::domain::act_id::ActId;
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;
use crate::domain::people::pupil::PupilId;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Dialog, Hint, SharedTyping};
use crate::screen::widgets::entered::Entered;
use crate::screen::widgets::field::Field;
use crate::screen::widgets::form::{Entry, Form};
use crate::screen::widgets::list::{List, Several};
use crate::screen::widgets::question::Question;
use crate::screen::widgets::sheet::Sheet;

crate::actions! {
    /// What keys mean among marks that have stood at N.
    pub Action in "ageing" {
        Settle "settle" "settle the chosen one to O";
        SettleAll "settle-all" "settle all that are past their deadline to O";
        Mark "mark" "enter another code for the chosen one";
        Close "close" "close";
    }
}

/// What becomes O.
enum Settling {
    /// The chosen mark or the marked ones, and why.
    These(Vec<UnresolvedN>),
    /// All that are past their deadline, when the officer has counted them.
    All(Vec<UnresolvedN>),
}

/// What is typed of another code.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    Code,
    Why,
}

/// Another code for the chosen mark or the marked ones, and then why.
struct Correction {
    marks: Vec<UnresolvedN>,
    form: Form<Name>,
    /// They were refused: they are looked at anew with the next day too, for it may come after the refusal.
    rereads: bool,
}

/// Marks that have stood at N.
pub struct UnresolvedList {
    keys: Keymap<Action>,
    typing: SharedTyping,
    list: List<(PupilId, SessionDate)>,
    rows: Vec<UnresolvedN>,
    settling: Question<Settling>,
    correcting: Option<Correction>,
    /// The next change of the day is our own act's.
    is_own: bool,
}

impl UnresolvedList {
    /// As the day has them.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping, context: &ViewContext) -> UnresolvedList {
        let (list, settling) = (List::default(), Question::default());
        let mut dialog =
            UnresolvedList { keys, typing, list, rows: Vec::new(), settling, correcting: None, is_own: false };
        dialog.refresh(context);
        dialog
    }

    /// The marked rows, else the chosen one.
    fn meant(&self) -> Vec<UnresolvedN> {
        let marked = self.list.marked();
        let ids = if marked.is_empty() { self.list.chosen().into_iter().collect() } else { marked };
        self.rows.iter().filter(|row| ids.contains(&(row.pupil, row.at))).cloned().collect()
    }

    fn begin(&mut self, action: Action) -> Outcome {
        let marks = self.meant();
        if marks.is_empty() {
            return Outcome::Notice("Choose a mark first.".to_owned());
        }
        match action {
            Action::Settle => {
                let wants = "Say why: a mark of a closed register is amended.";
                self.settling.ask(Settling::These(marks), "Why", wants, Field::offering(NO_REASON));
            }
            Action::Mark => {
                let entry = |name, label, row| Entry { name, label, row, columns: u16::MAX, field: Field::default() };
                let form = Form::new(view::BEHIND, [entry(Name::Code, "Code", 1), entry(Name::Why, "Why", 2)]);
                self.correcting = Some(Correction { marks, form, rereads: false });
            }
            Action::SettleAll => {
                let late: Vec<UnresolvedN> = self.rows.iter().filter(|row| row.is_overdue()).cloned().collect();
                if late.is_empty() {
                    return Outcome::Notice("No mark is past its deadline.".to_owned());
                }
                let wants = count_them(late.len());
                self.settling.ask(Settling::All(late), "How many", &wants, Field::default());
            }
            Action::Close => {}
        }
        Outcome::Nothing
    }

    fn handle_answer(&mut self, key: Key) -> Option<Outcome> {
        self.settling.handle_key(key, &self.typing, |of, answer| match of {
            Settling::These(marks) => settle(marks, answer),
            // Counted whole: who settles many marks at once knows how many.
            Settling::All(late) if answer != late.len().to_string() => Outcome::Notice(count_them(late.len())),
            Settling::All(late) => settle(late, NO_REASON),
        })
    }

    fn handle_correction(&mut self, key: Key, context: &ViewContext) -> Option<Outcome> {
        let asked = self.correcting.as_mut()?;
        match asked.form.handle_key(key, &self.typing) {
            Entered::Save => return Some(asked.save(context)),
            Entered::Close => self.correcting = None,
            Entered::Typed | Entered::Nothing => {}
        }
        Some(Outcome::Nothing)
    }
}

impl Correction {
    fn reread(&mut self, rows: &[UnresolvedN]) {
        for mark in &mut self.marks {
            let row = rows.iter().find(|row| (row.pupil, row.at) == (mark.pupil, mark.at));
            mark.revision = row.map_or(mark.revision, |row| row.revision);
        }
    }

    /// The code first, then the reason.
    fn save(&mut self, context: &ViewContext) -> Outcome {
        let marks = seen(&self.marks);
        let code = match context.typed_code_of_any(self.form.text(Name::Code), &marks) {
            Ok(code) => code,
            Err(why) => return self.form.reject(Name::Code, why),
        };
        let Some(reason) = self.form.filled(Name::Why) else {
            self.form.focus_on(Name::Why);
            return Outcome::Nothing;
        };
        Outcome::Do(match marks.as_slice() {
            [(pupil, at, saw)] => Act::Amend(Amend { pupil: *pupil, at: *at, code, minutes: None, reason, saw: *saw }),
            _ => Act::AmendSeveral(AmendSeveral { marks, code, reason }),
        })
    }
}

fn count_them(late: usize) -> String {
    format!("There are {late}: type {late} to settle them.")
}

/// Whose, which session, and the revision seen.
fn seen(marks: &[UnresolvedN]) -> Vec<(PupilId, SessionDate, ActId)> {
    marks.iter().map(|one| (one.pupil, one.at, one.revision)).collect()
}

/// One act for all of them, each as it was seen.
fn settle(marks: &[UnresolvedN], reason: &str) -> Outcome {
    Outcome::Do(Act::SettleUnresolved(SettleUnresolved {
        marks: seen(marks),
        code: Code::O,
        reason: reason.to_owned(),
    }))
}

impl Dialog for UnresolvedList {
    fn title(&self, _: &ViewContext) -> String {
        let late = self.rows.iter().filter(|row| row.is_overdue()).count();
        let late = if late > 0 { format!(", {late} past their deadline") } else { String::new() };
        format!("Marks at N: {}{late}{}", self.rows.len(), self.list.describe_marked(", "))
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (u16::MAX, u16::MAX)
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        if let Some(outcome) = self.handle_answer(key).or_else(|| self.handle_correction(key, context)) {
            return outcome;
        }
        if self.list.handle_marking_key(key, &self.typing.several) {
            return Outcome::Nothing;
        }
        match self.keys.get(key) {
            Some(Action::Close) => return Outcome::Close,
            Some(action) => return self.begin(action),
            None => {}
        }
        self.list.handle_opening_key(key, &self.typing.list, |(pupil, _)| Ask::Card(pupil))
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        self.settling.paste(text);
        if let Some(asked) = &mut self.correcting {
            asked.form.paste(text);
        }
    }

    /// What was asked was asked of the marks as they stood: it stays, and a mark that moved meanwhile is refused by name.
    fn refresh(&mut self, context: &ViewContext) {
        self.rows = unresolved_ns(&context.day);
        // After our own act the row at the same place is next: the list is worked down from its oldest.
        let is_own = std::mem::take(&mut self.is_own);
        self.list.refresh(self.rows.iter().map(|row| (row.pupil, row.at)).collect(), |_| is_own);
        if let Some(asked) = self.correcting.as_mut().filter(|asked| asked.rereads) {
            asked.rereads = false;
            asked.reread(&self.rows);
        }
    }

    fn is_over(&mut self, _: &Receipt) -> bool {
        self.is_own = true;
        self.settling.drop_it();
        self.correcting = None;
        false
    }

    /// The refusal shows both values: to save again is to have seen the new one.
    fn refused(&mut self, refusal: &Refusal, _: &ViewContext) {
        let Some(asked) = &mut self.correcting else { return };
        match (refusal, asked.marks.as_mut_slice()) {
            (Refusal::ChangedMeanwhile { revision, .. }, [one]) => one.revision = *revision,
            _ => {
                asked.reread(&self.rows);
                asked.rereads = true;
            }
        }
    }

    fn marked(&self) -> usize {
        self.list.marked().len()
    }

    fn pupil(&self) -> Option<PupilId> {
        self.list.chosen().map(|(pupil, _)| pupil)
    }

    fn accepts_global_keys(&self) -> bool {
        !self.settling.is_open() && self.correcting.is_none()
    }

    fn sheet(&self) -> Option<Sheet> {
        self.accepts_global_keys().then(|| Sheet::of(None, "list of marks at N"))
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        view::draw(self, area, canvas)
    }

    fn hints(&self) -> Vec<Hint> {
        if !self.accepts_global_keys() {
            return self.settling.hints(&self.typing, "save", "back to the list");
        }
        if !self.list.marked().is_empty() {
            let mut hints = self.keys.hints(&[(Action::Settle, "all to O"), (Action::Mark, "another code for all")]);
            hints.push(self.typing.several.hint(Several::MarkNone, "mark none"));
            return hints;
        }
        let mut hints = self.keys.hints(&[
            (Action::Settle, "to O"),
            (Action::SettleAll, "all past their deadline"),
            (Action::Mark, "another code"),
            (Action::Close, "close"),
        ]);
        hints.push(self.typing.several.hint(Several::Mark, "mark several"));
        hints
    }
}
