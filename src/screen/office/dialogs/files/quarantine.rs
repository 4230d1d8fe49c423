//! Marks of files that are no code: what each means is said by a lead, or what waits of it is dropped.

use ratatui::layout::{Position, Rect};

use super::section::{Below, Section, draw_below, draw_none, parts};
use crate::domain::act::permission::check_record;
use crate::domain::act::{Act, DropMarks, MapMark};
use crate::domain::counted::counted;
use crate::domain::facts::waiting_mark::WaitingMark;
use crate::domain::school::staff::Role;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Hint, SharedTyping};
use crate::screen::widgets::field::Field;
use crate::screen::widgets::list::List;
use crate::screen::widgets::question::Question;

crate::actions! {
    /// What keys mean among marks in quarantine.
    pub Action in "quarantine" {
        Map "map" "say which code the chosen mark means" | "mark meaning code";
        Drop "drop" "drop what waits of the chosen mark: it was none" | "mark remove delete";
    }
}

/// Columns of a mark, of how many wait, and of their dates.
const MARK: u16 = 12;
const MANY: u16 = 24;
const DATES: u16 = 20;
/// Lines below the list.
const BELOW: u16 = 9;

/// What is asked of a mark.
enum Asked {
    /// Which code it means.
    Meaning(usize),
    /// Why it is dropped.
    Reason(usize),
}

/// The marks in quarantine, a row for each that differs.
pub struct Quarantine {
    keys: Keymap<Action>,
    typing: SharedTyping,
    list: List<usize>,
    /// Each mark that was ever listed here: its place is its number.
    known: Vec<String>,
    marks: Vec<WaitingMark>,
    is_there: bool,
    asked: Question<Asked>,
}

impl Quarantine {
    /// None, until they are told.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping) -> Quarantine {
        let (list, asked) = (List::default(), Question::default());
        Quarantine { keys, typing, list, known: Vec::new(), marks: Vec::new(), is_there: false, asked }
    }

    fn number(&mut self, raw: &str) -> usize {
        self.known.iter().position(|known| known == raw).unwrap_or_else(|| {
            self.known.push(raw.to_owned());
            self.known.len() - 1
        })
    }

    fn raw(&self, number: usize) -> &str {
        self.known.get(number).map_or("", String::as_str)
    }

    fn of(&self, number: usize) -> impl Iterator<Item = &WaitingMark> {
        let raw = self.raw(number);
        self.marks.iter().filter(move |one| one.raw == raw)
    }

    /// "12 marks of 3 pupils".
    fn describe(&self, number: usize) -> String {
        let mut pupils: Vec<_> = self.of(number).map(|one| one.pupil).collect();
        pupils.sort_unstable();
        pupils.dedup();
        format!("{} of {}", counted(self.of(number).count(), "mark"), counted(pupils.len(), "pupil"))
    }

    fn begin(&mut self, action: Action, context: &ViewContext) -> Outcome {
        let Some(number) = self.list.chosen() else {
            return Outcome::Notice("No mark of a file waits.".to_owned());
        };
        if let Err(refusal) = check_record(context.role, Role::Lead, "saying what marks of files mean") {
            return Outcome::Notice(format!("Not done: {refusal}."));
        }
        let raw = self.raw(number).to_owned();
        // Whatever is asked is asked of a row that was looked at.
        self.list.confirm();
        match action {
            Action::Map => {
                let wants = "Type the code that it means, such as I: what waits of it is released, and later files are read so.";
                self.asked.ask(Asked::Meaning(number), &format!("“{raw}” means"), wants, Field::default());
            }
            Action::Drop => {
                let asks = format!("“{raw}” is dropped, for");
                let wants = "Say why: the record must show it.";
                self.asked.ask(Asked::Reason(number), &asks, wants, Field::default());
            }
        }
        Outcome::Nothing
    }

    fn answer(&mut self, key: Key, context: &ViewContext) -> Option<Outcome> {
        let known = &self.known;
        self.asked.handle_key(key, &self.typing, |asked, answer| match asked {
            Asked::Meaning(number) => match context.code_row(answer) {
                Some(row) => {
                    let raw = known.get(*number).cloned().unwrap_or_default();
                    Outcome::Do(Act::MapMark(MapMark { raw, code: row.code }))
                }
                None => Outcome::Notice(format!("{answer} is no code.")),
            },
            Asked::Reason(number) => {
                let raw = known.get(*number).cloned().unwrap_or_default();
                Outcome::Do(Act::DropMarks(DropMarks { raw, reason: answer.to_owned() }))
            }
        })
    }

    /// The chosen mark's rows, or what an answer would do.
    fn below(&self, canvas: &Canvas<'_>) -> Below {
        let Canvas { context, theme, .. } = *canvas;
        let Some(number) = self.list.chosen() else { return Vec::new() };
        let heading = match self.asked.of() {
            Some(Asked::Meaning(number)) => {
                let typed = context.code_row(self.asked.typed());
                let becomes =
                    typed.map_or("the code that you type".to_owned(), |row| format!("{}, {}", row.code, row.meaning));
                let become_it = if self.of(*number).count() == 1 { "becomes" } else { "become" };
                format!(
                    "{} {become_it} {becomes}, weighed like any other; later files are read so.",
                    self.describe(*number)
                )
            }
            Some(Asked::Reason(number)) => {
                let are = if self.of(*number).count() == 1 { "is" } else { "are" };
                format!("{} {are} dropped: the same files do not bring that back.", self.describe(*number))
            }
            None => format!("“{}”: {}", self.raw(number), self.describe(number)),
        };
        let row = |one: &WaitingMark| {
            let (who, at) = (context.roll().name_and_group(one.pupil), one.at.format("%-d %b %H:%M"));
            (format!("{who}, {}: {} line {} ({}, {at})", one.of, one.file, one.line, one.brought_by), theme.plain)
        };
        std::iter::once((heading, theme.title)).chain(self.of(number).map(row)).collect()
    }
}

