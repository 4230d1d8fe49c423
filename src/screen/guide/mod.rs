//! The guide's screen: a table of another system is taught, column by column. It stands beside the office and the gate, and knows
//! neither; nothing of the record is on it.

mod ask;
mod foot;
mod run;
mod view;

use std::cell::Cell;
use std::path::PathBuf;

use hashbrown::HashSet;

use crate::exchange::profiles::Profile;
use crate::exchange::profiles::guide::{About, Choice, Guide, NotKept, Point, Trial};
use crate::keys::{Key, Keymap};
use crate::screen::global_keys;
use crate::screen::theme::Theme;
use crate::screen::widgets::dialog::SharedTyping;
use crate::screen::widgets::entered::Entered;
use crate::screen::widgets::field::Field;
use crate::screen::widgets::list::{self, List};
pub use run::{Taught, run};

crate::actions! {
    /// What keys mean where a table of another system is taught.
    pub Action in "guide" {
        NextQuestion "next-question" "to the next question";
        Reveal "reveal" "show what is masked in the chosen column, or mask it again";
        Try "try" "see what would be read, and save";
        Leave "leave" "leave without saving; with answers, pressed twice";
    }
}

const NOTHING_CHOSEN: &str = "Nothing is chosen yet: go to an answer, or press its number.";

/// The keys of the guide's screen.
#[derive(Clone, Debug)]
pub struct Keys {
    /// Its own.
    pub guide: Keymap<Action>,
    /// The global keys, of which it heeds those that leave, blank and draw anew.
    pub global: Keymap<global_keys::Action>,
    /// Moving and typing.
    pub typing: SharedTyping,
}

/// What the screen asks for.
#[derive(Debug, PartialEq)]
pub enum Request {
    /// Nothing.
    Nothing,
    /// See what the file would bring by this profile.
    Try(Box<Profile>),
    /// Keep this profile; in place of one of its name where that is said.
    Keep(Box<Profile>, bool),
    /// Draw everything anew.
    Redraw,
    /// Leave.
    Leave,
}

/// What is on the screen.
enum Stage {
    /// The columns, with what is asked about the chosen one.
    Columns,
    /// The answers to one question, to be gone through.
    Choosing(List<usize>),
    /// What would be read, once that is known, and the name to be saved under.
    Trying(Option<Trial>, Field),
    /// Whether it is saved all the same.
    Sure(Trial, Field, Doubt),
}

/// What is asked before a profile is saved.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Doubt {
    /// Nobody whom the file names is on the roll.
    Nobody,
    /// There is a profile of that name.
    Replaces,
}

/// The guide's screen.
pub struct GuideScreen {
    guide: Guide,
    points: Vec<Point>,
    list: List<usize>,
    stage: Stage,
    /// The columns that are shown unmasked.
    revealed: HashSet<usize>,
    /// What is said below, and whether it is a refusal.
    said: Option<(String, bool)>,
    /// Leaving was asked for once.
    is_leaving: bool,
    is_blank: bool,
    /// How many answers stand on the screen with a number before them: no other is taken by its number.
    numbered: Cell<usize>,
    keys: Keys,
    theme: Theme,
    /// Where the file was kept.
    kept: Option<PathBuf>,
}

impl GuideScreen {
    /// At the first question.
    pub fn new(guide: Guide, keys: Keys, theme: Theme) -> GuideScreen {
        let points = guide.points();
        let mut screen = GuideScreen {
            guide,
            points,
            list: List::default(),
            stage: Stage::Columns,
            revealed: HashSet::new(),
            said: None,
            is_leaving: false,
            is_blank: false,
            numbered: Cell::default(),
            keys,
            theme,
            kept: None,
        };
        screen.list.restart((0..screen.points.len()).collect());
        if screen.chosen().is_some_and(|point| !point.is_open()) {
            screen.go_to_question();
        }
        screen.said = screen.guide.describe_known().map(|text| (text, false));
        screen
    }

    /// Handle a key.
    pub fn handle_key(&mut self, key: Key) -> Request {
        if std::mem::take(&mut self.is_blank) {
            return Request::Nothing;
        }
        match self.keys.global.get(key) {
            Some(global_keys::Action::Blank | global_keys::Action::Lock) => {
                self.is_blank = true;
                return Request::Nothing;
            }
            Some(global_keys::Action::Redraw) => return Request::Redraw,
            Some(global_keys::Action::Quit) if key.character().is_none() => return self.leave(),
            _ => {}
        }
        let was_leaving = std::mem::take(&mut self.is_leaving);
        self.said = None;
        // Only until the next frame: then other answers may stand there.
        let numbered = self.numbered.take();
        match std::mem::replace(&mut self.stage, Stage::Columns) {
            Stage::Columns => self.at_columns(key, numbered, was_leaving),
            Stage::Choosing(choices) => self.choosing(key, numbered, choices),
            Stage::Trying(trial, name) => self.trying(key, trial, name),
            Stage::Sure(trial, name, doubt) => self.sure(key, trial, name, doubt),
        }
    }

