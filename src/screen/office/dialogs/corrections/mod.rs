//! Puts right what is held of a pupil before the system that it comes from does: what is held, row by row, and what it is instead.

pub mod joiner;
pub mod new_contact;
mod row;
mod typed;

use ratatui::layout::{Constraint, Layout, Position, Rect};

use crate::domain::act::CorrectContact;
use crate::domain::act::disclosure::Disclosure;
use crate::domain::name::clean;
use crate::domain::people::contact::{Contact, WrongNumber};
use crate::domain::people::correction::Beside;
use crate::domain::people::phone::same_number;
use crate::domain::people::pupil::PupilId;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Action, Dialog, Hint, SharedTyping};
use crate::screen::widgets::entered::Entered;
use crate::screen::widgets::field::Field;
use crate::screen::widgets::list::{self, List};
use crate::screen::widgets::reading;
use crate::screen::widgets::reveal::{self, Reveal};
use crate::screen::widgets::text::wrapped;
use row::Row;

/// What is typed to say that nothing is held.
const NOTHING: &str = "-";
/// Columns of what is typed behind its label.
const LABEL: u16 = 18;

/// What is held of a pupil, and what of it is put right.
pub struct Corrections {
    typing: SharedTyping,
    reading: Keymap<reading::Action>,
    pupil: PupilId,
    list: List<Row>,
    reveal: Reveal,
    typed: Option<Typed>,
}

/// A row that is put right.
struct Typed {
    row: Row,
    /// What was held when the typing began.
    saw: String,
    /// What the field held then.
    began: String,
    field: Field,
}

impl Corrections {
    /// What is held of one pupil. A number that was found wrong is chosen, else the first number.
    pub fn new(
        typing: SharedTyping,
        (reading, shown): (Keymap<reading::Action>, Keymap<reveal::Action>),
        pupil: PupilId,
        context: &ViewContext,
    ) -> Corrections {
        let reveal = Reveal::new(shown, Some(pupil), "all contacts, to be corrected");
        let mut corrections = Corrections { typing, reading, pupil, list: List::default(), reveal, typed: None };
        corrections.refresh(context);
        let wrong = context.day.wrong_numbers.iter().filter(|one| one.pupil == pupil).find_map(|wrong| {
            let contact = context.roll().contact(pupil, wrong.contact)?;
            let place = contact.phones.iter().position(|phone| phone.is(&wrong.number))?;
            Some(Row::Number(contact.id, place))
        });
        corrections.list.choose(0);
        if let Some(wrong) = wrong {
            corrections.list.choose_id(wrong);
        }
        corrections
    }

    /// Begin to put the chosen row right. Of what is not shown the field holds nothing.
    fn begin(&mut self, context: &ViewContext) {
        let Some(row) = self.list.chosen() else { return };
        let saw = row.held(context.roll(), self.pupil);
        let is_shown = row.is_hidden_whole() && self.reveal.is_shown();
        let began = if is_shown { saw.clone() } else { String::new() };
        let field = Field::holding(&began);
        self.typed = Some(Typed { row, saw, began, field });
    }

    fn handle_typing(&mut self, key: Key, context: &ViewContext) -> Option<Outcome> {
        let typed = self.typed.as_mut()?;
        Some(match Entered::by(key, &mut typed.field, &self.typing) {
            Entered::Save => self.save(context),
            Entered::Close => {
                self.typed = None;
                Outcome::Nothing
            }
            Entered::Typed | Entered::Nothing => Outcome::Nothing,
        })
    }

    fn save(&mut self, context: &ViewContext) -> Outcome {
        let Some(Typed { row, saw, began, field }) = &self.typed else { return Outcome::Nothing };
        let text = clean(field.text());
        if text == *began || text.is_empty() {
            return Outcome::Notice(format!("Type what it is, or {NOTHING} for nothing."));
        }
        let act = match row {
            Row::Group => typed::change_group(&text, self.pupil, context),
            Row::LastDay => typed::leave(&text, self.pupil, context),
            Row::Bar(contact) => Ok(typed::bar(&text, self.pupil, *contact)),
            Row::Number(..) | Row::Another(_) | Row::Email(_) | Row::Note(_) | Row::Order(_) | Row::NewContact => {
                let becomes = if text == NOTHING { String::new() } else { text };
                let (pupil, saw) = (self.pupil, saw.clone());
                let act = |(contact, field)| CorrectContact { pupil, contact, field, saw, becomes }.into();
                row.contact().zip(row.field()).map(act).ok_or("There is nothing to put right here.")
            }
        };
        match act {
            Ok(act) => Outcome::Do(act),
            Err(why) => Outcome::Notice(why.to_owned()),
        }
    }

