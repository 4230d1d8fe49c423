//! An arrangement is entered, or changed from a date on: its fields, and below them its pupils.

use ratatui::layout::{Constraint, Layout, Position, Rect};

use super::form::{Name, ROWS, Read, empty_or};
use super::pupils::{Action, Pick, Pupils};
use crate::domain::act::Act;
use crate::domain::counted::counted;
use crate::domain::facts::arrangement::{Arrangement, ArrangementId};
use crate::keys::{Key, Keymap};
use crate::screen::outcome::Outcome;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Action as Shared, Hint, SharedTyping};
use crate::screen::widgets::entered::Entered;
use crate::screen::widgets::form::Form;
use crate::screen::widgets::list;
use crate::screen::widgets::picker::SharedFinder;

/// What a key left behind.
pub enum Left {
    /// It goes on.
    Open(Outcome),
    /// It is closed, and keeps nothing.
    Closed,
}

/// An arrangement that is entered or changed.
pub struct Editor {
    keys: Keymap<Action>,
    typing: SharedTyping,
    held: Option<ArrangementId>,
    form: Form<Name>,
    pupils: Pupils,
}

impl Editor {
    /// Empty, or with what is held.
    pub fn new(
        keys: Keymap<Action>,
        typing: SharedTyping,
        finder: SharedFinder,
        held: Option<&Arrangement>,
        context: &ViewContext,
    ) -> Editor {
        let ticked = held.map(|held| held.pupils_from(context.now.date())).unwrap_or_default();
        let (form, pupils) = (empty_or(held), Pupils::new(finder, ticked));
        let mut editor = Editor { keys, typing, held: held.map(|held| held.id), form, pupils };
        editor.refresh(context);
        editor
    }

    fn read<'a>(&'a self, context: &'a ViewContext) -> Read<'a> {
        let held = self.held.and_then(|id| context.roll().arrangement(id));
        Read { form: &self.form, held, today: context.now.date() }
    }

    /// "New arrangement", "Change Harbour Garage".
    pub fn title(&self, context: &ViewContext) -> String {
        match self.read(context).held {
            Some(held) => format!("Change {} {}", held.code, held.terms.title),
            None => "New arrangement".to_owned(),
        }
    }

    /// The day was replaced.
    pub fn refresh(&mut self, context: &ViewContext) {
        self.pupils.offer(self.form.text(Name::Pupils), context);
    }

    /// Text was pasted: into the field that takes letters, or as a list of pupils.
    pub fn paste(&mut self, text: &str, context: &ViewContext) {
        if self.form.focus() == Some(Name::Pupils) {
            self.pupils.paste(text, context);
            self.pupils.offer_anew(self.form.text(Name::Pupils), context);
        } else {
            self.form.paste(text);
        }
    }

    /// Handle a key.
    pub fn handle_key(&mut self, key: Key, context: &ViewContext) -> Left {
        let at_pupils = self.form.focus() == Some(Name::Pupils);
        if at_pupils && self.with_pupils(key, context) {
            return Left::Open(Outcome::Nothing);
        }
        match self.form.handle_key(key, &self.typing) {
            Entered::Save => return Left::Open(self.save(context)),
            Entered::Close => return Left::Closed,
            Entered::Typed if at_pupils => self.pupils.offer_anew(self.form.text(Name::Pupils), context),
            Entered::Typed | Entered::Nothing => {}
        }
        Left::Open(Outcome::Nothing)
    }

    fn is_name_unfinished(&self) -> bool {
        self.form.field(Name::Pupils).is_some_and(|field| self.pupils.is_name_unfinished(field.text()))
    }

    /// Whether one that is new is entered.
    pub fn is_new(&self) -> bool {
        self.held.is_none()
    }

