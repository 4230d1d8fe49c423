//! What dialogs about several marked rows share: who they are, and drawn.

use ratatui::layout::Rect;

use super::canvas::Canvas;
use crate::domain::calendar::session::SessionDate;
use crate::domain::people::pupil::PupilId;

/// The marked rows: each pupil, and about which session.
pub type Marked = Vec<(PupilId, SessionDate)>;

/// Draw who they are, a line each, `beside` each what it says; how many more there are where the room ends.
pub fn draw_pupils(rows: &[PupilId], area: Rect, canvas: &mut Canvas<'_>, beside: impl Fn(usize) -> String) {
    let Canvas { context, theme, .. } = *canvas;
    let room = usize::from(area.height);
    let shown = if rows.len() > room { room.saturating_sub(1) } else { rows.len() };
    for (place, id) in rows.iter().take(shown).enumerate() {
        let mut line = canvas.line(area, place);
        if let Some(pupil) = context.pupil(*id) {
            let name = line.room().saturating_sub(2 + 20).max(8);
            line.skip(2).name(&context.roll().name_with_group(pupil), name, theme.plain).skip(1);
        }
        line.text(&beside(place), theme.plain);
    }
    canvas.line(area, shown).skip(2).more(rows.len().saturating_sub(shown));
}
