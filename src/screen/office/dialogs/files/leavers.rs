//! Pupils on roll who were not in the last export of it: each has left, or stays.

use ratatui::layout::{Position, Rect};

use super::section::{Section, draw_below, draw_none, parts};
use crate::domain::act::permission::check_record;
use crate::domain::act::{Act, ConfirmLeavers, Stay};
use crate::domain::calendar::dates::parse_day;
use crate::domain::counted::counted;
use crate::domain::incoming::waiting::MissingPupil;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::staff::Role;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Action as Typed, Hint, SharedTyping};
use crate::screen::widgets::entered::Entered;
use crate::screen::widgets::field::Field;
use crate::screen::widgets::form::{Entry, Form};
use crate::screen::widgets::list::{List, Several};

crate::actions! {
    /// What keys mean among pupils who may have left.
    pub Action in "leavers" {
        Left "left" "the chosen or the marked have left: asks for the last day" | "leaver leave roll off";
        Stay "stay" "the chosen or the marked stay: the export is wrong, or late" records;
    }
}

/// Columns of the group, the number, and of since when.
const GROUP: u16 = 7;
const NUMBER: u16 = 10;
const SINCE: u16 = 32;
/// Lines below the list: a rule, who is meant, and the two fields.
const BELOW: u16 = 4;
/// Columns before what is typed.
const LABEL: u16 = 10;

/// What is asked of who has left.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Name {
    LastDay,
    To,
}

/// Who may have left.
pub struct Leavers {
    keys: Keymap<Action>,
    typing: SharedTyping,
    list: List<PupilId>,
    missing: Vec<MissingPupil>,
    is_there: bool,
    /// Who has left, and what is asked of them.
    asked: Option<(Vec<PupilId>, Form<Name>)>,
}

impl Leavers {
    /// None, until they are told.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping) -> Leavers {
        Leavers { keys, typing, list: List::default(), missing: Vec::new(), is_there: false, asked: None }
    }

    /// The marked, else the chosen.
    fn meant(&self) -> Vec<PupilId> {
        let marked = self.list.marked();
        if marked.is_empty() { self.list.chosen().into_iter().collect() } else { marked }
    }

    fn begin(&mut self, action: Action, context: &ViewContext) -> Outcome {
        let pupils = self.meant();
        if pupils.is_empty() {
            return Outcome::Notice("Everybody on roll is in the last export of the roll.".to_owned());
        }
        if let Err(refusal) = check_record(context.role, Role::Officer, "saying who has left") {
            return Outcome::Notice(format!("Not done: {refusal}."));
        }
        match action {
            Action::Stay => Outcome::Do(Act::Stay(Stay { pupils })),
            Action::Left => {
                self.list.confirm();
                let entry = |name, label, row, columns| Entry { name, label, row, columns, field: Field::default() };
                let form = Form::new(
                    LABEL,
                    [entry(Name::LastDay, "Last day", 0, 14), entry(Name::To, "Going to", 1, u16::MAX)],
                );
                self.asked = Some((pupils, form));
                Outcome::Nothing
            }
        }
    }

    fn answer(&mut self, key: Key, context: &ViewContext) -> Option<Outcome> {
        let (pupils, form) = self.asked.as_mut()?;
        match form.handle_key(key, &self.typing) {
            Entered::Save => {
                let Some(on) = parse_day(form.text(Name::LastDay), context.now.date()) else {
                    return Some(form.reject(Name::LastDay, "Type the last day on the roll: fri, 20/11, today."));
                };
                let (pupils, destination) = (pupils.clone(), form.text(Name::To).to_owned());
                return Some(Outcome::Do(Act::ConfirmLeavers(ConfirmLeavers { pupils, on, destination })));
            }
            Entered::Close => self.asked = None,
            Entered::Typed | Entered::Nothing => {}
        }
        Some(Outcome::Nothing)
    }
}

