//! The two lines at the foot: what was just done, and the keys that work here, now.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::{Clear, Widget};

use crate::domain::act::permission::check_record;
use crate::domain::school::staff::Role;
use crate::screen::app::{App, Status};
use crate::screen::event::Undoable;
use crate::screen::global_keys;
use crate::screen::view_context::Tense;
use crate::screen::widgets::dialog::Hint;
use crate::screen::widgets::list;
use crate::screen::widgets::sheet;
use crate::screen::widgets::text::{Line, width};

/// Parts a key from what was done.
const BEFORE_KEY: &str = "   ";

impl App {
    /// What was just done, to whom, and how to take it back. What is too long for one line takes the one above it as well.
    pub(in crate::screen) fn draw_status(&self, area: Rect, buffer: &mut Buffer) {
        if self.draw_alarm(area, buffer) {
            return;
        }
        let pieces = self.status_pieces();
        let room = area.width.saturating_sub(1);
        let long: u16 = pieces.iter().map(|(text, _)| width(text)).sum();
        let lines = if long > room && area.y > 0 && area.height > 0 { 2 } else { 1 };
        let place = Rect { y: area.y + 1 - lines, height: area.height.min(1) * lines, ..area };
        Clear.render(place, buffer);
        let mut row = 0;
        let mut line = Line::new(buffer, place, row, &self.theme);
        line.skip(1);
        for (text, style) in &pieces {
            // A key and its word stay together.
            let is_key = text.starts_with(BEFORE_KEY);
            let words = if is_key { vec![text.as_str()] } else { text.split_inclusive(' ').collect() };
            for word in words {
                if lines == 2 && row == 0 && width(word.trim_end()) > line.room() {
                    row = 1;
                    line = Line::new(buffer, place, row, &self.theme);
                    line.skip(3).text(word.trim_start(), *style);
                } else {
                    line.text(word, *style);
                }
            }
        }
    }

    /// In place of nothing, in one line until somebody has seen to it: staff who are not back from a home visit, else the last file that
    /// was refused. Whether there is one.
    fn draw_alarm(&self, area: Rect, buffer: &mut Buffer) -> bool {
        let visit = self.overdue_visit().map(|text| (text, global_keys::Action::Cases));
        let alarm = visit.or_else(|| Some((self.refused_file()?, global_keys::Action::Files)));
        let Some((text, action)) = alarm.filter(|_| self.status == Status::Quiet) else { return false };
        let key = self.keymaps.global.first_key(action);
        let key = key.filter(|_| self.has_global_keys() && self.open.is_none());
        let leads = key.map(|key| format!("{BEFORE_KEY}{key} see to it")).unwrap_or_default();
        Clear.render(area, buffer);
        let mut line = Line::new(buffer, area, 0, &self.theme);
        line.skip(1);
        let room = line.room().saturating_sub(width(&leads) + 1);
        line.column(&format!("{} {text}", self.theme.symbols.refused), room.min(width(&text) + 2), self.theme.refused);
        line.text(&leads, self.theme.dim);
        true
    }

    fn status_pieces(&self) -> Vec<(String, Style)> {
        let (theme, symbols) = (&self.theme, &self.theme.symbols);
        // Where a dialog is typed into, the key is a letter.
        let undoes = self.has_global_keys();
        let undo = self.keymaps.global.first_key(global_keys::Action::Undo).filter(|_| undoes);
        let undo = undo.filter(|_| self.undoable.undo).map(|key| format!("{BEFORE_KEY}{key} undo")).unwrap_or_default();
        let redo = self.keymaps.global.first_key(global_keys::Action::Redo).filter(|_| undoes && self.undoable.redo);
        let redo = redo.map(|key| format!("{BEFORE_KEY}{key} redo")).unwrap_or_default();
        let [redo, undo] = [redo, undo].map(|text| (text, theme.dim));
        let (done, refused) = (symbols.done, symbols.refused);
        match &self.status {
            Status::Quiet => {
                let of_today = || self.closing.clone().filter(|_| !self.is_at_gate());
                let text = self.quiet_of_another().or_else(of_today).unwrap_or_else(|| self.others_in_words());
                vec![(text, theme.dim)]
            }
            Status::Saving => vec![("saving".to_owned(), theme.dim)],
            Status::Done(text) => vec![(format!("{done} {text}"), theme.done), redo, undo],
            Status::But(text, but) => {
                vec![(format!("{done} {text}"), theme.done), (format!("; {but}"), theme.refused), redo, undo]
            }
            Status::Refused(text) => vec![(format!("{refused} Not done: {text}"), theme.refused)],
            Status::Hint(text) => vec![(text.clone(), theme.plain)],
            Status::Unwritten(text) => {
                vec![(format!("{refused} {}{text}", self.waiting_keys()), theme.refused)]
            }
            Status::Fault(text) | Status::Failed(text) => vec![(format!("{refused} {text}"), theme.refused)],
        }
    }

