//! What is shown: the work, or in its place a blank screen until any key, or a lock screen until the officer's PIN. The work goes on.

use chrono::{DateTime, Utc};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::domain::school::pin::{Pin, wait_after};
use crate::keys::Key;
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::dialog::{self, Typing};
use crate::screen::widgets::field;
use crate::screen::widgets::text::{Line, width};

/// What is shown.
#[derive(Debug)]
pub enum Shown {
    /// The work.
    Work,
    /// Nothing is seen until any key. Whether that is because no PIN is set to lock with.
    Blank {
        /// A lock was asked for, and there is no PIN.
        for_want_of_pin: bool,
    },
    /// Nothing is seen until the PIN.
    Locked(LockScreen),
}

/// A lock screen.
#[derive(Debug, Default)]
pub struct LockScreen {
    typed: Pin,
    /// A PIN is being looked at.
    asked: bool,
    wrong: u32,
    /// Since when and until when no PIN is taken.
    wait: Option<(DateTime<Utc>, DateTime<Utc>)>,
    text: String,
}

impl Shown {
    /// Whether the work is shown and handles keys.
    pub fn is_work(&self) -> bool {
        matches!(self, Shown::Work)
    }

    /// The lock screen, if that is what is shown.
    pub fn lock_screen(&mut self) -> Option<&mut LockScreen> {
        match self {
            Shown::Locked(lock) => Some(lock),
            Shown::Work | Shown::Blank { .. } => None,
        }
    }

    /// Draw it in place of the work; says where the terminal's cursor belongs.
    pub fn draw(
        &self,
        area: Rect,
        buffer: &mut Buffer,
        (context, typing, leaves): (&ViewContext, &Typing, &str),
        who: &str,
        theme: &Theme,
    ) -> Option<Position> {
        let head = format!("firstbell   {}", context.now.format("%H:%M"));
        let Shown::Locked(lock) = self else {
            lines(&[(&head, theme.title), ("press any key", theme.dim)], area, buffer, theme);
            return None;
        };
        let (by, dots) = (format!("locked by {who}"), theme.symbols.hidden.repeat(lock.typed.len()));
        let opens = typing.dialog.first_key(dialog::Action::Save).unwrap_or_default();
        let keys = format!("{opens} opens   {leaves} leaves");
        let text = if lock.asked { "one moment" } else { lock.text.as_str() };
        let pin = format!("PIN {dots}");
        let shown = [
            (head.as_str(), theme.title),
            (&by, theme.plain),
            (&pin, theme.plain),
            (text, theme.refused),
            (&keys, theme.dim),
        ];
        let (column, row) = lines(&shown, area, buffer, theme)?;
        let x = column.saturating_add(width(&pin)).min(area.right().saturating_sub(1));
        (!lock.asked).then_some(Position::new(x, row))
    }
}

/// Draw lines in the middle; says where the third begins.
fn lines(
    shown: &[(&str, ratatui::style::Style)],
    area: Rect,
    buffer: &mut Buffer,
    theme: &Theme,
) -> Option<(u16, u16)> {
    let step = if usize::from(area.height) >= shown.len() * 2 { 2 } else { 1 };
    let top = usize::from(area.height).saturating_sub(shown.len() * step) / 2;
    let mut third = None;
    for (place, (text, style)) in shown.iter().enumerate() {
        let (row, left) = (top + place * step, area.width.saturating_sub(width(text)) / 2);
        Line::new(buffer, area, row, theme).skip(left).text(text, *style);
        let y = u16::try_from(row).ok().and_then(|row| area.y.checked_add(row)).filter(|y| *y < area.bottom());
        if let (2, Some(y)) = (place, y) {
            third = Some((area.x.saturating_add(left), y));
        }
    }
    third
}

impl LockScreen {
    /// Handle a key: the PIN to be looked at, once it is typed. No other key does anything.
    pub fn handle_key(&mut self, key: Key, typing: &Typing, now: DateTime<Utc>) -> Option<Pin> {
        if self.asked || self.waits(now) {
            return None;
        }
        if let Some(digit) = key.character() {
            if self.typed.press(digit) {
                self.text.clear();
            }
            return None;
        }
        match (typing.dialog.get(key), typing.field.get(key)) {
            (Some(dialog::Action::Save), _) if !self.typed.is_empty() => {
                self.asked = true;
                return Some(std::mem::take(&mut self.typed));
            }
            (_, Some(field::Action::Backspace)) => self.typed.rub_out(),
            (Some(dialog::Action::Close), _) | (_, Some(field::Action::Clear | field::Action::DeleteWord)) => {
                self.typed = Pin::default();
            }
            _ => {}
        }
        None
    }

    /// Say this below the PIN.
    pub fn set_text(&mut self, text: String) {
        self.text = text;
    }

    fn waits(&self, now: DateTime<Utc>) -> bool {
        self.wait.is_some_and(|(since, until)| since <= now && now < until)
    }

    /// The PIN was wrong: after too many there is a wait.
    pub fn was_wrong(&mut self, now: DateTime<Utc>, context: &ViewContext) {
        self.asked = false;
        self.wrong = self.wrong.saturating_add(1);
        "Wrong PIN.".clone_into(&mut self.text);
        if let Some(wait) = wait_after(self.wrong) {
            let until = now + wait;
            self.wait = Some((now, until));
            let from = context.roll().school.local(until);
            self.text = format!("Wrong PIN, {} times. Again from {} on.", self.wrong, from.format("%H:%M:%S"));
        }
    }

    /// The PIN could not be looked at.
    pub fn was_not_checked(&mut self) {
        self.asked = false;
        "The PIN cannot be checked: the school's file cannot be read.".clone_into(&mut self.text);
    }
}
