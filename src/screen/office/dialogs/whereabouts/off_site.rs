//! Elsewhere by arrangement: with whom each pupil is, and whether the provider says that they are there.

use ratatui::layout::{Constraint, Layout, Position, Rect};

use crate::domain::absence::offsite::{OffSite, OffSiteState, due_by, off_site};
use crate::domain::act::{Act, Confirm, Receipt};
use crate::domain::people::pupil::PupilId;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Dialog, Hint, SharedTyping};
use crate::screen::widgets::field::Field;
use crate::screen::widgets::list::List;
use crate::screen::widgets::question::Question;
use crate::screen::widgets::sheet::Sheet;
use crate::screen::widgets::text::width;

crate::actions! {
    /// What keys mean among those who are off site.
    pub Action in "off-site" {
        There "there" "is there: asks who says so";
        AllThere "all-there" "everybody with this provider is there";
        NotThere "not-there" "is not there: asks who says so";
        Close "close" "close";
    }
}

/// Elsewhere by arrangement.
pub struct OffSiteCard {
    typing: SharedTyping,
    keys: Keymap<Action>,
    rows: Vec<OffSite>,
    list: List<PupilId>,
    /// Who at the provider says it?
    asking: Question<Word>,
    /// Just opened, or our own word has landed: on to the next nobody has spoken for.
    landed: bool,
}

/// What is said of some pupils: that they are there, or not.
struct Word {
    pupils: Vec<PupilId>,
    there: bool,
}

impl OffSiteCard {
    /// Those of the current session.
    pub fn new(typing: SharedTyping, keys: Keymap<Action>, context: &ViewContext) -> OffSiteCard {
        let (rows, list) = (Vec::new(), List::default());
        let mut card = OffSiteCard { typing, keys, rows, list, asking: Question::default(), landed: true };
        card.refresh(context);
        card
    }

    fn chosen(&self) -> Option<&OffSite> {
        self.rows.iter().find(|row| Some(row.pupil) == self.list.chosen())
    }

    /// Ask who says so; the last who spoke for the same provider today is offered.
    fn ask(&mut self, there: bool, all: bool, context: &ViewContext) -> Outcome {
        let Some(row) = self.chosen() else { return Outcome::Notice("Nobody is chosen.".to_owned()) };
        let with = &row.with;
        let same = |one: &&OffSite| one.with == *with;
        let pupils: Vec<PupilId> = match all {
            true => self.rows.iter().filter(same).filter(|one| is_open(one)).map(|one| one.pupil).collect(),
            false => vec![row.pupil],
        };
        let text = match pupils.as_slice() {
            [] => return Outcome::Notice(format!("Everybody with {with} has been asked about.")),
            [one] => {
                context.pupil(*one).map_or_else(String::new, |pupil| context.roll().telling_name(pupil).to_string())
            }
            more => format!("all {}", more.len()),
        };
        let of_same = |id: PupilId| self.rows.iter().filter(same).any(|one| one.pupil == id);
        let last = context.day.confirmations.iter().rfind(|confirmation| of_same(confirmation.pupil));
        let field = last.map_or_else(Field::default, |confirmation| Field::offering(&confirmation.said_by));
        let text = format!("Who says {text} {}?", if there { "there" } else { "NOT there" });
        self.asking.ask(Word { pupils, there }, &text, "Type who confirmed it, at the provider.", field);
        Outcome::Nothing
    }

    fn asked(&mut self, key: Key, context: &ViewContext) -> Option<Outcome> {
        self.asking.handle_key(key, &self.typing, |of, said_by| {
            let (pupils, said_by) = (of.pupils.clone(), said_by.to_owned());
            Outcome::Do(Act::Confirm(Confirm { pupils, at: context.at(), there: of.there, said_by }))
        })
    }

    fn state(&self, row: &OffSite, context: &ViewContext) -> String {
        match &row.state {
            OffSiteState::Waiting => match due_by(&context.day, context.session()) {
                Some(due) => format!("waiting until {}", due.format("%H:%M")),
                None => "waiting".to_owned(),
            },
            OffSiteState::Due => "DUE: ask".to_owned(),
            OffSiteState::Over => "never confirmed".to_owned(),
            OffSiteState::There(confirmation) => {
                format!("there {}, {}", confirmation.at.format("%H:%M"), confirmation.said_by)
            }
            OffSiteState::NotThere(confirmation) => {
                format!("NOT THERE {}, {}", confirmation.at.format("%H:%M"), confirmation.said_by)
            }
        }
    }
}

