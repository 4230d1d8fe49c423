//! Arrangements for many: what is due first, with everybody in the chosen one below; entered, changed and ended here.

mod editor;
mod form;
mod pupils;
mod view;

use chrono::NaiveDate;
use ratatui::layout::{Position, Rect};

use crate::domain::act::disclosure::{Disclosure, Shown};
use crate::domain::act::{Act, EndArrangement, Receipt};
use crate::domain::calendar::dates::parse_day;
use crate::domain::facts::arrangement::{Arrangement, ArrangementId, Membership, in_order};
use crate::domain::people::pupil::PupilId;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Dialog, Hint, SharedTyping};
use crate::screen::widgets::field::Field;
use crate::screen::widgets::list::{self, List};
use crate::screen::widgets::picker::SharedFinder;
use crate::screen::widgets::question::Question;
use editor::{Editor, Left};
pub use pupils::Action as PupilsAction;

crate::actions! {
    /// What keys mean among the arrangements.
    pub Action in "arrangements" {
        New "new" "a new one, for as many pupils as you tick or paste" | "trip work experience alternative provision part-time";
        Change "change" "change it from a date on: pupils, last day, review, provider";
        End "end" "end it from a date on, or take it back whole: asks which day";
        Number "number" "show the provider's number: who looked is put down";
        Close "close" "close";
    }
}

/// What is said to who wants to end one and names no day.
const WANTS_DAY: &str =
    "Type the first day without it: fri, 4/12, today; or whole, to take it back from its first day.";

/// Which part hears keys.
enum Part {
    /// The arrangements.
    List,
    /// Everybody in the chosen one.
    Members,
    /// One is entered or changed.
    Editor(Box<Editor>),
}

/// The arrangements for many.
pub struct Arrangements {
    keys: Keymap<Action>,
    pupils_keys: Keymap<PupilsAction>,
    typing: SharedTyping,
    finder: SharedFinder,
    list: List<ArrangementId>,
    members: List<PupilId>,
    part: Part,
    /// From which day does it end?
    ending: Question<ArrangementId>,
    /// Whose provider's number is shown.
    shown: Option<ArrangementId>,
    /// A new one was entered here: once the list has it, it is chosen.
    entered: bool,
}

impl Arrangements {
    /// All of them, the first chosen.
    pub fn new(
        keys: (Keymap<Action>, Keymap<PupilsAction>),
        typing: SharedTyping,
        finder: SharedFinder,
        context: &ViewContext,
    ) -> Arrangements {
        let (list, members, ending) = (List::default(), List::default(), Question::default());
        let (keys, pupils_keys) = keys;
        let mut all = Arrangements {
            keys,
            pupils_keys,
            typing,
            finder,
            list,
            members,
            part: Part::List,
            ending,
            shown: None,
            entered: false,
        };
        all.refresh(context);
        all
    }

    fn chosen<'a>(&self, context: &'a ViewContext) -> Option<&'a Arrangement> {
        self.list.chosen().and_then(|id| context.roll().arrangement(id))
    }

    /// Everybody in the chosen one: who is in it today or comes into it first, then who was.
    fn show_members(&mut self, context: &ViewContext) {
        let today = context.now.date();
        let members = self.chosen(context).map(|one| sorted(one, today, context)).unwrap_or_default();
        self.members.refresh(members.iter().map(|one| one.pupil).collect(), |_| false);
    }

    fn about_chosen(&mut self, context: &ViewContext, what: Action) -> Outcome {
        let Some(one) = self.chosen(context) else {
            return Outcome::Notice("No arrangement is chosen.".to_owned());
        };
        match what {
            Action::Change => self.part = self.editor(Some(one), context),
            Action::End => {
                let asks = format!("{} ends: the first day without it?", one.terms.title);
                self.ending.ask(one.id, &asks, WANTS_DAY, Field::default());
            }
            Action::Number if one.terms.number.is_empty() => {
                return Outcome::Notice(format!("No number of {} is held.", one.terms.title));
            }
            Action::Number => return Outcome::Disclose(disclosure(one.id)),
            Action::New | Action::Close => {}
        }
        Outcome::Nothing
    }

    fn editor(&self, held: Option<&Arrangement>, context: &ViewContext) -> Part {
        let keys = self.pupils_keys.clone();
        Part::Editor(Box::new(Editor::new(keys, self.typing.clone(), self.finder.clone(), held, context)))
    }

    fn end(&mut self, key: Key, context: &ViewContext) -> Option<Outcome> {
        let today = context.now.date();
        self.ending.handle_key(key, &self.typing, |id, typed| {
            let Some(held) = context.roll().arrangement(*id) else {
                return Outcome::Notice("It has been taken back meanwhile.".to_owned());
            };
            let from = if typed.eq_ignore_ascii_case("whole") { Some(held.from) } else { parse_day(typed, today) };
            match from {
                Some(from) => Outcome::Do(Act::EndArrangement(EndArrangement::of(held, from, String::new()))),
                None => Outcome::Notice(WANTS_DAY.to_owned()),
            }
        })
    }

    fn in_list(&mut self, key: Key, context: &ViewContext) -> Outcome {
        let outcome = match self.keys.get(key) {
            Some(Action::New) => {
                self.part = self.editor(None, context);
                Outcome::Nothing
            }
            Some(Action::Close) => Outcome::Close,
            Some(what) => self.about_chosen(context, what),
            None => match self.list.handle_key(key, &self.typing.list) {
                Some(list::Action::Open) if !self.members.is_empty() => {
                    self.part = Part::Members;
                    Outcome::Nothing
                }
                Some(_) => Outcome::Nothing,
                None => Outcome::Ignored,
            },
        };
        self.show_members(context);
        outcome
    }

    fn in_members(&mut self, key: Key, context: &ViewContext) -> Outcome {
        match self.keys.get(key) {
            Some(Action::Close) => {
                self.part = Part::List;
                Outcome::Nothing
            }
            Some(what @ (Action::Change | Action::End | Action::Number)) => self.about_chosen(context, what),
            Some(Action::New) | None => self.members.handle_opening_key(key, &self.typing.list, Ask::Card),
        }
    }
}

