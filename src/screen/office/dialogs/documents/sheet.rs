//! A sheet to be read: the hand-over, or a daily list for somebody else. It is as the record is, and moves with it.

use hashbrown::HashMap;
use ratatui::layout::{Position, Rect};

use crate::domain::act::disclosure::{Disclosure, Shown};
use crate::domain::act::{Act, TakeStep};
use crate::domain::day::Past;
use crate::domain::people::pupil::PupilId;
use crate::keys::{Key, Keymap};
use crate::report::handover::hand_over;
use crate::report::lists::{LOGGED, cpoms, dsl, lates, pastoral};
use crate::report::sheet::{COLUMNS, Kind, Sheet};
use crate::screen::outcome::Outcome;
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Dialog, Hint};
use crate::screen::widgets::reading::{self, Reading, TextLine};

crate::actions! {
    /// What keys mean while a text for CPOMS is read, besides those of reading.
    pub Action in "cpoms" {
        Log "log" "it is logged there now" records;
    }
}

/// Which sheet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Which {
    /// What is open.
    HandOver,
    /// For the DSL.
    Dsl,
    /// For the pastoral team.
    Pastoral,
    /// For heads of year.
    Lates,
    /// One pupil's day.
    Cpoms(PupilId),
}

/// A sheet.
pub struct SheetCard {
    reading: Reading,
    keys: Keymap<Action>,
    which: Which,
    /// What came before today, as far as it has come.
    pasts: HashMap<PupilId, Past>,
    /// As it last was; made anew when the day moves, and not for every frame.
    sheet: Option<Sheet>,
    /// That it is read here has been put down: until then it is not shown.
    put_down: bool,
}

impl SheetCard {
    /// Of this moment.
    pub fn new(
        reading: Keymap<reading::Action>,
        keys: Keymap<Action>,
        which: Which,
        pasts: HashMap<PupilId, Past>,
        context: &ViewContext,
    ) -> SheetCard {
        let sheet = made(which, context, &pasts);
        SheetCard { reading: Reading::new(reading), keys, which, pasts, sheet, put_down: false }
    }

    fn lines(&self, columns: usize, theme: &Theme) -> Vec<TextLine> {
        if !self.put_down {
            return vec![vec![("Putting down that it is read here.".to_owned(), theme.dim)]];
        }
        let Some(sheet) = &self.sheet else {
            return vec![vec![("There is no school today.".to_owned(), theme.plain)]];
        };
        let style = |kind| match kind {
            Kind::Title | Kind::Heading => theme.title,
            Kind::Text => theme.plain,
            Kind::Foot => theme.dim,
        };
        sheet.lines(columns).into_iter().map(|(kind, line)| vec![(line, style(kind))]).collect()
    }
}

fn made(which: Which, context: &ViewContext, pasts: &HashMap<PupilId, Past>) -> Option<Sheet> {
    let (day, session, now) = (&context.day, context.session(), context.time());
    if day.times.is_none() && !day.has_met() {
        return None;
    }
    Some(match which {
        Which::HandOver => hand_over(day, session, now).sheet(day, now),
        Which::Dsl => dsl::dsl(day, session, now, pasts),
        Which::Pastoral => pastoral::pastoral(day, session, now, pasts),
        Which::Lates => lates::lates(day, session, now),
        Which::Cpoms(pupil) => cpoms::cpoms(day, context.pupil(pupil)?, session, now),
    })
}

impl Dialog for SheetCard {
    fn title(&self, context: &ViewContext) -> String {
        match self.which {
            Which::HandOver => "Hand-over".to_owned(),
            Which::Dsl => "For the DSL".to_owned(),
            Which::Pastoral => "For the pastoral team".to_owned(),
            Which::Lates => "For heads of year".to_owned(),
            Which::Cpoms(pupil) => format!("For CPOMS: {}", context.roll().name_and_group(pupil)),
        }
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        let lines = self.sheet.as_ref().map_or(1, |sheet| sheet.lines(COLUMNS).len());
        (u16::try_from(COLUMNS).unwrap_or(u16::MAX), u16::try_from(lines).unwrap_or(u16::MAX))
    }

    fn heard(&mut self, key: Key, context: &ViewContext) -> Outcome {
        if let (Which::Cpoms(pupil), Some(Action::Log)) = (self.which, self.keys.get(key)) {
            let step = LOGGED.to_owned();
            return Outcome::Do(Act::TakeStep(TakeStep {
                pupils: vec![pupil],
                at: context.at(),
                step,
                words: String::new(),
            }));
        }
        match self.reading.handle_key(key) {
            Some(reading::Action::Close) => Outcome::Close,
            _ => Outcome::Nothing,
        }
    }

    fn refresh(&mut self, context: &ViewContext) {
        self.sheet = made(self.which, context, &self.pasts);
    }

    fn disclosed(&mut self, disclosure: &Disclosure, _: &ViewContext) {
        self.put_down |= disclosure.shown == Shown::Export;
    }

    fn shows_past_of(&self, context: &ViewContext) -> Vec<PupilId> {
        let wanted = match self.which {
            Which::Dsl => dsl::absent(&context.day, context.session()),
            Which::Pastoral => pastoral::absent(&context.day, context.session()),
            Which::HandOver | Which::Lates | Which::Cpoms(_) => Vec::new(),
        };
        wanted.into_iter().filter(|pupil| !self.pasts.contains_key(pupil)).collect()
    }

    fn recalled(&mut self, pupil: PupilId, past: &Past, context: &ViewContext) {
        self.pasts.insert(pupil, past.clone());
        self.refresh(context);
    }

    fn pupil(&self) -> Option<PupilId> {
        match self.which {
            Which::Cpoms(pupil) => Some(pupil),
            _ => None,
        }
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let theme = canvas.theme;
        self.reading.draw(&self.lines(area.width.into(), theme), area, canvas);
        None
    }

    fn hints(&self) -> Vec<Hint> {
        let log = matches!(self.which, Which::Cpoms(_)).then(|| self.keys.hint(Action::Log, "logged there now"));
        log.into_iter().chain(self.reading.hints()).collect()
    }
}