/// Not confirmed yet.
fn is_open(row: &OffSite) -> bool {
    row.confirmed().is_none()
}

impl Dialog for OffSiteCard {
    fn title(&self, context: &ViewContext) -> String {
        let due = self.rows.iter().filter(|row| row.state == OffSiteState::Due).count();
        let due = if due > 0 { format!(", {due} due") } else { String::new() };
        format!("Off site {}  {}{due}", context.session(), self.rows.len())
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (u16::MAX, u16::MAX)
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        if let Some(outcome) = self.asked(key, context) {
            return outcome;
        }
        match self.keys.get(key) {
            Some(Action::There) => self.ask(true, false, context),
            Some(Action::AllThere) => self.ask(true, true, context),
            Some(Action::NotThere) => self.ask(false, false, context),
            Some(Action::Close) => Outcome::Close,
            None => self.list.handle_opening_key(key, &self.typing.list, Ask::Card),
        }
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        self.asking.paste(text);
    }

    fn refresh(&mut self, context: &ViewContext) {
        self.rows = off_site(&context.day, context.session(), context.time());
        // By provider; within one by name, as they come.
        self.rows.sort_by(|one, other| one.with.cmp(&other.with));
        self.list.refresh(self.rows.iter().map(|row| row.pupil).collect(), |_| false);
        if std::mem::take(&mut self.landed) {
            let here = self.rows.iter().position(|row| Some(row.pupil) == self.list.chosen()).unwrap_or(0);
            let next = self.rows.iter().skip(here).find(|row| is_open(row));
            if let Some(next) = next.or_else(|| self.rows.iter().find(|row| is_open(row))).map(|row| row.pupil) {
                self.list.choose_id(next);
            }
        }
    }

    fn is_over(&mut self, _: &Receipt) -> bool {
        self.asking.drop_it();
        self.landed = true;
        false
    }

    fn pupil(&self) -> Option<PupilId> {
        self.list.chosen()
    }

    fn accepts_global_keys(&self) -> bool {
        !self.asking.is_open()
    }

    fn sheet(&self) -> Option<Sheet> {
        self.accepts_global_keys().then(|| Sheet::of(None, "list of who is off site"))
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let theme = canvas.theme;
        if self.rows.is_empty() {
            canvas.line(area, 0).text("Nobody is elsewhere by arrangement.", theme.dim);
            return None;
        }
        let asks = Constraint::Length(u16::from(self.asking.is_open()));
        let [rows, asked] = Layout::vertical([Constraint::Fill(1), asks]).areas(area);
        self.draw_rows(rows, canvas);
        self.asking.draw(asked, 0, theme.title, canvas)
    }

    fn hints(&self) -> Vec<Hint> {
        if self.asking.is_open() {
            return self.asking.hints(&self.typing, "save", "back");
        }
        let close = (Action::Close, "close");
        if self.rows.is_empty() {
            return self.keys.hints(&[close]);
        }
        let answers = [(Action::There, "there"), (Action::AllThere, "all there"), (Action::NotThere, "not there")];
        self.keys.hints(&[&answers[..], &[close]].concat())
    }
}

impl OffSiteCard {
    fn draw_rows(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let Canvas { context, theme, .. } = *canvas;
        let with_width = area.width * 28 / 100;
        let pupils = self.rows.iter().filter_map(|row| context.pupil(row.pupil));
        let longest = pupils.map(|pupil| width(&context.roll().name_in_group(pupil).to_string())).max().unwrap_or(0);
        let mut above: Option<&str> = None;
        self.list.draw(area, canvas, |mut drawn| {
            let Some((row, pupil)) = self.rows.get(drawn.place).zip(context.pupil(drawn.id)) else { return };
            // A provider is named once.
            let with = if above == Some(row.with.as_str()) { "" } else { row.with.as_str() };
            above = Some(&row.with);
            drawn.line.column(with, with_width, theme.title).skip(2);
            let style = drawn.style;
            let state_style = if row.is_unexplained() { style.patch(theme.overdue) } else { style };
            // Behind the longest name begins the next column: what was said of the pupil has the rest.
            let name = drawn.line.room().saturating_sub(39).min(longest);
            drawn
                .line
                .name(&context.roll().name_in_group(pupil), name, style)
                .skip(2)
                .column(context.roll().group_name(pupil), 6, style)
                .column(row.code.as_str(), 3, style);
            let state_width = drawn.line.room();
            drawn.line.column(&self.state(row, context), state_width, state_style);
        });
    }
}
