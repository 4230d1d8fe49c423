//! Contradictions and searches: one key accepts the proposal. Global keys act on the chosen pupil.

use ratatui::layout::{Constraint, Layout, Position, Rect};

use crate::domain::act::Receipt;
use crate::domain::act_id::ActId;
use crate::domain::calendar::duration::duration;
use crate::domain::calendar::session::{Session, minutes_between};
use crate::domain::checks::{Check, checks};
use crate::domain::facts::contradiction::ContradictionKind;
use crate::domain::facts::search::Search;
use crate::domain::people::pupil::{PupilId, Tier};
use crate::keys::{Key, Keymap};
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::theme::Theme;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::dialog::{Dialog, Hint, SharedTyping};
use crate::screen::widgets::field::Field;
use crate::screen::widgets::list::{self, List};
use crate::screen::widgets::question::Question;
use crate::screen::widgets::sheet::Sheet;
use crate::screen::widgets::text::{Line, wrapped};

crate::actions! {
    /// What keys mean among the checks.
    pub Action in "checks" {
        Accept "accept" "do what is proposed" records;
        Search "search" "look for the pupil instead";
        Decide "decide" "leave the mark, and say why";
        Close "close" "close";
    }
}

/// Lines of the screen kept for the chosen row's evidence.
const DETAIL: u16 = 8;

/// Columns of what kind of contradiction it is: the longest in full, so that nothing is cut.
const KIND: u16 = 31;

/// A row: a search that goes on, or a contradiction.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Row {
    Search(ActId, PupilId),
    Check(PupilId, Session, ContradictionKind),
}

/// What contradicts.
pub struct Checks {
    keys: Keymap<Action>,
    typing: SharedTyping,
    list: List<Row>,
    found: Vec<Check>,
    /// Why one is left as it is, while that is being typed.
    deciding: Question<Row>,
    /// The next change of the day is our own act's.
    is_own: bool,
}

impl Checks {
    /// As the day stands.
    pub fn new(keys: Keymap<Action>, typing: SharedTyping, context: &ViewContext) -> Checks {
        let (list, found) = (List::default(), Vec::new());
        let mut dialog = Checks { keys, typing, list, found, deciding: Question::default(), is_own: false };
        dialog.refresh(context);
        dialog
    }

    fn check(&self, row: Row) -> Option<&Check> {
        self.found.iter().find(|check| row == of(check))
    }

    fn chosen(&self) -> Option<&Check> {
        self.check(self.list.chosen()?)
    }

    fn handle_reason(&mut self, key: Key, context: &ViewContext) -> Option<Outcome> {
        let found = &self.found;
        self.deciding.handle_key(key, &self.typing, |row, reason| {
            let check = found.iter().find(|check| of(check) == *row);
            check.map_or(Outcome::Nothing, |check| Outcome::Do(check.decide(&context.day, reason)))
        })
    }

    fn handle_action(&mut self, action: Action, context: &ViewContext) -> Outcome {
        match (action, self.list.chosen(), self.chosen()) {
            (Action::Close, ..) => Outcome::Close,
            (_, None, _) => Outcome::Notice("Choose a row first.".to_owned()),
            (Action::Search, Some(Row::Search(_, pupil) | Row::Check(pupil, ..)), _)
            | (Action::Accept, Some(Row::Search(_, pupil)), _) => Outcome::Open(Ask::Search(pupil)),
            (Action::Accept, _, Some(check)) => Outcome::Do(check.act(&context.day)),
            (Action::Decide, Some(row), Some(_)) => {
                let wants = "Say what was made of it: the record must show it.";
                self.deciding.ask(row, "Why it is left as it is", wants, Field::default());
                Outcome::Nothing
            }
            _ => Outcome::Nothing,
        }
    }
}

fn of(check: &Check) -> Row {
    let (pupil, session, contradiction) = check.id();
    Row::Check(pupil, session, contradiction)
}

impl Dialog for Checks {
    fn title(&self, context: &ViewContext) -> String {
        let looked_for = context.day.searches.iter().filter(|search| search.is_open()).count();
        match (self.found.len(), looked_for) {
            (found, 0) => format!("Checks  {found}"),
            (found, looked_for) => format!("Checks  {found} · looked for {looked_for}"),
        }
    }

    fn size(&self, _: &ViewContext) -> (u16, u16) {
        (116, 34)
    }

    fn handle_key(&mut self, key: Key, context: &ViewContext) -> Outcome {
        if let Some(outcome) = self.handle_reason(key, context) {
            return outcome;
        }
        if let Some(action) = self.keys.get(key) {
            return self.handle_action(action, context);
        }
        self.list.handle_opening_key(key, &self.typing.list, |row| match row {
            Row::Search(_, pupil) => Ask::Search(pupil),
            Row::Check(pupil, ..) => Ask::Card(pupil),
        })
    }

    fn paste(&mut self, text: &str, _: &ViewContext) {
        self.deciding.paste(text);
    }

    fn refresh(&mut self, context: &ViewContext) {
        self.found = checks(&context.day, context.session(), context.time());
        let searches = context.day.searches.iter().filter(|search| search.is_open());
        let searches = searches.map(|search| Row::Search(search.act, search.pupil));
        let rows: Vec<Row> = searches.chain(self.found.iter().map(of)).collect();
        let is_own = std::mem::take(&mut self.is_own);
        self.list.refresh(rows, |_| is_own);
        // What was being decided upon may be gone by another's hand.
        if self.deciding.of().is_some_and(|row| self.check(*row).is_none()) {
            self.deciding.drop_it();
        }
    }