    /// What is held in a row, as it is shown.
    fn value(&self, row: Row, canvas: &Canvas<'_>) -> String {
        let held = row.held(canvas.context.roll(), self.pupil);
        let contact = row.contact().and_then(|id| canvas.context.roll().contact(self.pupil, id));
        if let (Row::Bar(_), Some(contact)) = (row, contact) {
            return match &contact.bar {
                Some(reason) => format!("NO: {reason}").trim_end_matches(": ").to_owned(),
                None => "yes".to_owned(),
            };
        }
        if held.is_empty() {
            return match row {
                Row::Another(_) | Row::NewContact => "",
                Row::LastDay => "stays",
                Row::Number(..) | Row::Email(_) | Row::Note(_) | Row::Order(_) | Row::Bar(_) | Row::Group => "nothing",
            }
            .to_owned();
        }
        if row.is_hidden_whole() && !self.reveal.is_shown() {
            let key = self.reveal.key().map(|key| format!(": {key} shows it")).unwrap_or_default();
            return format!("held{key}");
        }
        match row {
            Row::Number(..) => self.reveal.number(&held, canvas.theme),
            Row::Another(_)
            | Row::Email(_)
            | Row::Note(_)
            | Row::Order(_)
            | Row::Bar(_)
            | Row::NewContact
            | Row::Group
            | Row::LastDay => held,
        }
    }

    /// What there is to say of a row beside its value, and whether somebody has to look at it.
    fn state(&self, row: Row, context: &ViewContext) -> Option<(String, bool)> {
        let roll = context.roll();
        if let Some(one) = row.correction(roll, self.pupil) {
            return Some(match one.beside() {
                Beside::Differs => ("differs from the system".to_owned(), true),
                Beside::Waits | Beside::Arrived => ("not in the system yet".to_owned(), false),
            });
        }
        let Row::Number(contact, place) = row else { return None };
        let number = &roll.contact(self.pupil, contact)?.phones.get(place)?.number;
        let is_it = |one: &&WrongNumber| one.contact == contact && same_number(&one.number, number);
        let wrong = context.day.wrong_numbers.iter().find(is_it)?;
        Some((format!("found wrong {}", wrong.at.format("%-d %b")), true))
    }

    /// What stands below what is typed: whose it is and what it replaces, or how it is written.
    fn explained(&self, typed: &Typed, canvas: &Canvas<'_>) -> String {
        let contact = typed.row.contact().and_then(|id| canvas.context.roll().contact(self.pupil, id));
        let of = contact.map_or_else(String::new, |contact| format!("of {}", contact.introduced()));
        match typed.row {
            Row::Group => "the group, and from when: 9TR mon; alone: from today".to_owned(),
            Row::Bar(_) => format!("{of}: why they must not be contacted; {NOTHING} and why: they may be again"),
            Row::LastDay => format!("the last day, and where to: fri Elm High; {NOTHING}: stays after all"),
            Row::Number(..) | Row::Order(_) if !typed.saw.is_empty() => {
                format!("{of}, in place of {}", self.value(typed.row, canvas))
            }
            Row::Number(..) | Row::Another(_) | Row::Email(_) | Row::Note(_) | Row::Order(_) | Row::NewContact => of,
        }
    }

    /// What stands below the list: what is typed, or what is known of the chosen row.
    fn draw_below(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        if let Some(typed) = &self.typed {
            let text = self.explained(typed, canvas);
            canvas.line(area, 1).text(&text, theme.dim);
            let title = (typed.row.label(), theme.title);
            return typed.field.draw_behind(title, LABEL, area, canvas);
        }
        let chosen = self.list.chosen()?;
        let roll = context.roll();
        let contact = chosen.contact().and_then(|id| roll.contact(self.pupil, id));
        let own = roll.pupil(self.pupil).map(|pupil| roll.telling_name(pupil).to_string());
        let name = contact.map(|contact| contact.name.clone()).or(own).unwrap_or_default();
        let text = match chosen.correction(roll, self.pupil) {
            Some(one) => {
                let (by, at) = (&one.correction.who, one.correction.at.format("%-d %b %H:%M"));
                format!("{} ({by}, {at})", one.correction.tell(&name, &one.system))
            }
            None => "What you put right is kept until your system brings it.".to_owned(),
        };
        for (row, line) in wrapped(&text, area.width, 2).iter().enumerate() {
            canvas.line(area, row).text(line, theme.dim);
        }
        None
    }
}