impl Section for Quarantine {
    fn name(&self) -> &'static str {
        "Quarantine"
    }

    fn count(&self) -> Option<usize> {
        Some(self.marks.len())
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        if let Some(outcome) = self.answer(key, context) {
            return outcome;
        }
        match self.keys.get(key) {
            Some(action) => self.begin(action, context),
            None => match self.list.handle_key(key, &self.typing.list) {
                Some(_) => Outcome::Nothing,
                None => Outcome::Ignored,
            },
        }
    }

    fn paste(&mut self, text: &str) {
        self.asked.paste(text);
    }

    fn refresh(&mut self, context: &ViewContext, is_own: bool) {
        let Some(files) = &context.files else { return };
        self.is_there = true;
        self.marks.clone_from(&files.marks);
        let mut ids = Vec::new();
        for raw in files.marks.chunk_by(|one, next| one.raw == next.raw).filter_map(|of_mark| of_mark.first()) {
            ids.push(self.number(&raw.raw));
        }
        self.list.refresh(ids, |_| is_own);
    }

    fn is_asking(&self) -> bool {
        self.asked.is_open()
    }

    fn stop_asking(&mut self) {
        self.asked.drop_it();
    }

    fn went_on(&self) -> bool {
        self.list.went_on()
    }

    fn confirm(&mut self) {
        self.list.confirm();
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        if self.list.is_empty() {
            let about =
                "A mark of a file that is no code waits here until a lead says which it means, or that it was none.";
            draw_none(self.is_there, "No mark of a file waits.", about, area, canvas);
            return None;
        }
        let [list, below, asked] = parts(area, BELOW, self.asked.is_open());
        self.list.draw(list, canvas, |mut row| {
            let (first, last) = (self.of(row.id).next(), self.of(row.id).last());
            let dates: Vec<String> =
                first.into_iter().chain(last).map(|one| one.of.date.format("%-d %b").to_string()).collect();
            let dates = match dates.as_slice() {
                [first, last] if first != last => format!("{first} to {last}"),
                dates => dates.first().cloned().unwrap_or_default(),
            };
            row.line.bar(&format!("“{}”", self.raw(row.id)), MARK, row.style);
            row.line.bar(&self.describe(row.id), MANY, row.style).bar(&dates, DATES, row.style);
            let file = first.map(|one| format!("{} line {}", one.file, one.line)).unwrap_or_default();
            let room = row.line.room();
            row.line.column(&file, room, row.style);
        });
        draw_below(&self.below(canvas), below, canvas);
        self.asked.draw(asked, 0, canvas.theme.plain, canvas)
    }

    fn hints(&self) -> Vec<Hint> {
        match self.asked.of() {
            Some(Asked::Meaning(_)) => self.asked.hints(&self.typing, "release them", "back"),
            Some(Asked::Reason(_)) => self.asked.hints(&self.typing, "drop them", "back"),
            None if self.list.is_empty() => Vec::new(),
            None => self.keys.hints(&[(Action::Map, "means"), (Action::Drop, "drop")]),
        }
    }
}
