//! Takes away what a dialog shows: it is put down first where it names pupils, then copied or printed.

use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::{App, Status};
use crate::domain::act::disclosure::Disclosure;
use crate::domain::name::clean;
use crate::keys::Key;
use crate::report::document::{COLUMNS, as_recorded};
use crate::screen::event::{Printing, Request};
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::Dialog;
use crate::screen::widgets::sheet::{Action, Sheet};
use crate::screen::widgets::text::width;

/// How long a copied text may be pasted: long enough to come to another window.
const COPIED: Duration = Duration::from_mins(5);

/// What a terminal takes of a text that is copied, in bytes: more is cut off, or ignored, without a word.
const LONGEST: usize = 50_000;

impl App {
    /// Copy or print what the open dialog shows, if this key does and the dialog shows something that may be taken.
    pub(super) fn takes_sheet(&mut self, key: Key, requests: &mut Vec<Request>) -> bool {
        let action = self.keymaps.sheet.get(key);
        let Some(action) = action else { return false };
        let Some(open) = &self.open else {
            let does = if action == Action::Print { "prints" } else { "copies" };
            // A letter means something else over the panes.
            if key.character().is_none() {
                let key = self.keymaps.sheet.first_key(action).unwrap_or_default();
                let text = format!("Open it first: a card, a list, the hand-over. There {key} {does} what is shown.");
                self.say(Status::Hint(text));
            }
            return key.character().is_none();
        };
        let Some(sheet) = open.dialog.sheet() else { return false };
        let school = &self.context.roll().school;
        let text = text(open.dialog.as_ref(), self.shown(), &self.theme);
        let taking = match action {
            Action::Copy if !school.screen.copy_text => Err("The school's settings switch copying of texts off."),
            Action::Copy if text.len() > LONGEST => Err("That is too long to be copied: print it."),
            Action::Print if school.printer.trim().is_empty() => {
                Err("No printer is set: “printer” in the school's settings is the command that prints.")
            }
            Action::Copy => Ok(Request::Copy(text, COPIED)),
            Action::Print => Ok(Request::Print(Printing {
                command: school.printer.clone(),
                what: format!("The {}", sheet.what),
                afterwards: "",
                text,
            })),
        };
        match taking {
            Ok(taking) => self.take(action, sheet, taking, requests),
            Err(text) => self.say(Status::Hint(text.to_owned())),
        }
        true
    }

    fn take(&mut self, action: Action, sheet: Sheet, taking: Request, requests: &mut Vec<Request>) {
        let (done, said) = match action {
            Action::Copy => ("copied", format!("The {} is copied, for five minutes.", sheet.what)),
            Action::Print => ("printed", format!("The {} goes to the printer.", sheet.what)),
        };
        let what = format!("the {}, {done}", sheet.what);
        match sheet.recorded {
            Some((shown, pupil)) => {
                let disclosure = Disclosure { shown, pupil, what };
                self.take_once_recorded(disclosure, (taking, said), requests);
            }
            None => {
                requests.push(taking);
                self.say(Status::Hint(said));
            }
        }
    }
}

/// The lines that are drawn first: longer sheets are drawn again, as long as they are.
const LINES: u16 = 150;

/// What is copied or printed of a dialog: what it has for paper, else what it shows as plain text in 80 columns: its title, all that can
/// be scrolled to, and when it was true. What is masked stays so.
fn text(dialog: &dyn Dialog, context: &ViewContext, theme: &Theme) -> String {
    if let Some(text) = dialog.paper(context) {
        return text;
    }
    let (mut lines, below) = drawn(dialog, LINES, context, theme);
    if below > 0 {
        let height = usize::from(LINES) + below;
        (lines, _) = drawn(dialog, u16::try_from(height).unwrap_or(u16::MAX), context, theme);
    }
    // What a dialog leaves empty to fill the screen is no part of the sheet.
    lines.dedup_by(|line, before| line.is_empty() && before.is_empty());
    let body = lines.join("\n");
    let foot = format!("{}, {}", clean(&context.roll().school.name), as_recorded(context.now));
    let day = if context.is_today() { String::new() } else { format!("{}: ", context.day.date.format("%a %-d %b %Y")) };
    format!("{day}{}\n\n{}\n\n{foot}\n", clean(&dialog.title(context)), body.trim_matches('\n'))
}

/// The lines of the dialog on paper of this height, and how many more there are.
fn drawn(dialog: &dyn Dialog, height: u16, context: &ViewContext, theme: &Theme) -> (Vec<String>, usize) {
    let area = Rect::new(0, 0, u16::try_from(COLUMNS).unwrap_or(u16::MAX), height);
    let mut buffer = Buffer::empty(area);
    let mut canvas = Canvas::new(&mut buffer, context, theme);
    canvas.is_paper = true;
    dialog.draw(area, &mut canvas);
    let below = canvas.unseen.below;
    let lines = buffer.content.chunks(area.width.into()).map(|cells| {
        let mut hidden = 0;
        let mut line = String::new();
        for cell in cells {
            // A wide letter covers the cell behind it.
            if hidden == 0 {
                line.push_str(cell.symbol());
                hidden = width(cell.symbol()).saturating_sub(1);
            } else {
                hidden -= 1;
            }
        }
        line.trim_end().to_owned()
    });
    (lines.collect(), below)
}