    /// A key of the pupils' list: whether it was one.
    fn with_pupils(&mut self, key: Key, context: &ViewContext) -> bool {
        match self.keys.get(key) {
            // "walker h": the space is of the name, and must not tick the first Walker.
            Some(Action::Tick) if self.is_name_unfinished() => return false,
            Some(Action::Tick) => {
                if self.pupils.tick(context) && !self.form.text(Name::Pupils).is_empty() {
                    // The next name begins anew.
                    self.form.clear(Name::Pupils);
                }
                self.pupils.offer_anew(self.form.text(Name::Pupils), context);
            }
            Some(Action::Skip) => {
                self.pupils.skip();
                self.pupils.offer_anew(self.form.text(Name::Pupils), context);
            }
            // The arrows go through the list, and not to the next field.
            None => match self.typing.list.get(key).filter(|_| key.character().is_none()) {
                Some(
                    moving @ (list::Action::Down | list::Action::Up | list::Action::PageDown | list::Action::PageUp),
                ) => {
                    self.pupils.list.go(moving);
                }
                Some(list::Action::First | list::Action::Last | list::Action::Open) | None => return false,
            },
        }
        true
    }

    /// Saved when everything can be read and every pasted line is settled; else the field at fault is shown.
    fn save(&mut self, context: &ViewContext) -> Outcome {
        if let Some(unmet) = self.pupils.unmet.first() {
            let why = format!("{}: tick who is meant, or leave the line out.", unmet.describe(context.roll()));
            return self.form.reject(Name::Pupils, why);
        }
        match self.read(context).act(&self.pupils.ticked, context) {
            Ok(act) => Outcome::Do(act),
            Err((field, text)) => {
                let label = self.form.label(field);
                self.form.reject(field, if label.is_empty() { format!("{text}.") } else { format!("{label}: {text}.") })
            }
        }
    }

