//! Letters about a pupil are made: the template that the school's rules suggest stands there, and below it to whom the letter goes, who
//! gets none and why, and what it says. Once they are made they can be printed.

mod view;

use std::collections::VecDeque;

use chrono::NaiveDate;
use ratatui::layout::{Constraint, Layout, Position, Rect};

use crate::domain::act::permission::check_record;
use crate::domain::act::{Act, MakeLetter, Receipt, Refusal};
use crate::domain::calendar::dates::parse_day;
use crate::domain::calendar::session::parse_time;
use crate::domain::cases::letters::drafted::{Drafted, MeetingAsked};
use crate::domain::cases::letters::{Letter, Paper, least_for_letter};
use crate::domain::people::pupil::PupilId;
use crate::keys::{Key, Keymap};
use crate::report::letter::{Sheet as Paged, text};
use crate::screen::casework::{CaseAnswer, CaseQuestion, Drafts, LettersAsked};
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Action, Dialog, Hint, SharedTyping};
use crate::screen::widgets::entered::Entered;
use crate::screen::widgets::field::Field;
use crate::screen::widgets::form::{Entry, Form};
use crate::screen::widgets::reading::{self, Reading};
use crate::screen::widgets::sheet::Sheet;

/// The fields.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Name {
    /// The template.
    Template,
    /// A paragraph of its own.
    Words,
    /// The day of the meeting that it invites to.
    On,
    /// The time.
    At,
    /// The place.
    Place,
}

/// How many there are.
const ROWS: u16 = 5;

/// Each with its label and its columns.
const FIELDS: [(Name, &str, u16); ROWS as usize] = [
    (Name::Template, "Letter", 22),
    (Name::Words, "Words", 56),
    (Name::On, "Meeting", 14),
    (Name::At, "At", 8),
    (Name::Place, "Place", 28),
];

/// Columns of the labels.
const LABEL: u16 = 12;

/// Letters to the parents of a pupil.
pub struct LettersForm {
    typing: SharedTyping,
    keys: Keymap<reading::Action>,
    reading: Reading,
    pupil: PupilId,
    form: Form<Name>,
    asked: LettersAsked,
    /// What is asked is still to be asked for.
    lacks: bool,
    /// What could be made of what is asked; `None` until that is known.
    drafts: Option<Result<Drafts, String>>,
    /// The templates there are, whatever is asked of them.
    templates: Vec<(String, String)>,
    /// Those that are to be made yet; the first of them is on its way.
    making: VecDeque<(Letter, Paper)>,
    /// Those that were made.
    made: Vec<Paged>,
}

impl LettersForm {
    /// About one pupil, with the letter that is suggested.
    pub fn new(keys: Keymap<reading::Action>, typing: SharedTyping, pupil: PupilId) -> LettersForm {
        let entries = FIELDS.iter().enumerate().map(|(row, (name, label, columns))| Entry {
            name: *name,
            label,
            row,
            columns: *columns,
            // What is suggested is offered once it is known.
            field: if *name == Name::Template { Field::offering("") } else { Field::default() },
        });
        LettersForm {
            reading: Reading::new(keys.clone(), typing.clone()),
            keys,
            typing,
            pupil,
            form: Form::new(LABEL, entries.collect::<Vec<_>>()),
            asked: LettersAsked { pupil, template: None, words: String::new(), meeting: None },
            lacks: true,
            drafts: None,
            templates: Vec::new(),
            making: VecDeque::new(),
            made: Vec::new(),
        }
    }

    /// The template that is typed in full, or the one that begins so.
    fn template(&self) -> Option<&str> {
        let typed = self.form.text(Name::Template).to_lowercase();
        let names = || self.templates.iter().map(|(name, _)| name.as_str());
        let mut beginning = names().filter(|name| !typed.is_empty() && name.starts_with(&typed));
        let only = beginning.next().filter(|_| beginning.next().is_none());
        names().find(|name| *name == typed).or(only)
    }

    /// A day or a time that cannot be read, and what it needs.
    fn fault(&self, name: Name, today: NaiveDate) -> Option<String> {
        let typed = self.form.text(name);
        match name {
            Name::Template if self.template().is_none() => Some(match typed {
                "" => "no letter is suggested: type which".to_owned(),
                _ => format!("there is no letter “{typed}”, or more than one begins so"),
            }),
            Name::On if !typed.is_empty() && parse_day(typed, today).is_none() => {
                Some(format!("“{typed}” is no day: write fri, 6/11 or 17/7/2027"))
            }
            Name::At if !typed.is_empty() && parse_time(typed).is_none() => {
                Some(format!("“{typed}” is no time: write 9:40"))
            }
            Name::Template | Name::Words | Name::On | Name::At | Name::Place => None,
        }
    }

    /// Ask anew if something else is typed by now.
    fn ask(&mut self, today: NaiveDate) {
        let (on, at) = (parse_day(self.form.text(Name::On), today), parse_time(self.form.text(Name::At)));
        let meeting = on.zip(at).zip(self.form.filled(Name::Place));
        let asked = LettersAsked {
            pupil: self.pupil,
            template: Some(self.template().unwrap_or_default().to_owned()),
            words: self.form.text(Name::Words).to_owned(),
            meeting: meeting.map(|((on, at), place)| MeetingAsked { on, at, place }),
        };
        if asked != self.asked {
            (self.asked, self.lacks, self.drafts) = (asked, true, None);
        }
    }

    fn rows(&self) -> &[Drafted] {
        match &self.drafts {
            Some(Ok(drafts)) => &drafts.rows,
            Some(Err(_)) | None => &[],
        }
    }

