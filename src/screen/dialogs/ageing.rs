//! Marks that have stood at N, the oldest first: settled to O one by one, or all that are past their deadline, counted. Nothing is
//! settled by itself.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::super::dialog::{self, Dialog, Hint, SharedTyping};
use super::super::field::Field;
use super::super::list::{self, List};
use super::super::outcome::{Ask, Outcome};
use super::super::scene::Scene;
use super::super::theme::Theme;
use crate::domain::act::{Act, Receipt, Refusal};
use crate::domain::ageing::{Ageing, NO_REASON, ageing};
use crate::domain::code::Code;
use crate::domain::pupil::PupilId;
use crate::domain::session::SessionDate;
use crate::keys::{Key, Keymap};

mod view;

crate::actions! {
    /// What keys mean among marks that have stood at N.
    pub Action in "ageing" {
        Settle "settle" "settle the chosen one to O";
        SettleAll "settle-all" "settle all that are past their deadline to O";
        Mark "mark" "enter another code for the chosen one";
        Close "close" "close";
    }
}

/// What is being asked, if anything.
enum Asking {
    Nothing,
    /// Why one mark becomes O.
    Reason(Ageing, Field),
    /// How many are settled, as the officer counts them.
    Count(Vec<Ageing>, Field),
    /// Another code for one mark, and then why.
    Code(Box<Correction>),
}

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
    asking: Asking,
}

impl AgeingList {
    /// As the day has them.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping, scene: &Scene) -> AgeingList {
        let mut dialog = AgeingList { keys, typing, list: List::default(), rows: Vec::new(), asking: Asking::Nothing };
        dialog.refresh(scene);
        dialog
    }

    fn chosen(&self) -> Option<&Ageing> {
        self.rows.iter().find(|row| Some((row.pupil, row.at)) == self.list.chosen())
    }

    fn begin(&mut self, action: Action) -> Outcome {
        let Some(one) = self.chosen().cloned() else {
            return Outcome::Say("Choose a mark first.".to_owned());
        };
        self.asking = match action {
            Action::Settle => Asking::Reason(one, Field::offering(NO_REASON)),
            Action::Mark => Asking::Code(Box::new(Correction {
                one,
                code: Field::default(),
                reason: Field::default(),
                in_reason: false,
            })),
            Action::SettleAll => {
                let late: Vec<Ageing> = self.rows.iter().filter(|row| row.is_overdue()).cloned().collect();
                if late.is_empty() {
                    return Outcome::Say("No mark is past its deadline.".to_owned());
                }
                Asking::Count(late, Field::default())
            }
            Action::Close => Asking::Nothing,
        };
        Outcome::Nothing
    }

    /// What is answered to what is asked.
    fn save(&mut self, scene: &Scene) -> Outcome {
        match &mut self.asking {
            Asking::Nothing => Outcome::Nothing,
            Asking::Reason(one, reason) => settle(std::slice::from_ref(one), reason.text()),
            Asking::Count(late, count) => {
                // Counted whole: who settles many marks at once knows how many.
                if count.text().trim() != late.len().to_string() {
                    return Outcome::Say(format!("There are {}: type {} to settle them.", late.len(), late.len()));
                }
                settle(late, NO_REASON)
            }
            Asking::Code(asked) => {
                let Correction { one, code, reason, in_reason } = asked.as_mut();
                let typed = Code::parse(code.text()).ok_or_else(|| "Type a code first.".to_owned());
                let checked = typed.and_then(|code| {
                    let row = scene.roll().codes.check(code, one.at.date, one.at.session);
                    row.map(|_| code).map_err(|fault| format!("{fault}."))
                });
                match checked {
                    Err(says) => {
                        *in_reason = false;
                        Outcome::Say(says)
                    }
                    Ok(_) if reason.text().trim().is_empty() => {
                        *in_reason = true;
                        Outcome::Nothing
                    }
                    Ok(code) => Outcome::Do(Act::Amend {
                        pupil: one.pupil,
                        at: one.at,
                        code,
                        minutes: None,
                        reason: reason.text().to_owned(),
                        saw: one.revision,
                    }),
                }
            }
        }
    }

    /// The field that hears letters, if any.
    fn field(&mut self) -> Option<&mut Field> {
        match &mut self.asking {
            Asking::Nothing => None,
            Asking::Reason(_, field) | Asking::Count(_, field) => Some(field),
            Asking::Code(asked) => {
                let Correction { code, reason, in_reason, .. } = asked.as_mut();
                Some(if *in_reason { reason } else { code })
            }
        }
    }

    fn typed(&mut self, key: Key, scene: &Scene) -> Outcome {
        match self.typing.dialog.get(key) {
            Some(dialog::Action::Save) => return self.save(scene),
            Some(dialog::Action::Close) => self.asking = Asking::Nothing,
            Some(dialog::Action::Next | dialog::Action::Previous) => {
                if let Asking::Code(asked) = &mut self.asking {
                    asked.in_reason = !asked.in_reason;
                }
            }
            None => {
                let typing = self.typing.clone();
                if let Some(field) = self.field() {
                    field.heard(key, &typing.field);
                }
            }
        }
        Outcome::Nothing
    }
}

