//! The home visits of today, by area: who is to go, who is out and since when, who is overdue, who is back; with what is to be known before
//! anybody rings. A key each puts down that staff leave, and that they are back.

use ratatui::layout::{Constraint, Layout, Position, Rect};

use crate::domain::act::disclosure::Disclosure;
use crate::domain::act_id::ActId;
use crate::domain::calendar::any_day::named;
use crate::domain::cases::visits::{HomeVisit, Standing, home_visits};
use crate::domain::people::pupil::PupilId;
use crate::keys::{Key, Keymap};
use crate::report::visits::document;
use crate::screen::casework::CaseEntry;
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Dialog, Hint, SharedTyping};
use crate::screen::widgets::list::{self, List};
use crate::screen::widgets::reveal::{self, Reveal};
use crate::screen::widgets::sheet::Sheet;
use crate::screen::widgets::text::wrapped;

crate::actions! {
    /// What keys mean on the list of home visits.
    pub Action in "visits" {
        Out "out" "staff leave for the visit" | "go home visit left";
        Back "back" "staff are back from the visit, and what they found" | "return seen spoken cpoms";
        Close "close" "close";
    }
}

/// Lines below the list for the chosen visit.
const DETAIL: u16 = 9;
/// Columns of the area and of the name.
const AREA: u16 = 6;
const NAME: u16 = 28;

/// Today's home visits.
pub struct Visits {
    keys: Keymap<Action>,
    typing: SharedTyping,
    rows: Vec<HomeVisit>,
    list: List<(PupilId, Option<ActId>)>,
    reveal: Reveal,
}

impl Visits {
    /// As the record stands, with the addresses masked.
    pub fn new(keys: (Keymap<Action>, Keymap<reveal::Action>), typing: SharedTyping, context: &ViewContext) -> Visits {
        let reveal = Reveal::new(keys.1, None, "addresses, on the list of home visits");
        let mut dialog = Visits { keys: keys.0, typing, rows: Vec::new(), list: List::default(), reveal };
        dialog.refresh(context);
        dialog.list.choose(0);
        dialog
    }

    fn chosen(&self) -> Option<&HomeVisit> {
        let chosen = self.list.chosen()?;
        self.rows.iter().find(|row| (row.pupil, row.act) == chosen)
    }

    fn address(&self, one: &HomeVisit, theme: &Theme) -> String {
        match &one.address {
            Some(address) => self.reveal.private(address, theme),
            None => "no address is held".to_owned(),
        }
    }

    /// The form by which the chosen visit goes on, or why there is none.
    fn entry(&self, action: Action) -> Result<CaseEntry, &'static str> {
        let Some(one) = self.chosen() else { return Err("No visit is chosen.") };
        match (action, &one.standing) {
            (Action::Out, Standing::ToGo { .. } | Standing::Back { .. }) => Ok(CaseEntry::Visit),
            (Action::Out, Standing::Out { .. }) => Err("They are out already."),
            (_, Standing::Out { .. }) => Ok(CaseEntry::VisitReturn),
            (_, Standing::ToGo { .. }) => Err("They have not left yet."),
            (_, Standing::Back { .. }) => Err("They are back already."),
        }
    }

    fn detail(&self, one: &HomeVisit, theme: &Theme, context: &ViewContext) -> Vec<String> {
        let last = match &one.last_contact {
            Some((on, what)) => format!("Last contact: {}, {what}", named(*on, context.now.date())),
            None => "Last contact: none in the case file".to_owned(),
        };
        let more = |what: &str, text: &str| (!text.is_empty()).then(|| format!("{what}: {text}"));
        let found = [
            Some(one.describe(context.now)),
            Some(format!("Lives at: {}", self.address(one, theme))),
            more("For", &one.why),
            more("To know", &one.to_know),
            Some(last),
            one.two_go.map(str::to_owned),
        ];
        found.into_iter().flatten().collect()
    }
}

impl Dialog for Visits {
    fn title(&self, context: &ViewContext) -> String {
        let of = |is: fn(&HomeVisit) -> bool| self.rows.iter().filter(|row| is(row)).count();
        let out = of(|row| matches!(row.standing, Standing::Out { .. }));
        let to_go = of(|row| matches!(row.standing, Standing::ToGo { .. }));
        let overdue = self.rows.iter().filter(|row| row.is_overdue(context.now)).count();
        format!("Home visits  {to_go} to go  {out} out  {overdue} overdue")
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (116, u16::try_from(self.rows.len()).unwrap_or(u16::MAX).saturating_add(DETAIL + 1).max(14))
    }

