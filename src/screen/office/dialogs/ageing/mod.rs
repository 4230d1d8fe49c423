//! Marks that have stood at N, the oldest first: settled to O one by one, or all that are past their deadline, counted. Nothing is
//! settled by itself.

mod view;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::absence::ageing::{Ageing, NO_REASON, ageing};
use crate::domain::act::{Act, Amend, Receipt, Refusal, SettleAged};
use crate::domain::calendar::session::SessionDate;
use crate::domain::code::Code;
use crate::domain::people::pupil::PupilId;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::dialog::{self, Dialog, Hint, SharedTyping};
use crate::screen::widgets::field::Field;
use crate::screen::widgets::list::List;
use crate::screen::widgets::question::Question;

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
    One(Ageing),
    /// Several, when the officer has counted them.
    All(Vec<Ageing>),
}

/// Another code for one mark, and then why.
struct Correction {
    one: Ageing,
    code: Field,
    reason: Field,
    in_reason: bool,
}

/// Marks that have stood at N.
pub struct AgeingList {
    keys: Keymap<Action>,
    typing: SharedTyping,
    list: List<(PupilId, SessionDate)>,
    rows: Vec<Ageing>,
    settling: Question<Settling>,
    correcting: Option<Box<Correction>>,
}

impl AgeingList {
    /// As the day has them.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping, context: &ViewContext) -> AgeingList {
        let (list, settling) = (List::default(), Question::default());
        let mut dialog = AgeingList { keys, typing, list, rows: Vec::new(), settling, correcting: None };
        dialog.refresh(context);
        dialog
    }

    fn chosen(&self) -> Option<&Ageing> {
        self.rows.iter().find(|row| Some((row.pupil, row.at)) == self.list.chosen())
    }

    fn begin(&mut self, action: Action) -> Outcome {
        let Some(one) = self.chosen().cloned() else {
            return Outcome::Say("Choose a mark first.".to_owned());
        };
        match action {
            Action::Settle => {
                let wants = "Say why: a mark of a closed register is amended.";
                self.settling.put(Settling::One(one), "Why", wants, Field::offering(NO_REASON));
            }
            Action::Mark => {
                let (code, reason) = (Field::default(), Field::default());
                self.correcting = Some(Box::new(Correction { one, code, reason, in_reason: false }));
            }
            Action::SettleAll => {
                let late: Vec<Ageing> = self.rows.iter().filter(|row| row.is_overdue()).cloned().collect();
                if late.is_empty() {
                    return Outcome::Say("No mark is past its deadline.".to_owned());
                }
                let wants = count_them(late.len());
                self.settling.put(Settling::All(late), "How many", &wants, Field::default());
            }
            Action::Close => {}
        }
        Outcome::Nothing
    }

    fn heard_answer(&mut self, key: Key) -> Option<Outcome> {
        self.settling.heard(key, &self.typing, |of, answer| match of {
            Settling::One(one) => settle(std::slice::from_ref(one), answer),
            // Counted whole: who settles many marks at once knows how many.
            Settling::All(late) if answer != late.len().to_string() => Outcome::Say(count_them(late.len())),
            Settling::All(late) => settle(late, NO_REASON),
        })
    }

    fn heard_correction(&mut self, key: Key, context: &ViewContext) -> Option<Outcome> {
        let asked = self.correcting.as_mut()?;
        match self.typing.dialog.get(key) {
            Some(dialog::Action::Save) => return Some(asked.save(context)),
            Some(dialog::Action::Close) => self.correcting = None,
            Some(dialog::Action::Next | dialog::Action::Previous) => asked.in_reason = !asked.in_reason,
            None => {
                asked.field().heard(key, &self.typing.field);
            }
        }
        Some(Outcome::Nothing)
    }
}

impl Correction {
    /// The code first, then the reason.
    fn save(&mut self, context: &ViewContext) -> Outcome {
        let typed = Code::parse(self.code.text()).ok_or_else(|| "Type a code first.".to_owned());
        let checked = typed.and_then(|code| {
            let pupil = context.pupil(self.one.pupil);
            let checked = pupil.map(|pupil| context.roll().check_code(code, self.one.at, pupil, context.now.date()));
            checked.transpose().map(|_| code).map_err(|fault| format!("{fault}."))
        });
        match checked {
            Err(says) => {
                self.in_reason = false;
                Outcome::Say(says)
            }
            Ok(_) if self.reason.text().trim().is_empty() => {
                self.in_reason = true;
                Outcome::Nothing
            }
            Ok(code) => Outcome::Do(Act::Amend(Amend {
                pupil: self.one.pupil,
                at: self.one.at,
                code,
                minutes: None,
                reason: self.reason.text().to_owned(),
                saw: self.one.revision,
            })),
        }
    }

    /// The field that hears letters.
    fn field(&mut self) -> &mut Field {
        if self.in_reason { &mut self.reason } else { &mut self.code }
    }
}

fn count_them(late: usize) -> String {
    format!("There are {late}: type {late} to settle them.")
}

/// One act for all of them, each as it was seen.
fn settle(marks: &[Ageing], reason: &str) -> Outcome {
    let marks = marks.iter().map(|one| (one.pupil, one.at, one.revision)).collect();
    Outcome::Do(Act::SettleAged(SettleAged { marks, code: Code::O, reason: reason.to_owned() }))
}

impl Dialog for AgeingList {
    fn title(&self, _: &ViewContext) -> String {
        let late = self.rows.iter().filter(|row| row.is_overdue()).count();
        let late = if late > 0 { format!(", {late} past their deadline") } else { String::new() };
        format!("Marks at N: {}{late}", self.rows.len())
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (u16::MAX, u16::MAX)
    }

    fn heard(&mut self, key: Key, context: &ViewContext) -> Outcome {
        if let Some(outcome) = self.heard_answer(key).or_else(|| self.heard_correction(key, context)) {
            return outcome;
        }
        match self.keys.get(key) {
            Some(Action::Close) => return Outcome::Close,
            Some(action) => return self.begin(action),
            None => {}
        }
        self.list.heard_opening(key, &self.typing.list, |(pupil, _)| Ask::Card(pupil))
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        self.settling.paste(text);
        if let Some(asked) = &mut self.correcting {
            asked.field().paste(text);
        }
    }

    /// What was asked was asked of the marks as they stood: it stays, and a mark that moved meanwhile is refused by name.
    fn refresh(&mut self, context: &ViewContext) {
        self.rows = ageing(&context.day);
        // Whoever stands there now is next: the list is worked down from its oldest.
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

    fn lets_house_hear(&self) -> bool {
        !self.settling.is_put() && self.correcting.is_none()
    }

    fn draw(&self, area: Rect, buffer: &mut Buffer, context: &ViewContext, theme: &Theme) -> Option<Position> {
        view::draw(self, area, buffer, context, theme)
    }

    fn hints(&self) -> Vec<Hint> {
        if !self.lets_house_hear() {
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