/// What is put down before the number of an arrangement's provider is shown.
fn disclosure(id: ArrangementId) -> Disclosure {
    Disclosure { shown: Shown::Number, pupil: None, what: format!("provider of arrangement {}", id.0) }
}

/// Who is in it by name, then who was; of a pupil who came back the last time.
fn sorted(one: &Arrangement, today: NaiveDate, context: &ViewContext) -> Vec<Membership> {
    let mut members: Vec<Membership> = Vec::new();
    for member in one.members.iter().rev() {
        if members.iter().all(|held| held.pupil != member.pupil) {
            members.push(*member);
        }
    }
    let date = today.min(one.terms.until);
    members.sort_by_key(|member| (member.until < date, context.roll().place(member.pupil)));
    members
}

impl Dialog for Arrangements {
    fn title(&self, context: &ViewContext) -> String {
        match &self.part {
            Part::Editor(editor) => editor.title(context),
            Part::List | Part::Members => view::title(self.list.len(), context),
        }
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (u16::MAX, u16::MAX)
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        if let Some(outcome) = self.end(key, context) {
            return outcome;
        }
        match &mut self.part {
            Part::List => self.in_list(key, context),
            Part::Members => self.in_members(key, context),
            Part::Editor(editor) => match editor.handle_key(key, context) {
                Left::Open(outcome) => outcome,
                Left::Closed => {
                    self.part = Part::List;
                    Outcome::Nothing
                }
            },
        }
    }

    fn paste(&mut self, text: &str, context: &ViewContext) {
        match &mut self.part {
            Part::Editor(editor) => editor.paste(text, context),
            Part::List | Part::Members => self.ending.paste(text),
        }
    }

    fn refresh(&mut self, context: &ViewContext) {
        let order = in_order(context.roll().arrangements(), context.now.date());
        self.list.refresh(order.iter().map(|one| one.id).collect(), |_| false);
        let newest = order.iter().map(|one| one.id).max();
        if let Some(newest) = newest.filter(|_| std::mem::take(&mut self.entered)) {
            self.list.choose_id(newest);
        }
        self.show_members(context);
        if let Part::Editor(editor) = &mut self.part {
            editor.refresh(context);
        }
    }

    fn is_over(&mut self, _: &Receipt) -> bool {
        self.ending.drop_it();
        self.entered = matches!(&self.part, Part::Editor(editor) if editor.is_new());
        self.part = Part::List;
        false
    }

    fn disclosed(&mut self, asked: &Disclosure, _: &ViewContext) {
        self.shown = self.list.chosen().filter(|id| disclosure(*id) == *asked);
    }

    fn pupil(&self) -> Option<PupilId> {
        match self.part {
            Part::Members => self.members.chosen(),
            Part::List | Part::Editor(_) => None,
        }
    }

    fn accepts_global_keys(&self) -> bool {
        !self.ending.is_open() && !matches!(self.part, Part::Editor(_))
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        match &self.part {
            Part::Editor(editor) => editor.draw(area, canvas),
            Part::List | Part::Members => view::draw(self, area, canvas),
        }
    }

    fn hints(&self) -> Vec<Hint> {
        if self.ending.is_open() {
            return self.ending.hints(&self.typing, "end it", "back");
        }
        let (new, close) = ((Action::New, "new"), (Action::Close, "close"));
        let one = [(Action::Change, "change"), (Action::End, "end"), (Action::Number, "number")];
        match &self.part {
            Part::Editor(editor) => editor.hints(),
            Part::Members => self.keys.hints(&[&one[..], &[(Action::Close, "back")]].concat()),
            Part::List if self.list.is_empty() => self.keys.hints(&[new, close]),
            Part::List => self.keys.hints(&[&[new], &one[..], &[close]].concat()),
        }
    }
}