    fn handle_key(&mut self, key: Key, _: &ViewContext) -> Outcome {
        match self.keys.get(key) {
            Some(Action::Close) => return Outcome::Close,
            Some(action) => {
                return match (self.entry(action), self.list.chosen()) {
                    (Ok(entry), Some((pupil, _))) => Outcome::Open(Ask::CaseEntry(pupil, entry)),
                    (Err(why), _) => Outcome::Notice(why.to_owned()),
                    (Ok(_), None) => Outcome::Nothing,
                };
            }
            None => {}
        }
        if self.reveal.handle_key(key) == Some(reveal::Action::Show) {
            return self.reveal.ask();
        }
        self.list.handle_opening_key(key, &self.typing.list, |(pupil, _)| Ask::Case(pupil))
    }

    fn refresh(&mut self, context: &ViewContext) {
        let day = &context.day;
        self.rows = home_visits(&day.caseload(), &day.case_files, context.roll(), context.now);
        let before = self.list.chosen();
        self.list.refresh(self.rows.iter().map(|row| (row.pupil, row.act)).collect(), |_| false);
        // Whoever was to go has left: that is the same visit.
        let is_same = |row: &&HomeVisit| before.is_some_and(|(pupil, _)| pupil == row.pupil);
        if self.list.chosen().is_none()
            && let Some(row) = self.rows.iter().filter(is_same).max_by_key(|row| row.act)
        {
            self.list.choose_id((row.pupil, row.act));
        }
    }

    fn is_returned_to(&self) -> bool {
        true
    }

    fn disclosed(&mut self, disclosure: &Disclosure, _: &ViewContext) {
        self.reveal.disclosed(disclosure);
    }

    fn pupil(&self) -> Option<PupilId> {
        self.list.chosen().map(|(pupil, _)| pupil)
    }

    fn accepts_global_keys(&self) -> bool {
        true
    }

    fn sheet(&self) -> Option<Sheet> {
        Some(Sheet::of(None, "list of home visits"))
    }

    fn paper(&self, context: &ViewContext) -> Option<String> {
        let shown = |one: &HomeVisit| one.address.as_ref().filter(|_| self.reveal.is_shown()).cloned();
        Some(document(&self.rows, shown, context.roll(), context.now).text())
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        let detail = DETAIL.min(area.height * 2 / 3);
        let [above, below] = Layout::vertical([Constraint::Fill(1), Constraint::Length(detail)]).areas(area);
        if self.rows.is_empty() {
            let none = "No visit is to be made today, and nobody is out. A next step that says “visit” stands here on its day.";
            for (row, line) in wrapped(none, area.width, 3).iter().enumerate() {
                canvas.line(above, row).text(line, theme.dim);
            }
            return None;
        }
        self.list.draw(above, canvas, |mut row| {
            let one = self.rows.iter().find(|one| (one.pupil, one.act) == row.id);
            let Some((one, pupil)) = one.and_then(|one| Some((one, context.pupil(one.pupil)?))) else { return };
            let state = if one.is_overdue(context.now) && !row.chosen { theme.overdue } else { row.style };
            row.line
                .bar(if one.area.is_empty() { "-" } else { &one.area }, AREA, row.style)
                .bar_name(&context.roll().name_with_group(pupil), NAME, row.style)
                .text(&format!("{}  {}", one.describe(context.now), one.why), state);
        });
        if let Some(one) = self.chosen() {
            let lines = self.detail(one, theme, context).into_iter().flat_map(|text| wrapped(&text, below.width, 2));
            for (row, line) in lines.enumerate() {
                let style = if row == 0 { theme.title } else { theme.plain };
                canvas.line(below, row + 1).text(&line, style);
            }
        }
        None
    }

    fn hints(&self) -> Vec<Hint> {
        let close = self.keys.hint(Action::Close, "close");
        if self.rows.is_empty() {
            return vec![close];
        }
        let open = self.typing.list.hint(list::Action::Open, "the case");
        let own = self.keys.hints(&[(Action::Out, "they leave"), (Action::Back, "they are back")]);
        let addresses = self.reveal.key().filter(|_| !self.reveal.is_shown()).map(|key| (key, "addresses".to_owned()));
        [close, open].into_iter().chain(own).chain(addresses).collect()
    }
}