    /// The hints that fit. Help is kept to the last, for it names every other.
    pub(in crate::screen) fn draw_footer(&self, area: Rect, buffer: &mut Buffer) {
        let help = self.keymaps.global.first_key(global_keys::Action::Help).filter(|_| self.has_global_keys());
        let help = help.map(|key| (key, "all keys".to_owned()));
        let wide = |(key, does): &Hint| width(key) + width(does) + 3;
        let kept = help.as_ref().map_or(0, wide);
        let mut line = Line::new(buffer, area, 0, &self.theme);
        line.skip(1);
        let hints = self.hints();
        let fitting = hints.iter().map(|hint| (hint, kept)).chain(help.iter().map(|hint| (hint, 0)));
        for ((key, does), kept) in fitting.filter(|((key, _), _)| !key.is_empty()) {
            if line.room() + 2 >= width(key) + width(does) + 3 + kept {
                line.text(key, self.theme.key).skip(1).text(does, self.theme.dim).skip(2);
            }
        }
    }

    fn has_global_keys(&self) -> bool {
        self.open.as_ref().map_or(!self.is_at_gate(), |open| open.dialog.accepts_global_keys())
    }

    fn hints(&self) -> Vec<Hint> {
        let records = check_record(self.context.role, Role::Officer, "").is_ok();
        let here = match &self.open {
            Some(open) => {
                let prints = open.dialog.sheet().is_some() && !self.context.roll().school.printer.is_empty();
                let print = prints.then(|| self.keymaps.sheet.hint(sheet::Action::Print, "print"));
                open.dialog.hints().into_iter().chain(print).collect()
            }
            None if self.is_at_gate() => {
                let unsaved = self.unsaved_at_gate() > 0;
                self.gate.hints(Undoable { undo: self.undoable.undo || unsaved, ..self.undoable })
            }
            // What a pane's own keys do is recorded.
            None if !records => Vec::new(),
            None => self.shown_office().hints(),
        };
        if !self.has_global_keys() {
            return here;
        }
        let about_pupil = self.chosen().is_some();
        let shown = self.shown();
        let (is_today, marks) = (shown.is_today(), shown.tense != Tense::Ahead);
        let focused = self.shown_office().focused();
        let can_mark = self.open.is_none() && about_pupil && focused.is_some_and(|pane| pane.can_mark());
        let follows_up = about_pupil && self.open.is_none() && focused.is_some_and(|pane| pane.follows_up());
        // A call and a message are about one.
        let marked = self.open.is_none() && !self.shown_office().marked().is_empty();
        let (step, mark) = if marked { ("step for all", "mark for all") } else { ("step", "mark") };
        let global = [
            (global_keys::Action::Call, "call", records && is_today && about_pupil && !marked),
            (global_keys::Action::Step, step, records && follows_up),
            (global_keys::Action::Mark, mark, records && marks && (about_pupil || marked)),
            (global_keys::Action::Late, "late", records && is_today && !marked),
            (global_keys::Action::Inbound, "message", records && is_today && !marked),
            (global_keys::Action::Find, "find", true),
            (global_keys::Action::DayBefore, "back", !is_today),
            (global_keys::Action::DayAfter, "on", !is_today),
            (global_keys::Action::Today, "today", !is_today),
            (global_keys::Action::GoToDay, "a date", !is_today),
            (global_keys::Action::DayLog, "tape", !is_today),
            (global_keys::Action::Watch, "watch", records && is_today && about_pupil),
            (global_keys::Action::Undo, "undo", records && self.undoable.undo),
            (global_keys::Action::Redo, "redo", records && self.undoable.redo),
            (global_keys::Action::Year, "year", about_pupil && self.open.is_some()),
        ];
        let global = global.into_iter().filter(|(_, _, shown)| *shown);
        let global = global.map(|(action, does, _)| self.keymaps.global.hint(action, does));
        // What the dialog itself means by a key goes before what the key means anywhere.
        let is_own =
            |(key, does): &Hint| here.iter().any(|(own, what)| what == does || own.split(' ').any(|own| own == key));
        let global: Vec<Hint> = global.filter(|hint| !is_own(hint)).collect();
        let several = &self.keymaps.office.typing.several;
        let mark_row = (records && can_mark && !marked).then(|| several.hint(list::Several::Mark, "mark several"));
        here.into_iter().chain(global).chain(mark_row).collect()
    }
}