impl Dialog for Corrections {
    fn title(&self, context: &ViewContext) -> String {
        format!("Put right: {}", context.roll().name_and_group(self.pupil))
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (90, u16::try_from(self.list.len()).unwrap_or(u16::MAX).saturating_add(3).max(4))
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        if let Some(outcome) = self.handle_typing(key, context) {
            return outcome;
        }
        // A digit begins the number at once.
        let begins = |row: Row| key.character().is_some_and(|letter| row.begins_with(letter));
        if self.list.chosen().is_some_and(begins) {
            self.begin(context);
            return self.handle_typing(key, context).unwrap_or(Outcome::Nothing);
        }
        match self.reveal.handle_key(key) {
            Some(reveal::Action::Show) => return self.reveal.ask(),
            Some(reveal::Action::Copy) | None => {}
        }
        if self.reading.get(key) == Some(reading::Action::Close) {
            return Outcome::Close;
        }
        match self.list.handle_key(key, &self.typing.list) {
            Some(list::Action::Open) if self.list.chosen() == Some(Row::NewContact) => {
                Outcome::Open(Ask::NewContact(self.pupil))
            }
            Some(list::Action::Open) => {
                self.begin(context);
                Outcome::Nothing
            }
            Some(_) => Outcome::Nothing,
            None if key.character().is_some_and(|letter| letter.is_ascii_digit()) => Outcome::Nothing,
            None => Outcome::Ignored,
        }
    }

    fn paste(&mut self, text: &str, context: &ViewContext) {
        if self.typed.is_none()
            && clean(text).chars().next().is_some_and(|letter| letter.is_ascii_digit() || letter == '+')
        {
            self.begin(context);
        }
        if let Some(typed) = &mut self.typed {
            typed.field.paste(text);
        }
    }

    fn refresh(&mut self, context: &ViewContext) {
        self.list.refresh(Row::all(context.roll(), self.pupil), |_| false);
    }

    fn disclosed(&mut self, disclosure: &Disclosure, _: &ViewContext) {
        self.reveal.disclosed(disclosure);
    }

    fn pupil(&self) -> Option<PupilId> {
        Some(self.pupil)
    }

    fn accepts_global_keys(&self) -> bool {
        self.typed.is_none()
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        let [rows, _, below] =
            Layout::vertical([Constraint::Fill(1), Constraint::Length(1), Constraint::Length(2)]).areas(area);
        let roll = context.roll();
        let chosen = self.typed.as_ref().map(|typed| typed.row).or(self.list.chosen());
        let texts: Vec<(Row, String)> =
            Row::all(roll, self.pupil).into_iter().map(|row| (row, self.value(row, canvas))).collect();
        let mut before = None;
        self.list.draw(rows, canvas, |mut row| {
            let contact = row.id.contact();
            let style = row.style;
            // The first row of each that is seen says whose it is.
            let is_first = before.replace(contact) != Some(contact);
            let of_contact = contact.and_then(|id| roll.contact(self.pupil, id)).map(whose);
            let own = || roll.pupil(self.pupil).map(|pupil| roll.telling_name(pupil).to_string());
            let who = of_contact.or_else(own).filter(|_| is_first).unwrap_or_default();
            let name = if row.line.room() >= 84 { 30 } else { 22 };
            let value = texts.iter().find(|(one, _)| *one == row.id).map_or("", |(_, value)| value.as_str());
            row.line.bar(&who, name - 1, style).skip(1).bar(row.id.label(), LABEL, style);
            let state = self.state(row.id, context);
            let columns = row.line.room().saturating_sub(if state.is_some() { 24 } else { 0 });
            row.line.bar(value, columns, style);
            if let Some((state, is_urgent)) = state {
                let marked = if is_urgent && Some(row.id) != chosen { theme.overdue } else { style };
                row.line.text(&state, marked);
            }
        });
        self.draw_below(below, canvas)
    }

    fn hints(&self) -> Vec<Hint> {
        if self.typed.is_some() {
            return self.typing.dialog.hints(&[(Action::Save, "save"), (Action::Close, "back to the list")]);
        }
        let mut hints = vec![self.typing.list.hint(list::Action::Open, "put it right")];
        if !self.reveal.is_shown() {
            hints.push(self.reveal.hint());
        }
        hints.push(self.reading.hint(reading::Action::Close, "close"));
        hints
    }
}

/// Whose the rows are: "1 Mrs Khan, mother".
fn whose(contact: &Contact) -> String {
    format!("{} {}", contact.order, contact.introduced())
}