    /// Text was pasted: only a name is typed here.
    pub fn paste(&mut self, text: &str) {
        if let Stage::Trying(Some(_), name) = &mut self.stage {
            name.paste(text);
        }
    }

    /// What the file would bring has been found out, or why it could not.
    pub fn tried(&mut self, trial: Result<Trial, String>) {
        match trial {
            Ok(trial) => {
                let name = Field::offering(&self.guide.name());
                self.stage = Stage::Trying(Some(trial), name);
            }
            Err(why) => {
                self.stage = Stage::Columns;
                self.said = Some((why, true));
            }
        }
    }

    /// What became of saving: whether the screen is done.
    pub fn was_kept(&mut self, kept: Result<PathBuf, NotKept>) -> bool {
        match kept {
            Ok(path) => {
                self.kept = Some(path);
                true
            }
            Err(why) => {
                self.said = Some((format!("Not saved: {why}."), true));
                false
            }
        }
    }

    /// The file that is taught, as it stands.
    pub fn guide(&self) -> &Guide {
        &self.guide
    }

    fn chosen(&self) -> Option<&Point> {
        self.points.get(self.list.chosen()?)
    }

    fn open_questions(&self) -> usize {
        self.points.iter().filter(|one| one.is_open()).count()
    }

    fn at_columns(&mut self, key: Key, numbered: usize, was_leaving: bool) -> Request {
        if let Some(choice) = self.numbered(key, numbered) {
            self.answer(choice);
            return Request::Nothing;
        }
        match self.keys.guide.get(key) {
            Some(Action::NextQuestion) => self.go_to_question(),
            Some(Action::Reveal) => self.reveal(),
            Some(Action::Try) => return self.try_out(),
            Some(Action::Leave) => {
                self.is_leaving = was_leaving;
                return self.leave();
            }
            None => {
                if self.list.handle_key(key, &self.keys.typing.list) == Some(list::Action::Open) {
                    self.choose();
                }
            }
        }
        Request::Nothing
    }

    /// Leave: at once where nothing was answered, else when it is said again.
    fn leave(&mut self) -> Request {
        if !self.guide.is_answered() || std::mem::replace(&mut self.is_leaving, true) {
            return Request::Leave;
        }
        self.said = Some(("Nothing is saved yet: once more leaves all the same.".to_owned(), false));
        Request::Nothing
    }

    /// The answer of this number, of the first ones, that are numbered on the screen.
    fn numbered(&self, key: Key, numbered: usize) -> Option<Choice> {
        let number = key.character()?.to_digit(10)?;
        let place = usize::try_from(number).ok()?.checked_sub(1)?;
        self.chosen()?.choices.iter().take(numbered).nth(place).copied()
    }

    /// Go through the answers. What is asked has none chosen: nothing is taken by a key pressed in passing.
    fn choose(&mut self) {
        let Some(point) = self.chosen() else { return };
        let settled = point.settled();
        let place = point.choices.iter().position(|choice| Some(*choice) == settled);
        let ids: Vec<usize> = (0..point.choices.len()).collect();
        let mut choices = List::default();
        match place {
            Some(place) => choices.restart_at(ids, Some(place)),
            None => choices.restart_at_none(ids),
        }
        self.stage = Stage::Choosing(choices);
        if place.is_none() {
            self.said = Some((NOTHING_CHOSEN.to_owned(), false));
        }
    }

    fn answer(&mut self, choice: Choice) {
        let Some(about) = self.chosen().map(|point| point.about.clone()) else { return };
        self.guide.answer(about.clone(), choice);
        self.stage = Stage::Columns;
        self.points = self.guide.points();
        let place = self.points.iter().position(|one| one.about == about).unwrap_or_default();
        self.list.restart_at((0..self.points.len()).collect(), Some(place));
        if self.open_questions() > 0 {
            self.go_to_question();
        } else {
            let key = self.keys.guide.first_key(Action::Try).unwrap_or_default();
            self.said = Some((format!("Everything is settled: {key} shows what would be read."), false));
        }
    }

    /// To the next question, from the top again where there is none below.
    fn go_to_question(&mut self) {
        let here = self.list.place();
        let places = || self.points.iter().enumerate().filter(|(_, one)| one.is_open()).map(|(place, _)| place);
        match places().find(|place| *place > here).or_else(|| places().next()) {
            Some(place) => self.list.restart_at((0..self.points.len()).collect(), Some(place)),
            None => self.said = Some(("There is no question left.".to_owned(), false)),
        }
    }