    /// Draw it; says where the cursor belongs.
    pub fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let parts = [Constraint::Length(ROWS), Constraint::Length(1), Constraint::Fill(1), Constraint::Length(1)];
        let [fields, asked, rows, end] = Layout::vertical(parts).areas(area);
        let Canvas { context, theme, .. } = *canvas;
        let read = self.read(context);
        if let Some(held) = read.held {
            let meaning = context.roll().codes.row(held.code).map_or("", |row| row.meaning.as_str());
            canvas
                .line(fields, 0)
                .column("What", super::form::LABEL, theme.plain)
                .text(&format!("{} {meaning}", held.code), theme.title)
                .skip(2)
                .text("for another code or first day end it and enter it anew", theme.dim);
        }
        let cursor = self.form.draw(fields, canvas, |name, line| {
            let (text, style) = match self.beside(name, &read, context) {
                Ok(text) => (text, theme.dim),
                Err(text) => (text, theme.overdue),
            };
            line.skip(1).text(&text, style);
        });
        if let Some(unmet) = self.pupils.unmet.first() {
            let more = self.pupils.unmet.len() - 1;
            let more = if more > 0 { format!("; then {more} more") } else { String::new() };
            canvas.line(asked, 0).text(&format!("{}{more}", unmet.describe(context.roll())), theme.overdue);
        }
        self.draw_pupils(rows, canvas);
        self.draw_end(end, canvas);
        cursor
    }

    /// What is said beside a field: what it means, or how it is written.
    fn beside(&self, name: Name, read: &Read<'_>, context: &ViewContext) -> Result<String, String> {
        let is_empty = self.form.text(name).is_empty();
        let said = |text: &str| Ok(text.to_owned());
        let day = |date: chrono::NaiveDate| date.format("%a %-d %b %Y").to_string();
        match name {
            Name::Code if is_empty => said("v trip, p sport, w work experience, c2 part-time, b k d other"),
            Name::Code => match read.code(context) {
                Ok(code) => Ok(context.roll().codes.row(code).map_or_else(String::new, |row| row.meaning.clone())),
                Err(_) => Err("no code that a school arranges".to_owned()),
            },
            Name::With => said(if is_empty { "provider, or trip" } else { "" }),
            Name::Number => said(if is_empty { "the provider's, if there is one" } else { "" }),
            Name::Days if is_empty => said("every school day; or fri pm, mon-wed"),
            Name::Days => read.days().map(|days| days.to_string()).map_err(|(_, text)| text),
            Name::From if read.held.is_some() && is_empty => said("it is otherwise from today on; or fri, 6/11"),
            Name::From => read.from().map(day).map_err(|(_, text)| text),
            Name::Until => read.until().map(day).map_err(|(_, text)| text),
            Name::Review if is_empty => said("when it is looked at again: 12/2; may be left empty"),
            Name::Review => read.review().map(|date| date.map(day).unwrap_or_default()).map_err(|(_, text)| text),
            Name::Note => said(""),
            Name::Pupils => Ok(format!("{} ticked; name, group, or pasted list", self.pupils.ticked.len())),
        }
    }

    fn draw_pupils(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let Canvas { context, theme, .. } = *canvas;
        let hears = self.form.focus() == Some(Name::Pupils);
        self.pupils.list.draw(area, canvas, |mut drawn| {
            let style = if hears { drawn.style } else { theme.plain };
            let sign = if self.pupils.is_ticked(drawn.id, context) { "[x]" } else { "[ ]" };
            drawn.line.skip(super::form::LABEL).column(sign, 3, style).skip(1);
            match drawn.id {
                Pick::Group(id) => {
                    let name = context.roll().group(id).map_or("", |group| group.name.as_str());
                    let text = format!("all of {name}, {}", Pupils::of(drawn.id, context).len());
                    drawn.line.text(&text, style);
                }
                Pick::Pupil(id) => {
                    let Some(pupil) = context.pupil(id) else { return };
                    let roll = context.roll();
                    drawn.line.name(&roll.name_in_group(pupil), 32, style).skip(1).column(
                        roll.group_name(pupil),
                        6,
                        style,
                    );
                }
            }
        });
    }

    /// What saving would record, or what it still waits for.
    fn draw_end(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let Canvas { context, theme, .. } = *canvas;
        let read = self.read(context);
        let mut line = canvas.line(area, 0);
        if let Some(unmet) = self.pupils.unmet.first() {
            let wanted = format!("whom \u{201c}{}\u{201d} means", unmet.text);
            line.text("Still wanting: ", theme.dim).text(&wanted, theme.title);
            return;
        }
        let text = match read.act(&self.pupils.ticked, context) {
            Err((field, _)) if read.held.is_some() && field == Name::Pupils && !self.pupils.ticked.is_empty() => {
                line.text("Nothing is changed yet.", theme.dim);
                return;
            }
            Err((field, _)) => {
                line.text("Still wanting: ", theme.dim).text(&self.form.label(field).to_lowercase(), theme.title);
                return;
            }
            Ok(Act::Arrange(act)) => {
                let school = |date: &chrono::NaiveDate| {
                    act.terms.days.on(*date).is_some() && context.roll().calendar.is_school_day(*date)
                };
                let dates = act.from.iter_days().take_while(|date| *date <= act.terms.until).filter(school).count();
                let (days, pupils) = (counted(dates, "school day"), counted(act.pupils.len(), "pupil"));
                format!("{} {}, {}, {days}, {pupils}", act.code, act.terms.title, act.terms.days)
            }
            Ok(Act::ChangeArrangement(act)) => {
                let out = if act.out.is_empty() { String::new() } else { format!(", {} out", act.out.len()) };
                format!("from {} on, {} in it{out}", act.from.format("%a %-d %b"), counted(act.pupils.len(), "pupil"))
            }
            Ok(_) => return,
        };
        let key = self.typing.dialog.first_key(Shared::Save).unwrap_or_default();
        line.text(&key, theme.key).text(" saves: ", theme.dim).text(&text, theme.title);
    }

    /// The keys that work in it.
    pub fn hints(&self) -> Vec<Hint> {
        let mut hints = vec![self.typing.hint(Shared::Save, "save"), self.typing.hint(Shared::Next, "next field")];
        if self.form.focus() == Some(Name::Pupils) {
            hints.extend(self.keys.hints(&[(Action::Tick, "tick")]));
            if !self.pupils.unmet.is_empty() {
                hints.extend(self.keys.hints(&[(Action::Skip, "leave the line out")]));
            }
        }
        hints.push(self.typing.hint(Shared::Close, "keep nothing"));
        hints
    }
}