    fn is_over(&mut self, _: &Receipt) -> bool {
        self.is_own = true;
        self.deciding.drop_it();
        false
    }

    fn pupil(&self) -> Option<PupilId> {
        match self.list.chosen()? {
            Row::Search(_, pupil) | Row::Check(pupil, ..) => Some(pupil),
        }
    }

    fn accepts_global_keys(&self) -> bool {
        !self.deciding.is_open()
    }

    fn sheet(&self) -> Option<Sheet> {
        self.accepts_global_keys().then(|| Sheet::of(None, "list of checks"))
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        if self.list.is_empty() {
            canvas.line(area, 0).text("Nothing contradicts.", theme.dim);
            return None;
        }
        let below = DETAIL.min(area.height / 2);
        let [above, detail] = Layout::vertical([Constraint::Fill(1), Constraint::Length(below)]).areas(area);
        self.list.draw(above, canvas, |mut row| {
            let style = row.style;
            match row.id {
                Row::Search(act, pupil) => {
                    let search = context.day.searches.iter().find(|search| search.act == act);
                    draw_search(&mut row.line, pupil, search, context, theme, style);
                }
                Row::Check(..) => {
                    if let Some(check) = self.check(row.id) {
                        draw_check(&mut row.line, check, context, theme, style);
                    }
                }
            }
        });
        self.draw_detail(detail, canvas)
    }

    fn hints(&self) -> Vec<Hint> {
        if self.deciding.is_open() {
            return self.deciding.hints(&self.typing, "leave the mark", "back");
        }
        let hint = |action, does: &str| self.keys.hint(action, does);
        let open = self.typing.list.hint(list::Action::Open, "open");
        let mut hints = Vec::new();
        if self.chosen().is_some() {
            hints.extend([hint(Action::Accept, "do it"), hint(Action::Decide, "leave the mark")]);
        }
        hints.extend([hint(Action::Search, "search"), open, hint(Action::Close, "close")]);
        hints
    }
}

impl Checks {
    fn draw_detail(&self, area: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
        let Canvas { context, theme, .. } = *canvas;
        let rule = if theme.ascii { "-" } else { "─" };
        canvas.line(area, 0).text(&rule.repeat(area.width.into()), theme.border);
        let last = usize::from(area.height.saturating_sub(1));
        if self.deciding.is_open() {
            return self.deciding.draw(area.rows().next_back()?, 0, theme.title, canvas);
        }
        let lines: Vec<String> = match self.list.chosen()? {
            Row::Search(act, _) => {
                context.day.searches.iter().find(|search| search.act == act).map(Search::lines).unwrap_or_default()
            }
            row @ Row::Check(..) => self.check(row).map(|check| check.evidence.clone()).unwrap_or_default(),
        };
        // The newest evidence is what contradicts: the oldest goes first where there is no room.
        let room = last.saturating_sub(2);
        for (row, text) in lines.iter().skip(lines.len().saturating_sub(room)).enumerate() {
            canvas.line(area, row + 1).skip(1).text(text, theme.plain);
        }
        if let Some(check) = self.chosen() {
            let key = self.keys.first_key(Action::Accept).unwrap_or_default();
            let mut line = canvas.line(area, last.saturating_sub(1));
            line.text(&key, theme.key).skip(1);
            // What is too long for one line goes on in the next.
            let mut text = wrapped(&check.proposed.describe(), line.room(), 2).into_iter();
            line.text(&text.next().unwrap_or_default(), theme.title);
            if let Some(rest) = text.next() {
                line.text(" ", theme.title);
                canvas.line(area, last).skip(2).text(&rest, theme.title);
            }
        }
        None
    }
}

fn draw_search(
    line: &mut Line<'_>,
    pupil: PupilId,
    search: Option<&Search>,
    context: &ViewContext,
    theme: &Theme,
    style: ratatui::style::Style,
) {
    let since = search.map_or(0, |search| minutes_between(search.opened.time(), context.time()));
    let word = search.map_or("", Search::last_word);
    who(line, pupil, context, theme, style);
    line.column(&format!("LOOKED FOR {}", duration(since, " min")), KIND, style.patch(theme.overdue))
        .skip(1)
        .text(word, style);
}

fn draw_check(line: &mut Line<'_>, check: &Check, context: &ViewContext, theme: &Theme, style: ratatui::style::Style) {
    who(line, check.pupil, context, theme, style);
    let grave = check.contradiction == ContradictionKind::PresentThenMissing;
    let kind = if grave { style.patch(theme.overdue) } else { style };
    line.column(check.contradiction.describe(), KIND, kind).skip(1).column(check.session.as_str(), 3, style);
    line.text(&check.in_short(), style);
}

fn who(line: &mut Line<'_>, pupil: PupilId, context: &ViewContext, theme: &Theme, style: ratatui::style::Style) {
    let Some(pupil) = context.pupil(pupil) else { return };
    let name = if line.room() > 100 { 24 } else { 18 };
    let symbol = if pupil.tier() == Tier::Vulnerable { theme.symbols.vulnerable } else { "" };
    line.column(symbol, 2, style).name(&context.roll().name_in_group(pupil), name, style).skip(1);
    line.column(context.roll().group_name(pupil), 5, style).skip(1);
}