    /// Make those that can be made, one after the other.
    fn make(&mut self, context: &ViewContext) -> Outcome {
        if self.drafts.is_none() {
            return Outcome::Notice("The letters are being put together.".to_owned());
        }
        for (name, label, _) in FIELDS {
            if let Some(fault) = self.fault(name, context.now.date()) {
                return self.form.reject(name, format!("{label}: {fault}."));
            }
        }
        if let Some(refusal) = self.refusal(context) {
            return Outcome::Notice(format!("{refusal}."));
        }
        self.making = self.rows().iter().filter_map(|row| row.letter.clone()).collect();
        self.next().map_or_else(|| Outcome::Notice("There is no letter to be made.".to_owned()), Outcome::Do)
    }

    /// That the letter is not for this role.
    fn refusal(&self, context: &ViewContext) -> Option<Refusal> {
        let template = self.template()?;
        check_record(context.role, least_for_letter(template), &format!("the letter {template}")).err()
    }

    fn next(&self) -> Option<Act> {
        let (letter, paper) = self.making.front()?.clone();
        Some(Act::MakeLetter(MakeLetter { pupil: self.pupil, letter, paper: Box::new(paper) }))
    }
}

impl Dialog for LettersForm {
    fn title(&self, context: &ViewContext) -> String {
        let name = context.roll().name_and_group(self.pupil);
        let what = if self.made.is_empty() { "Letters to the parents of" } else { "Letters that were made about" };
        format!("{what} {name}")
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (104, u16::MAX)
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        if !self.made.is_empty() {
            return match self.reading.handle_key(key) {
                Some(reading::Action::Close) => Outcome::Close,
                Some(_) => Outcome::Nothing,
                None => Outcome::Ignored,
            };
        }
        // What is below scrolls by the keys that are no letters.
        let moves = key.character().is_none() && self.typing.dialog.get(key).is_none();
        match self.form.handle_key(key, &self.typing) {
            Entered::Save => return self.make(context),
            Entered::Close => return Outcome::Close,
            Entered::Typed => {
                if moves {
                    self.reading.handle_key(key);
                }
                self.ask(context.now.date());
            }
            Entered::Nothing => {}
        }
        Outcome::Nothing
    }

    fn paste(&mut self, text: &str, context: &ViewContext) {
        if self.made.is_empty() && self.form.paste(text) {
            self.ask(context.now.date());
        }
    }

    fn refresh(&mut self, _: &ViewContext) {
        // What is made stays as it was made.
        self.lacks |= self.made.is_empty() && self.making.is_empty();
    }

    fn lacks_of_cases(&mut self) -> Option<CaseQuestion> {
        std::mem::take(&mut self.lacks).then(|| CaseQuestion::Letters(self.asked.clone()))
    }

    fn set_cases(&mut self, answer: CaseAnswer) {
        let CaseAnswer::Letters(asked, drafts) = answer else { return };
        if asked != self.asked {
            return;
        }
        if let Ok(drafts) = &drafts {
            self.templates.clone_from(&drafts.templates);
            self.form.offer(Name::Template, &drafts.template);
            self.asked.template = Some(drafts.template.clone());
        }
        self.drafts = Some(drafts);
    }

    fn is_over(&mut self, receipt: &Receipt) -> bool {
        if let Some((letter, paper)) = self.making.pop_front() {
            if self.made.is_empty() {
                self.reading = Reading::new(self.keys.clone(), self.typing.clone());
            }
            self.made.push(Paged::of(receipt.act, &letter, &paper));
        }
        false
    }

    fn goes_on(&mut self) -> Option<Act> {
        self.next()
    }

    fn refused(&mut self, _: &Refusal, _: &ViewContext) {
        self.making.clear();
        self.lacks |= self.made.is_empty();
    }

    fn pupil(&self) -> Option<PupilId> {
        Some(self.pupil)
    }

    fn sheet(&self) -> Option<Sheet> {
        let is_there = !self.made.is_empty() && self.making.is_empty() && !self.reading.is_typing();
        let what = if self.made.len() == 1 { "letter" } else { "letters" };
        is_there.then(|| Sheet::of(Some(self.pupil), what))
    }

    fn paper(&self, _: &ViewContext) -> Option<String> {
        (!self.made.is_empty()).then(|| text(&self.made))
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        if !self.made.is_empty() {
            self.reading.draw(&view::made(self, theme), area, canvas);
            return None;
        }
        let parts = [Constraint::Length(ROWS), Constraint::Length(1), Constraint::Fill(1)];
        let [above, _, below] = Layout::vertical(parts).areas(area);
        let cursor = self.form.draw(above, canvas, |name, line| {
            let (text, style) = match view::beside(self, name, context) {
                Ok(text) => (text, theme.dim),
                Err(text) => (text, theme.overdue),
            };
            let room = line.room().saturating_sub(1);
            line.skip(1).column(&text, room, style);
        });
        self.reading.draw(&view::drafts(self, below.width, context, theme), below, canvas);
        cursor
    }

    fn hints(&self) -> Vec<Hint> {
        if !self.made.is_empty() {
            return self.reading.hints();
        }
        let many = self.rows().iter().filter(|row| row.letter.is_some()).count();
        let make = match many {
            0 => "make them".to_owned(),
            1 => "make 1 letter".to_owned(),
            many => format!("make {many} letters"),
        };
        let hints = [(Action::Save, make.as_str()), (Action::Next, "the next field"), (Action::Close, "close")];
        self.typing.dialog.hints(&hints)
    }
}
