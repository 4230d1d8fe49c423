//! The tutor groups' registers of another day: how many marks each has, and when it was taken.

use chrono::NaiveDate;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::ListOfDay;
use crate::domain::act::Receipt;
use crate::domain::calendar::session::Session;
use crate::domain::day::Day;
use crate::domain::facts::register::Register;
use crate::domain::people::pupil::{GroupId, TutorGroup};
use crate::domain::register::register_ref::RegisterRef;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::view_context::{Tense, ViewContext};
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::list;
use crate::screen::widgets::pane::{Column, Pane, PaneName};
use crate::screen::widgets::text::width;

/// Columns of a group's name, of a room, and the least of a session's register: it has the longest, "29/29 08:52", and a blank.
const GROUP: u16 = 6;
const ROOM: u16 = 6;
const REGISTER: u16 = 8;
/// The least columns in which tutors' names are written, where the longest needs them: few are cut.
const TUTOR_LEAST: u16 = 12;

/// A group's registers.
struct Row {
    group: GroupId,
    name: String,
    tutor: Option<String>,
    room: Option<String>,
    /// Of each session of the day: what is written, and whether marks are missing.
    sessions: Vec<(String, bool)>,
}

/// The pane.
#[derive(Default)]
pub struct Registers {
    list: ListOfDay<GroupId>,
    rows: Vec<Row>,
    /// Columns of a session's register.
    register: u16,
    count: String,
    /// A register has pupils without a mark.
    has_open: bool,
    is_ahead: bool,
}

/// "29/29 08:52"; of a register that nobody handed in that day, its marks alone.
fn written(register: Option<&Register>, date: NaiveDate, is_ahead: bool) -> (String, bool) {
    let Some(register) = register else { return (String::new(), false) };
    if is_ahead {
        return (register.on_roll.to_string(), false);
    }
    let marked = register.on_roll.saturating_sub(register.blanks.len());
    let taken = register.taken.as_ref().filter(|taken| taken.at.date() == date);
    let at = taken.map(|taken| format!(" {}", taken.at.format("%H:%M"))).unwrap_or_default();
    (format!("{marked}/{}{at}", register.on_roll), !register.blanks.is_empty())
}

impl Row {
    fn all(day: &Day, is_ahead: bool) -> Vec<Row> {
        let has_register = |group: GroupId| day.registers.iter().any(|register| register.group == group);
        let groups = day.roll.groups.iter().filter(|group| has_register(group.id));
        let row = |group: &TutorGroup| {
            let taker = RegisterRef::Group(group.id).taker(day, Session::Am);
            let of = |session: &Session| written(day.register(group.id, *session), day.date, is_ahead);
            let sessions = day.sessions().iter().map(of).collect();
            Row { group: group.id, name: group.name.clone(), tutor: taker.who, room: taker.room, sessions }
        };
        groups.map(row).collect()
    }
}

impl Pane for Registers {
    fn name(&self) -> PaneName {
        PaneName { title: "Registers", tab: "Registers", short: "Reg" }
    }

    fn column(&self) -> Column {
        Column::Left
    }

    fn refresh(&mut self, context: &ViewContext, _own_receipt: Option<&Receipt>) {
        let day = &context.day;
        self.is_ahead = context.tense == Tense::Ahead;
        self.rows = Row::all(day, self.is_ahead);
        let written = self.rows.iter().flat_map(|row| &row.sessions).map(|(text, _)| width(text) + 1);
        self.register = written.max().unwrap_or(0).max(REGISTER);
        let whole = |session: &Session| {
            let whole = |register: &&Register| register.session == *session && register.blanks.is_empty();
            day.registers.iter().filter(whole).count()
        };
        let counts = day.sessions().iter().map(|session| format!("{session} {}", whole(session)));
        self.count = match self.is_ahead {
            true => self.rows.len().to_string(),
            false => format!("{} of {}", counts.collect::<Vec<_>>().join(", "), self.rows.len()),
        };
        self.has_open = self.rows.iter().flat_map(|row| &row.sessions).any(|(_, is_open)| *is_open);
        self.list.take(day.date, self.rows.iter().map(|row| row.group).collect(), |_| false);
    }

    fn handle_key(&mut self, key: Key, _context: &ViewContext, list: &Keymap<list::Action>) -> Outcome {
        self.list.list.handle_opening_key(key, list, |group| Ask::ReadRegister(RegisterRef::Group(group), Session::Am))
    }

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn count(&self, _between: &str) -> String {
        self.count.clone()
    }

    fn tab_mark(&self) -> String {
        if self.has_open { "!".to_owned() } else { String::new() }
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let theme = canvas.theme;
        if self.rows.is_empty() {
            canvas.line(area, 0).text("No registers that day.", theme.dim);
            return;
        }
        let tutors = self.rows.iter().filter_map(|row| row.tutor.as_deref()).map(width);
        let longest = tutors.max().unwrap_or(0) + 1;
        self.list.list.draw(area, canvas, |mut drawn| {
            let style = drawn.style;
            let Some(row) = self.rows.get(drawn.place) else { return };
            let registers = self.register * u16::try_from(row.sessions.len()).unwrap_or(0);
            let spare = drawn.line.room().saturating_sub(GROUP + registers);
            // A whole name is worth more than the room.
            let room = if spare >= longest + ROOM { ROOM } else { 0 };
            let tutor = if spare >= longest.min(TUTOR_LEAST) { spare - room } else { 0 };
            drawn.line.bar(&row.name, GROUP, style).bar(row.tutor.as_deref().unwrap_or_default(), tutor, style).bar(
                row.room.as_deref().unwrap_or_default(),
                room,
                style,
            );
            for (text, is_open) in &row.sessions {
                let style: Style = if *is_open { theme.overdue } else { theme.plain };
                drawn.line.column(text, self.register, style);
            }
        });
    }
}