    fn reveal(&mut self) {
        let Some(About::Column(place)) = self.chosen().map(|point| point.about.clone()) else { return };
        if !self.revealed.remove(&place) {
            self.revealed.insert(place);
        }
    }

    fn try_out(&mut self) -> Request {
        if let Some(fault) = self.guide.faults().first() {
            self.said = Some((format!("Not saved: {fault}."), true));
            return Request::Nothing;
        }
        match self.guide.profile(&self.guide.name(), None) {
            Ok(profile) => {
                self.stage = Stage::Trying(None, Field::default());
                Request::Try(Box::new(profile))
            }
            Err(why) => {
                self.said = Some((format!("{why}."), true));
                Request::Nothing
            }
        }
    }

    fn keep(&mut self, name: &str, replaces: bool) -> Request {
        match self.guide.profile(name, None) {
            Ok(profile) => Request::Keep(Box::new(profile), replaces),
            Err(why) => {
                self.said = Some((format!("Not saved: {why}."), true));
                Request::Nothing
            }
        }
    }

    fn choosing(&mut self, key: Key, numbered: usize, mut choices: List<usize>) -> Request {
        if let Some(choice) = self.numbered(key, numbered) {
            self.answer(choice);
            return Request::Nothing;
        }
        if self.keys.guide.get(key) == Some(Action::Leave) {
            return Request::Nothing;
        }
        if let Some(place) = self.code_at(key, &choices) {
            choices.choose(place);
            self.stage = Stage::Choosing(choices);
            return Request::Nothing;
        }
        let opened = choices.handle_key(key, &self.keys.typing.list) == Some(list::Action::Open);
        let chosen = choices.chosen().filter(|_| opened);
        match chosen.and_then(|place| self.chosen()?.choices.get(place).copied()) {
            Some(choice) => self.answer(choice),
            None => {
                self.stage = Stage::Choosing(choices);
                if opened {
                    self.said = Some((NOTHING_CHOSEN.to_owned(), false));
                }
            }
        }
        Request::Nothing
    }

    /// Where the next code stands that begins with a capital, or with the sign, that was typed; where a mark is asked about.
    fn code_at(&self, key: Key, choices: &List<usize>) -> Option<usize> {
        let letter = key.character().filter(|letter| letter.is_uppercase() || matches!(letter, '/' | '\\'))?;
        let point = self.chosen().filter(|point| matches!(point.about, About::Code(_) | About::Given(_)))?;
        let begins = |choice: &Choice| match choice {
            Choice::Code(code) => code.as_str().starts_with(letter),
            Choice::Table(..)
            | Choice::Column(..)
            | Choice::Sessions(_)
            | Choice::LeftOut
            | Choice::NoMark
            | Choice::Wait
            | Choice::Given(..)
            | Choice::OfMis
            | Choice::NotOfMis => false,
        };
        let mut places = point.choices.iter().enumerate().filter(|(_, choice)| begins(choice)).map(|(place, _)| place);
        let first = places.next()?;
        let here = choices.chosen().unwrap_or_default();
        Some(if first > here { first } else { places.find(|place| *place > here).unwrap_or(first) })
    }

    fn trying(&mut self, key: Key, trial: Option<Trial>, mut name: Field) -> Request {
        let entered = Entered::by(key, &mut name, &self.keys.typing);
        match (entered, trial) {
            (Entered::Close, _) => Request::Nothing,
            (_, None) => {
                self.stage = Stage::Trying(None, name);
                Request::Nothing
            }
            (Entered::Save, Some(trial)) if trial.names_nobody() => {
                self.stage = Stage::Sure(trial, name, Doubt::Nobody);
                Request::Nothing
            }
            (Entered::Save, Some(trial)) => self.save(trial, name),
            (Entered::Typed | Entered::Nothing, trial) => {
                self.stage = Stage::Trying(trial, name);
                Request::Nothing
            }
        }
    }

    /// Save under that name; one that has it is replaced only when that is said.
    fn save(&mut self, trial: Trial, name: Field) -> Request {
        let text = name.text().trim().to_owned();
        if self.guide.has(&text) {
            self.stage = Stage::Sure(trial, name, Doubt::Replaces);
            return Request::Nothing;
        }
        self.stage = Stage::Trying(Some(trial), name);
        self.keep(&text, false)
    }

    fn sure(&mut self, key: Key, trial: Trial, name: Field, doubt: Doubt) -> Request {
        let text = name.text().trim().to_owned();
        match (key.character(), doubt) {
            (Some('y'), Doubt::Nobody) => self.save(trial, name),
            (Some('y'), Doubt::Replaces) => {
                self.stage = Stage::Trying(Some(trial), name);
                self.keep(&text, true)
            }
            _ => {
                self.stage = Stage::Trying(Some(trial), name);
                Request::Nothing
            }
        }
    }
}
