//! The last imports: what each changed, what was refused of it and what was to be looked at; taken back whole by its number.

use ratatui::layout::{Position, Rect};

use super::section::{Below, Section, draw_below, draw_none, parts};
use crate::domain::act::{Act, Undo};
use crate::domain::act_id::ActId;
use crate::domain::counted::counted;
use crate::domain::facts::evidence::or_blank;
use crate::domain::incoming::imported::LastImport;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Hint, SharedTyping};
use crate::screen::widgets::field::Field;
use crate::screen::widgets::list::List;
use crate::screen::widgets::question::Question;

crate::actions! {
    /// What keys mean among the last imports.
    pub Action in "imports" {
        TakeBack "take-back" "take the chosen import back whole: asks for its number" | "undo import";
    }
}

/// Columns of a number, of when, by whom, and of its files.
const NUMBER: u16 = 8;
const WHEN: u16 = 14;
const WHO: u16 = 18;
const FILES: u16 = 30;
const FILES_ON_A_SMALL_SCREEN: u16 = 22;
/// Lines below the list.
const BELOW: u16 = 14;
/// Files named of one import: there may be a folder of them.
const NAMED: usize = 3;

/// The last imports.
pub struct Imports {
    keys: Keymap<Action>,
    typing: SharedTyping,
    list: List<ActId>,
    imports: Option<Vec<LastImport>>,
    asked: Question<ActId>,
}

impl Imports {
    /// None, until they are told.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping) -> Imports {
        Imports { keys, typing, list: List::default(), imports: None, asked: Question::default() }
    }

    fn chosen(&self) -> Option<&LastImport> {
        self.imports.iter().flatten().find(|one| Some(one.import.entry.act) == self.list.chosen())
    }

    fn begin(&mut self) -> Outcome {
        let Some(LastImport { import, .. }) = self.chosen() else {
            return Outcome::Notice("Nothing was brought in.".to_owned());
        };
        let (act, entry) = (import.entry.act, &import.entry);
        if let Some((by, _)) = &entry.undone {
            return Outcome::Notice(format!("Import {} was taken back by {by} already.", act.0));
        }
        if !entry.can_undo {
            return Outcome::Notice(format!(
                "Import {} kept nothing of what it replaced: put it right with another file.",
                act.0
            ));
        }
        self.list.confirm();
        self.asked.ask(act, &format!("Take import {} back: type its number", act.0), &wants(act), Field::default());
        Outcome::Nothing
    }

    /// What the chosen import changed, refused and told.
    fn below(&self, canvas: &Canvas<'_>) -> Below {
        let Canvas { context, theme, .. } = *canvas;
        let Some(LastImport { import, changed, first_changed, told }) = self.chosen() else { return Vec::new() };
        let mut below = vec![(format!("Import {}: {}", import.entry.act.0, import.files.join(", ")), theme.title)];
        let taken_back =
            import.entry.undone.as_ref().map(|(by, at)| format!("Taken back by {by}, {}.", at.format("%-d %b %H:%M")));
        below.extend(taken_back.map(|text| (text, theme.refused)));
        below.extend(Some(import.counts.join("; ")).filter(|text| !text.is_empty()).map(|text| (text, theme.plain)));
        if *changed > 0 {
            below.push((format!("In the record {} changed:", counted(*changed, "mark")), theme.plain));
            below.extend(first_changed.iter().map(|one| {
                let (who, arrow) = (context.roll().name_and_group(one.pupil), if theme.ascii { "->" } else { "→" });
                (format!("  {who}, {}: {} {arrow} {}", one.at, or_blank(one.was), or_blank(one.now)), theme.plain)
            }));
        }
        below.extend(told.refused.iter().map(|one| {
            let (file, line) = (&one.place.file, one.place.line);
            (format!("Refused: {file} line {line}: {}", one.reason), theme.plain)
        }));
        below.extend(told.warnings.iter().map(|one| {
            let line = if one.place.line == 0 { String::new() } else { format!(" line {}", one.place.line) };
            (format!("Look at: {}{line}: {}", one.place.file, one.text), theme.plain)
        }));
        below.push((format!("“firstbell imports {}” tells all of it.", import.entry.act.0), theme.dim));
        below
    }
}

fn wants(act: ActId) -> String {
    format!(
        "Type {} to take that import back whole. Where something rests on it, nothing is done, and you are told what.",
        act.0
    )
}

impl Section for Imports {
    fn name(&self) -> &'static str {
        "Imports"
    }

    fn count(&self) -> Option<usize> {
        None
    }

    fn handle_key(&mut self, key: Key, _: &ViewContext) -> Outcome {
        let answered = self.asked.handle_key(key, &self.typing, |act, answer| match answer == act.0.to_string() {
            true => Outcome::Do(Act::Undo(Undo { act: *act })),
            false => Outcome::Notice(wants(*act)),
        });
        if let Some(outcome) = answered {
            return outcome;
        }
        match self.keys.get(key) {
            Some(Action::TakeBack) => self.begin(),
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
        self.imports.clone_from(&files.imports);
        self.list.refresh(self.imports.iter().flatten().map(|one| one.import.entry.act).collect(), |_| is_own);
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
            draw_none(
                self.imports.is_some(),
                "Nothing was brought in.",
                "The last imports are listed here.",
                area,
                canvas,
            );
            return None;
        }
        let [list, below, asked] = parts(area, BELOW, self.asked.is_open());
        let (columns, who) = if area.width < 90 { (FILES_ON_A_SMALL_SCREEN, 0) } else { (FILES, WHO) };
        self.list.draw(list, canvas, |mut row| {
            let Some(LastImport { import, .. }) = self.imports.iter().flatten().nth(row.place) else { return };
            let more = import.files.len().saturating_sub(NAMED);
            let mut files = import.files.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
            if more > 0 {
                files = format!("{files} and {more} more");
            }
            let some = |count: usize, text: String| (count > 0).then_some(text);
            let said = [
                import.entry.undone.is_some().then(|| "taken back".to_owned()),
                some(import.refused, counted(import.refused, "row") + " refused"),
                some(import.warned, format!("{} to look at", import.warned)),
            ];
            row.line.bar(&import.entry.act.0.to_string(), NUMBER, row.style);
            row.line.bar(&import.entry.at.format("%-d %b %H:%M").to_string(), WHEN, row.style);
            row.line.bar(&import.entry.who, who, row.style).bar(&files, columns, row.style);
            let room = row.line.room();
            row.line.column(&said.into_iter().flatten().collect::<Vec<_>>().join(", "), room, row.style);
        });
        draw_below(&self.below(canvas), below, canvas);
        self.asked.draw(asked, 0, canvas.theme.plain, canvas)
    }

    fn hints(&self) -> Vec<Hint> {
        if self.asked.is_open() {
            return self.asked.hints(&self.typing, "take it back", "back");
        }
        let back = self.chosen().is_some_and(|one| one.import.entry.undone.is_none());
        let back = back.then_some((Action::TakeBack, "take back"));
        self.keys.hints(&back.into_iter().collect::<Vec<_>>())
    }
}
