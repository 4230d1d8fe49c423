//! Marks that have stood at N, the oldest first: settled to O one by one, or all that are past their deadline, counted. Nothing is
//! settled by itself.

mod view;

use ratatui::layout::{Position, Rect};

use crate::domain::absence::unresolved::{NO_REASON, UnresolvedN, unresolved_ns};
use crate::domain::act::{Act, Amend, Receipt, Refusal, SettleUnresolved};
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
use crate::screen::widgets::list::List;
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
    /// One mark, and why.
    One(UnresolvedN),
    /// Several, when the officer has counted them.
    All(Vec<UnresolvedN>),
}

/// What is typed of another code.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    Code,
    Why,
}

/// Another code for one mark, and then why.
struct Correction {
    one: UnresolvedN,
    form: Form<Name>,
}

/// Marks that have stood at N.
pub struct UnresolvedList {
    keys: Keymap<Action>,
    typing: SharedTyping,
    list: List<(PupilId, SessionDate)>,
    rows: Vec<UnresolvedN>,
    settling: Question<Settling>,
    correcting: Option<Correction>,
}

impl UnresolvedList {
    /// As the day has them.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping, context: &ViewContext) -> UnresolvedList {
        let (list, settling) = (List::default(), Question::default());
        let mut dialog = UnresolvedList { keys, typing, list, rows: Vec::new(), settling, correcting: None };
        dialog.refresh(context);
        dialog
    }

    fn chosen(&self) -> Option<&UnresolvedN> {
        self.rows.iter().find(|row| Some((row.pupil, row.at)) == self.list.chosen())
    }

    fn begin(&mut self, action: Action) -> Outcome {
        let Some(one) = self.chosen().cloned() else {
            return Outcome::Notice("Choose a mark first.".to_owned());
        };
        match action {
            Action::Settle => {
                let wants = "Say why: a mark of a closed register is amended.";
                self.settling.ask(Settling::One(one), "Why", wants, Field::offering(NO_REASON));
            }
            Action::Mark => {
                let entry = |name, label, row| Entry { name, label, row, columns: u16::MAX, field: Field::default() };
                let form = Form::new(view::BEHIND, [entry(Name::Code, "Code", 1), entry(Name::Why, "Why", 2)]);
                self.correcting = Some(Correction { one, form });
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
            Settling::One(one) => settle(std::slice::from_ref(one), answer),
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
    /// The code first, then the reason.
    fn save(&mut self, context: &ViewContext) -> Outcome {
        let UnresolvedN { pupil, at, revision: saw, .. } = self.one;
        let code = match context.typed_code(self.form.text(Name::Code), pupil, at) {
            Ok(code) => code,
            Err(why) => return self.form.reject(Name::Code, why),
        };
        let Some(reason) = self.form.filled(Name::Why) else {
            self.form.focus_on(Name::Why);
            return Outcome::Nothing;
        };
        Outcome::Do(Act::Amend(Amend { pupil, at, code, minutes: None, reason, saw }))
    }
}

fn count_them(late: usize) -> String {
    format!("There are {late}: type {late} to settle them.")
}

/// One act for all of them, each as it was seen.
fn settle(marks: &[UnresolvedN], reason: &str) -> Outcome {
    let marks = marks.iter().map(|one| (one.pupil, one.at, one.revision)).collect();
    Outcome::Do(Act::SettleUnresolved(SettleUnresolved { marks, code: Code::O, reason: reason.to_owned() }))
}

impl Dialog for UnresolvedList {
    fn title(&self, _: &ViewContext) -> String {
        let late = self.rows.iter().filter(|row| row.is_overdue()).count();
        let late = if late > 0 { format!(", {late} past their deadline") } else { String::new() };
        format!("Marks at N: {}{late}", self.rows.len())
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (u16::MAX, u16::MAX)
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        if let Some(outcome) = self.handle_answer(key).or_else(|| self.handle_correction(key, context)) {
            return outcome;
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
        // The row at the same place is next: the list is worked down from its oldest.
        self.list.refresh(self.rows.iter().map(|row| (row.pupil, row.at)).collect(), |_| true);
    }

    fn is_over(&mut self, _: &Receipt) -> bool {
        self.settling.drop_it();
        self.correcting = None;
        false
    }

    /// The refusal shows both values: to save again is to have seen the new one.
    fn refused(&mut self, refusal: &Refusal, _: &ViewContext) {
        if let (Refusal::ChangedMeanwhile { revision, .. }, Some(asked)) = (refusal, &mut self.correcting) {
            asked.one.revision = *revision;
        }
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
        self.keys.hints(&[
            (Action::Settle, "to O"),
            (Action::SettleAll, "all past their deadline"),
            (Action::Mark, "another code"),
            (Action::Close, "close"),
        ])
    }
}
