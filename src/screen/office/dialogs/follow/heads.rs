//! Telling the head of a year of all its lates at once, or every head of theirs.

use ratatui::layout::{Position, Rect};

use crate::domain::act::{Act, FollowLate, Receipt};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::facts::late_step::LateStep;
use crate::domain::late::followed::following;
use crate::domain::late::lateness::{Late, lates};
use crate::domain::people::pupil::PupilId;
use crate::keys::Key;
use crate::screen::outcome::Outcome;
use crate::screen::view_context::{ViewContext, in_column};
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Action, Dialog, Hint, SharedTyping};

/// Lines above the names.
const ABOVE: u16 = 2;

/// Lates that no head of year has been told of yet.
pub struct HeadsCard {
    typing: SharedTyping,
    year: Option<i64>,
    /// Those there were when it was opened: nobody is told of whom nobody has read.
    read: Vec<(PupilId, Session)>,
    /// Of one session: an act is about one.
    open: Vec<Late>,
    /// Those of the other session come after.
    more: bool,
    /// It has gone on to those by itself.
    went_on: bool,
}

impl HeadsCard {
    /// Those of one year group, or of all.
    pub fn new(typing: SharedTyping, year: Option<i64>, context: &ViewContext) -> HeadsCard {
        let all = lates(&context.day, context.session());
        let read = all.iter().map(|late| (late.pupil, late.session)).collect();
        HeadsCard::shown(typing, year, read, context)
    }

    /// These, of any year.
    pub fn of(typing: SharedTyping, lates: Vec<(PupilId, Session)>, context: &ViewContext) -> HeadsCard {
        HeadsCard::shown(typing, None, lates, context)
    }

    fn shown(
        typing: SharedTyping,
        year: Option<i64>,
        read: Vec<(PupilId, Session)>,
        context: &ViewContext,
    ) -> HeadsCard {
        let mut card = HeadsCard { typing, year, read, open: Vec::new(), more: false, went_on: false };
        card.refresh(context);
        card
    }

    fn whom(&self) -> String {
        self.year.map_or_else(|| "the heads of year".to_owned(), |year| format!("the head of Year {year}"))
    }

    fn session(&self) -> Option<Session> {
        self.open.first().map(|late| late.session)
    }
}

impl Dialog for HeadsCard {
    fn title(&self, _: &ViewContext) -> String {
        format!("Tell {}", self.whom())
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        let names = u16::try_from(self.open.len()).unwrap_or(u16::MAX);
        (64, names.saturating_add(ABOVE))
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        match (self.typing.dialog.get(key), self.session()) {
            (Some(Action::Save), None) => Outcome::Notice("There is nothing left to tell.".to_owned()),
            (Some(Action::Save), Some(session)) => Outcome::Do(Act::FollowLate(FollowLate {
                pupils: self.open.iter().map(|late| late.pupil).collect(),
                at: SessionDate::new(context.day.date, session),
                step: LateStep::Reported,
                words: String::new(),
            })),
            (Some(Action::Close), _) => Outcome::Close,
            _ => Outcome::Nothing,
        }
    }

    fn refresh(&mut self, context: &ViewContext) {
        let (day, year) = (&context.day, self.year);
        let in_year = |id: PupilId| context.pupil(id).and_then(|pupil| day.roll.year_of(pupil)) == year;
        let mut open: Vec<Late> = lates(day, context.session())
            .into_iter()
            .filter(|late| self.read.contains(&(late.pupil, late.session)))
            .filter(|late| year.is_none() || in_year(late.pupil))
            .filter(|late| !following(day, late).has(LateStep::Reported))
            .collect();
        let first = open.iter().map(|late| late.session).min();
        self.more = open.iter().any(|late| Some(late.session) != first);
        open.retain(|late| Some(late.session) == first);
        self.open = open;
    }

    fn is_over(&mut self, _: &Receipt) -> bool {
        self.went_on = self.more;
        !self.more
    }

    fn went_on(&self) -> bool {
        self.went_on
    }

    fn confirm(&mut self) {
        self.went_on = false;
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        let Some(session) = self.session() else {
            let text = "Every late shown has been told already.";
            canvas.line(area, 0).text(text, theme.dim);
            return None;
        };
        let lates = if self.open.len() == 1 { "late" } else { "lates" };
        let text = format!("{} {session} {lates} not told yet; all are recorded as told now:", self.open.len());
        canvas.line(area, 0).text(&text, theme.title);
        let room = usize::from(area.height.saturating_sub(ABOVE));
        let shown = if self.open.len() > room { room.saturating_sub(1) } else { room };
        for (row, late) in self.open.iter().take(shown).enumerate() {
            let mut line = canvas.line(area, row + usize::from(ABOVE));
            if let Some(pupil) = context.pupil(late.pupil) {
                line.skip(2).name(&context.roll().name_with_group(pupil), 40, theme.plain).skip(1);
            }
            line.column(&in_column(Some(late.mark)), 6, theme.plain);
            line.text(late.reason.as_deref().unwrap_or(theme.symbols.none), theme.plain);
        }
        let left = self.open.len().saturating_sub(shown);
        canvas.line(area, shown + usize::from(ABOVE)).skip(2).more(left);
        None
    }

    fn hints(&self) -> Vec<Hint> {
        let save = (!self.open.is_empty()).then(|| self.typing.hint(Action::Save, "they are told"));
        save.into_iter().chain([self.typing.hint(Action::Close, "close")]).collect()
    }
}