impl Section for Leavers {
    fn name(&self) -> &'static str {
        "Leavers"
    }

    fn count(&self) -> Option<usize> {
        Some(self.missing.len())
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        if let Some(outcome) = self.answer(key, context) {
            return outcome;
        }
        if self.list.handle_marking_key(key, &self.typing.several) {
            return Outcome::Nothing;
        }
        match self.keys.get(key) {
            Some(action) => self.begin(action, context),
            None => self.list.handle_opening_key(key, &self.typing.list, Ask::Card),
        }
    }

    fn paste(&mut self, text: &str) {
        if let Some((_, form)) = &mut self.asked {
            form.paste(text);
        }
    }

    fn refresh(&mut self, context: &ViewContext, is_own: bool) {
        let Some(files) = &context.files else { return };
        self.is_there = true;
        self.missing.clone_from(&files.missing);
        self.list.refresh(self.missing.iter().map(|one| one.pupil).collect(), |_| is_own);
    }

    fn is_asking(&self) -> bool {
        self.asked.is_some()
    }

    fn stop_asking(&mut self) {
        self.asked = None;
    }

    fn pupil(&self) -> Option<PupilId> {
        self.list.chosen()
    }

    fn marked(&self) -> usize {
        self.list.marked().len()
    }

    fn went_on(&self) -> bool {
        self.list.went_on()
    }

    fn confirm(&mut self) {
        self.list.confirm();
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        if self.list.is_empty() {
            let about = "A pupil who is not in an export of the whole roll stays on it, and is asked about here until somebody says \
                         whether they have left, or a later export names them.";
            draw_none(self.is_there, "Everybody on roll is in the last export of the roll.", about, area, canvas);
            return None;
        }
        let [list, below, _] = parts(area, BELOW, false);
        self.list.draw(list, canvas, |mut row| {
            let (Some(one), Some(pupil)) = (self.missing.get(row.place), context.pupil(row.id)) else { return };
            let name = row.line.room().saturating_sub(GROUP + NUMBER + SINCE + 2).min(40);
            row.line.name(&context.roll().name_in_group(pupil), name, row.style).skip(2);
            row.line.bar(context.roll().group_name(pupil), GROUP, row.style);
            row.line.bar(pupil.admission_no.as_deref().unwrap_or_default(), NUMBER, row.style);
            let since = format!("since {} (import {})", one.since.format("%-d %b %H:%M"), one.import.0);
            let room = row.line.room();
            row.line.column(&since, room, row.style);
        });
        let Some((pupils, form)) = &self.asked else {
            let text = "On roll, and not in the last export of the roll. Only a last day takes a pupil off it.";
            draw_below(&vec![(text.to_owned(), theme.dim)], below, canvas);
            return None;
        };
        let who = match pupils.as_slice() {
            [one] => format!("{} has left", context.roll().name_and_group(*one)),
            several => format!("{} have left", counted(several.len(), "pupil")),
        };
        draw_below(&vec![(who, theme.title)], below, canvas);
        let fields = Rect { y: below.y.saturating_add(2), height: below.height.saturating_sub(2), ..below };
        form.draw(fields, canvas, |_, _| {})
    }

    fn hints(&self) -> Vec<Hint> {
        if self.asked.is_some() {
            return self.typing.dialog.hints(&[(Typed::Save, "off the roll"), (Typed::Close, "back")]);
        }
        if self.list.is_empty() {
            return Vec::new();
        }
        let is_marked = !self.list.marked().is_empty();
        let (left, stay) = if is_marked { ("all have left", "all stay") } else { ("has left", "stays") };
        let mut hints = self.keys.hints(&[(Action::Left, left), (Action::Stay, stay)]);
        hints.push(match is_marked {
            true => self.typing.several.hint(Several::MarkNone, "mark none"),
            false => self.typing.several.hint(Several::Mark, "mark several"),
        });
        hints
    }
}
