//! Marks that the school's own system does not hold as the record does, counted by tutor group; and what was handed back, which is
//! confirmed once it is keyed there.

use ratatui::layout::{Position, Rect};

use super::section::{Below, Section, draw_below, draw_none, parts};
use crate::domain::act::permission::check_record;
use crate::domain::act::{Act, ConfirmHandback};
use crate::domain::counted::counted;
use crate::domain::facts::handback::{Form, Handback, HandbackId, RowState};
use crate::domain::incoming::waiting::HandbackWaiting;
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
    /// What keys mean among marks that go back.
    pub Action in "handback" {
        Confirm "confirm" "the chosen hand-back is keyed: asks how many marks" | "hand back mis keyed export";
    }
}

/// Columns of a hand-back's number, of when and by whom, and of its form.
const NUMBER: u16 = 6;
const WHEN: u16 = 14;
const WHO: u16 = 20;
const FORM: u16 = 22;
/// Lines below the list.
const BELOW: u16 = 8;

/// The rows of a hand-back that wait, as they were when it was asked how many they are.
struct Asked {
    number: HandbackId,
    rows: Vec<i64>,
}

/// What is to be handed back, and what was.
pub struct HandBack {
    keys: Keymap<Action>,
    typing: SharedTyping,
    list: List<i64>,
    held: Option<HandbackWaiting>,
    asked: Question<Asked>,
}

impl HandBack {
    /// Nothing, until it is told.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping) -> HandBack {
        HandBack { keys, typing, list: List::default(), held: None, asked: Question::default() }
    }

    /// The hand-backs of which something waits.
    fn open(&self) -> impl Iterator<Item = &Handback> {
        let made = self.held.iter().flat_map(|held| &held.made);
        made.filter(|one| one.count(RowState::Waits) > 0)
    }

    fn begin(&mut self, context: &ViewContext) -> Outcome {
        let Some(one) = self.open().find(|one| Some(one.number.0) == self.list.chosen()) else {
            return Outcome::Notice("No hand-back waits to be confirmed.".to_owned());
        };
        if let Err(refusal) = check_record(context.role, Role::Officer, "confirming a hand-back") {
            return Outcome::Notice(format!("Not done: {refusal}."));
        }
        let waits = one.rows.iter().filter(|row| row.state == RowState::Waits);
        let asked = Asked { number: one.number, rows: waits.map(|row| row.place).collect() };
        let asks = format!("How many marks of hand-back {} are keyed", one.number.0);
        let wants = count_them(&asked);
        self.list.confirm();
        self.asked.ask(asked, &asks, &wants, Field::default());
        Outcome::Nothing
    }

    /// What waits, by tutor group, and since when.
    fn below(&self, canvas: &Canvas<'_>) -> Below {
        let Canvas { context, theme, .. } = *canvas;
        let Some(held) = &self.held else { return Vec::new() };
        let date = context.now.date();
        let groups = held.by_group(context.roll()).into_iter().map(|one| {
            let group = one.group.and_then(|id| context.roll().group(id)).map_or("no group", |group| &group.name);
            let since = one.since.date();
            let since = if since == date { "today".to_owned() } else { since.format("%-d %b").to_string() };
            format!("{group} {} since {since}", one.marks)
        });
        let mut below = vec![(self.in_all(held), theme.title)];
        below.extend(
            Some(groups.collect::<Vec<_>>().join("; ")).filter(|text| !text.is_empty()).map(|text| (text, theme.plain)),
        );
        let text = if self.list.is_empty() {
            "“firstbell handback | lp” prints them for whoever keys them; what was handed back is confirmed here."
        } else {
            "“firstbell handback show” names the marks of one; one of them alone is confirmed or refused by a command."
        };
        below.push((text.to_owned(), theme.dim));
        below
    }

    /// "14 marks are not in your system as they are here, 2 that it refused".
    fn in_all(&self, held: &HandbackWaiting) -> String {
        let (waits, refused) = (held.to_hand_back.changes.len(), held.to_hand_back.refused.len());
        let refused = if refused > 0 { format!(", and {refused} that it refused") } else { String::new() };
        let (is, they) = if waits == 1 { ("is", "it is") } else { ("are", "they are") };
        format!("{} {is} not in your own system as {they} here{refused}", counted(waits, "mark"))
    }
}

fn count_them(asked: &Asked) -> String {
    let many = asked.rows.len();
    format!(
        "Type {many} to confirm that {} of it {} in your own system.",
        counted(many, "mark"),
        if many == 1 { "is" } else { "are" }
    )
}

impl Section for HandBack {
    fn name(&self) -> &'static str {
        "Hand back"
    }

    fn count(&self) -> Option<usize> {
        Some(self.held.as_ref().map_or(0, |held| held.to_hand_back.changes.len()))
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        let answered = self.asked.handle_key(key, &self.typing, |asked, answer| {
            if answer != asked.rows.len().to_string() {
                return Outcome::Notice(count_them(asked));
            }
            let (number, rows) = (asked.number, asked.rows.clone());
            Outcome::Do(Act::ConfirmHandback(ConfirmHandback { number, rows, by: None }))
        });
        if let Some(outcome) = answered {
            return outcome;
        }
        match self.keys.get(key) {
            Some(Action::Confirm) => self.begin(context),
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
        self.held.clone_from(&files.handback);
        let ids = self.open().map(|one| one.number.0).collect();
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
        let Some(held) =
            self.held.as_ref().filter(|held| !held.to_hand_back.changes.is_empty() || !self.list.is_empty())
        else {
            let (none, about) = (
                "Your own system holds every mark as the record does.",
                "A mark that the office has changed since your own system told it waits here, counted by tutor group, until it is \
                 confirmed that it is keyed there.",
            );
            draw_none(self.held.is_some(), none, about, area, canvas);
            return None;
        };
        let [list, below, asked] = parts(area, BELOW, self.asked.is_open());
        if self.list.is_empty() {
            let text = "None of it is handed back yet, or what was is overtaken.";
            let plain = canvas.theme.plain;
            canvas.line(list, 0).text(text, plain);
        }
        let open: Vec<&Handback> = held.made.iter().filter(|one| one.count(RowState::Waits) > 0).collect();
        self.list.draw(list, canvas, |mut row| {
            let Some(one) = open.get(row.place) else { return };
            let form = match (one.form, &one.profile) {
                (Form::Sheet, _) => "a sheet".to_owned(),
                (Form::Sims, _) => "for SIMS".to_owned(),
                (Form::Csv, None) => "a table".to_owned(),
                (Form::Csv, Some(profile)) => format!("a table ({profile})"),
            };
            row.line.bar(&one.number.0.to_string(), NUMBER, row.style);
            row.line.bar(&one.made.format("%-d %b %H:%M").to_string(), WHEN, row.style).bar(&one.by, WHO, row.style);
            row.line.bar(&form, FORM, row.style);
            let room = row.line.room();
            let waits = format!("{} of {} wait", one.count(RowState::Waits), counted(one.rows.len(), "mark"));
            row.line.column(&waits, room, row.style);
        });
        draw_below(&self.below(canvas), below, canvas);
        self.asked.draw(asked, 0, canvas.theme.plain, canvas)
    }

    fn hints(&self) -> Vec<Hint> {
        if self.asked.is_open() {
            return self.asked.hints(&self.typing, "confirm", "back");
        }
        let confirm = (!self.list.is_empty()).then_some((Action::Confirm, "is keyed"));
        self.keys.hints(&confirm.into_iter().collect::<Vec<_>>())
    }
}
