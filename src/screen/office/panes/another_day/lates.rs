//! Who came late on another day, as today's queue has them; how each was followed through is today's affair.

use ratatui::layout::Rect;

use super::ListOfDay;
use crate::domain::act::Receipt;
use crate::domain::calendar::session::Session;
use crate::domain::code::Code;
use crate::domain::late::lateness::{Late, lates};
use crate::domain::people::pupil::PupilId;
use crate::keys::{Key, Keymap};
use crate::screen::outcome::{Ask, Outcome};
use crate::screen::view_context::{Tense, ViewContext, in_column};
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::list;
use crate::screen::widgets::pane::{Column, Pane, PaneName};

/// Columns of a time, of a tutor group, of a mark and of a reason.
const TIME: u16 = 6;
const GROUP: u16 = 6;
const MARK: u16 = 6;
const REASON: u16 = 8;
/// The least columns that a name is given.
const NAME_LEAST: u16 = 12;

/// The pane.
#[derive(Default)]
pub struct Lates {
    list: ListOfDay<(PupilId, Session)>,
    rows: Vec<Late>,
    is_ahead: bool,
}

impl Pane for Lates {
    fn name(&self) -> PaneName {
        PaneName { title: "Lates", tab: "Lates", short: "Late" }
    }

    fn column(&self) -> Column {
        Column::Left
    }

    fn refresh(&mut self, context: &ViewContext, own_receipt: Option<&Receipt>) {
        self.is_ahead = context.tense == Tense::Ahead;
        self.rows = lates(&context.day, Session::Pm);
        let ids: Vec<_> = self.rows.iter().map(|row| (row.pupil, row.session)).collect();
        let is_own = |pupil| own_receipt.is_some_and(|receipt| receipt.pupils.contains(&pupil));
        let stays = ids.clone();
        self.list.take(context.day.date, ids, |id| is_own(id.0) && !stays.contains(&id));
    }

    fn handle_key(&mut self, key: Key, _context: &ViewContext, list: &Keymap<list::Action>) -> Outcome {
        self.list.list.handle_opening_key(key, list, |(pupil, _)| Ask::Card(pupil))
    }

    fn chosen(&self) -> Option<PupilId> {
        self.list.list.chosen().map(|(pupil, _)| pupil)
    }

    fn chosen_session(&self) -> Option<Session> {
        self.list.list.chosen().map(|(_, session)| session)
    }

    fn went_on(&self) -> bool {
        self.list.list.went_on()
    }

    fn confirm(&mut self) {
        self.list.list.confirm();
    }

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn count(&self, _between: &str) -> String {
        self.rows.len().to_string()
    }

    fn draw(&self, area: Rect, canvas: &mut Canvas<'_>) {
        let Canvas { context, theme, .. } = *canvas;
        if self.rows.is_empty() {
            let text = if self.is_ahead { "Nobody has come yet." } else { "Nobody came late." };
            canvas.line(area, 0).text(text, theme.dim);
            return;
        }
        self.list.list.draw(area, canvas, |mut drawn| {
            let style = drawn.style;
            let Some(row) = self.rows.get(drawn.place) else { return };
            let Some(pupil) = context.pupil(row.pupil) else { return };
            let time = row.time.map_or_else(|| theme.symbols.none.to_owned(), |time| time.format("%H:%M").to_string());
            let spare = drawn.line.room().saturating_sub(TIME + MARK);
            let group = if spare >= NAME_LEAST + GROUP { GROUP } else { 0 };
            let reason = if spare >= NAME_LEAST + GROUP + REASON { REASON.max(spare / 3) } else { 0 };
            let name = spare.saturating_sub(group + reason);
            let said = if group > 0 { context.roll().name_in_group(pupil) } else { context.roll().telling_name(pupil) };
            let overdue = if row.mark.code == Code::U { theme.overdue } else { theme.plain };
            drawn
                .line
                .bar(&time, TIME, style)
                .bar_name(&said, name, style)
                .bar(context.roll().group_name(pupil), group, style)
                .column(&in_column(Some(row.mark)), MARK, overdue)
                .column(row.reason.as_deref().unwrap_or(theme.symbols.none), reason, theme.plain);
        });
    }
}