/// One act for all of them, each as it was seen.
fn settle(marks: &[Ageing], reason: &str) -> Outcome {
    let marks = marks.iter().map(|one| (one.pupil, one.at, one.revision)).collect();
    Outcome::Do(Act::SettleAged { marks, code: Code::O, reason: reason.to_owned() })
}

impl Dialog for AgeingList {
    fn title(&self, _: &Scene) -> String {
        let late = self.rows.iter().filter(|row| row.is_overdue()).count();
        let late = if late > 0 { format!(", {late} past their deadline") } else { String::new() };
        format!("Marks at N: {}{late}", self.rows.len())
    }

    fn size(&self, _: &Scene) -> (u16, u16) {
        (u16::MAX, u16::MAX)
    }

    fn heard(&mut self, key: Key, scene: &Scene) -> Outcome {
        if !matches!(self.asking, Asking::Nothing) {
            return self.typed(key, scene);
        }
        match self.keys.get(key) {
            Some(Action::Close) => return Outcome::Close,
            Some(action) => return self.begin(action),
            None => {}
        }
        match self.list.heard(key, &self.typing.list) {
            Some(list::Action::Open) => self.pupil().map_or(Outcome::Nothing, |id| Outcome::Open(Ask::Card(id))),
            Some(_) => Outcome::Nothing,
            None => Outcome::Ignored,
        }
    }

    fn paste(&mut self, text: &str, _: &Scene) {
        if let Some(field) = self.field() {
            field.paste(text);
        }
    }

    /// What was asked was asked of the marks as they stood: it stays, and a mark that moved meanwhile is refused by name.
    fn refresh(&mut self, scene: &Scene) {
        self.rows = ageing(&scene.day);
        // Whoever stands there now is next: the list is worked down from its oldest.
        self.list.refresh(self.rows.iter().map(|row| (row.pupil, row.at)).collect(), |_| true);
    }

    fn is_over(&mut self, _: &Receipt) -> bool {
        self.asking = Asking::Nothing;
        false
    }

    /// The refusal shows both values: to save again is to have seen the new one.
    fn refused(&mut self, refusal: &Refusal, _: &Scene) {
        if let (Refusal::ChangedMeanwhile { revision, .. }, Asking::Code(asked)) = (refusal, &mut self.asking) {
            asked.one.revision = *revision;
        }
    }

    fn pupil(&self) -> Option<PupilId> {
        self.list.chosen().map(|(pupil, _)| pupil)
    }

    fn lets_house_hear(&self) -> bool {
        matches!(self.asking, Asking::Nothing)
    }

    fn draw(&self, area: Rect, buffer: &mut Buffer, scene: &Scene, theme: &Theme) -> Option<Position> {
        view::draw(self, area, buffer, scene, theme)
    }

    fn hints(&self) -> Vec<Hint> {
        if !self.lets_house_hear() {
            let save = self.typing.hint(dialog::Action::Save, "save");
            return vec![save, self.typing.hint(dialog::Action::Close, "back to the list")];
        }
        let shown = [
            (Action::Settle, "to O"),
            (Action::SettleAll, "all past their deadline"),
            (Action::Mark, "another code"),
            (Action::Close, "close"),
        ];
        shown.iter().filter_map(|(action, does)| Some((self.keys.first_key(*action)?, (*does).to_owned()))).collect()
    }
}
