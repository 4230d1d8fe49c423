//! What stands around another day than today, so that it is never taken for now.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::domain::act::permission::check_record;
use crate::domain::school::staff::Role;
use crate::screen::app::App;
use crate::screen::global_keys::Action;
use crate::screen::view_context::Tense;
use crate::screen::widgets::text::{Line, width};

impl App {
    /// "firstbell  Harrington High   ◀ Tue 17 Nov, a week ago ▶   = today     S Marsh   now 09:26": the day that is shown is one bar, and
    /// the time says that it is now.
    pub(super) fn draw_title_of_another(&self, area: Rect, told: &str, buffer: &mut Buffer) {
        let theme = &self.theme;
        let name = if self.demo { " firstbell DEMO " } else { " firstbell " };
        let [back, on] = if theme.ascii { ["<", ">"] } else { ["◀", "▶"] };
        let whole = format!(" {back} {told} {on} ");
        let name_alone = || format!("{back}{}{on}", self.name_of_another().unwrap_or_default());
        // A clock takes six columns with its blank.
        let day = if width(&whole) + 6 <= area.width { whole } else { name_alone() };
        let key = self.keymaps.global.first_key(Action::Today).unwrap_or_default();
        let today = format!("{key} today");
        let time = self.context.now.format("%H:%M");
        let age = self.age().unwrap_or_default();
        let clock = format!("now {time} ");
        let mut line = Line::new(buffer, area, 0, theme);
        // The day is cut last of all: the school goes first, then our own name, the way back, and the word before the clock.
        let needed = width(&day) + width(&today) + width(&clock) + 2;
        let spare = area.width.saturating_sub(needed + width(name) + width(&age));
        let school = width(&self.context.roll().school.name).min(spare.saturating_sub(2));
        if needed + width(name) + width(&age) <= area.width {
            line.text(name, theme.focus);
            if school > 7 {
                line.skip(1).column(&self.context.roll().school.name, school, theme.title).skip(1);
            }
        }
        line.text(&day, theme.chosen).skip(1);
        if line.room() >= width(&today) + width(&clock) {
            line.text(&today, theme.key).skip(1);
        }
        if !age.is_empty() {
            line.text(&age, theme.overdue);
        }
        let clock = if line.room() >= width(&clock) { clock } else { format!("{time} ") };
        let who = format!("{}  {clock}", self.officer.name);
        line.at_right(if age.is_empty() && line.room() >= width(&who) { &who } else { &clock }, theme.title);
    }

    /// What the status line says of another day while there is nothing else to say.
    pub(super) fn quiet_of_another(&self) -> Option<String> {
        let day = self.name_of_another()?;
        let mark = self.keymaps.global.first_key(Action::Mark).unwrap_or_default();
        let records = check_record(self.context.role, Role::Officer, "").is_ok();
        Some(match self.shown().tense {
            Tense::Ahead => format!("{day}, as far as it is known now. Nothing is marked there yet."),
            Tense::Past | Tense::Today if records => {
                format!("{day} as it stands now. {mark} amends a mark; all else is done today.")
            }
            Tense::Past | Tense::Today => format!("{day} as it stands now."),
        })
    }
}
