//! Where everything stands, at any size.

use ratatui::layout::Rect;

use crate::screen::widgets::pane::{Column, PaneView};

/// The least size at which all panes are shown at once.
const ALL_PANES: (u16, u16) = (100, 24);

/// Where everything stands. An area of no height is not drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Where and when we are.
    pub title: Rect,
    /// The panes as tabs, when one fills the screen.
    pub tabs: Rect,
    /// The panes, in their order; only one has room when there are tabs.
    pub panes: Panes,
    /// What was just done.
    pub status: Rect,
    /// The keys that work here.
    pub footer: Rect,
}

/// The panes' places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Panes {
    /// All at once.
    All(Vec<Rect>),
    /// One at a time.
    One(Rect),
}

/// Lay out a screen of this area, its panes in these columns, or only one where there is little room. What matters least goes first as it shrinks: footer, tabs, title, status.
pub fn layout(area: Rect, view: PaneView, columns: &[Column]) -> Layout {
    let all = view == PaneView::All && area.width >= ALL_PANES.0 && area.height >= ALL_PANES.1;
    let mut left = area;
    let mut take = |wanted: bool, at_top: bool| {
        if !wanted {
            return Rect { height: 0, ..left };
        }
        let y = if at_top { left.y } else { left.bottom().saturating_sub(1) };
        let line = Rect { y, height: 1, ..left };
        left.height -= 1;
        if at_top {
            left.y += 1;
        }
        line
    };
    let title = take(area.height >= 4, true);
    let tabs = take(!all && area.height >= 5, true);
    let footer = take(area.height >= 6, false);
    let status = take(area.height >= 3, false);
    let panes = if all { Panes::All(in_columns(left, columns)) } else { Panes::One(left) };
    Layout { title, tabs, panes, status, footer }
}

/// The panes' places, each in its column; of several in one column the first has a little less than its share.
fn in_columns(area: Rect, columns: &[Column]) -> Vec<Rect> {
    let share = area.width.min(1000);
    let side = (share * 32 / 100).min(48);
    let right = (share * 22 / 100).clamp(22, 60);
    let middle = area.width - side - right;
    let [mut left, mut between, mut last] = [
        Rect { width: side, ..area },
        Rect { x: area.x + side, width: middle, ..area },
        Rect { x: area.x + side + middle, width: right, ..area },
    ];
    let below =
        |place: usize| columns.iter().skip(place + 1).filter(|column| columns.get(place) == Some(column)).count();
    let place = |(place, column): (usize, &Column)| {
        let room = match column {
            Column::Left => &mut left,
            Column::Middle => &mut between,
            Column::Right => &mut last,
        };
        let height = match u16::try_from(below(place)).unwrap_or(0) {
            0 => room.height,
            more => u16::try_from(u32::from(room.height) * 9 / (10 * u32::from(more + 1))).unwrap_or(room.height),
        };
        let pane = Rect { height, ..*room };
        (room.y, room.height) = (room.y + height, room.height - height);
        pane
    };
    columns.iter().enumerate().map(place).collect()
}

/// A dialog's place: in the middle, no larger than the area.
pub fn dialog(area: Rect, wanted: (u16, u16)) -> Rect {
    let width = wanted.0.saturating_add(4).min(area.width);
    let height = wanted.1.saturating_add(2).min(area.height);
    Rect { x: area.x + (area.width - width) / 2, y: area.y + (area.height - height) / 2, width, height }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_overlaps_or_leaves_the_screen_at_any_size() {
        for width in 0..=160 {
            for height in 0..=60 {
                let area = Rect { x: 0, y: 0, width, height };
                let laid = layout(area, PaneView::All, &[Column::Left, Column::Middle, Column::Left, Column::Right]);
                let panes = match laid.panes {
                    Panes::All(all) => all,
                    Panes::One(one) => vec![one],
                };
                let all: Vec<Rect> =
                    [laid.title, laid.tabs, laid.status, laid.footer].into_iter().chain(panes).collect();
                let covered: u32 = all.iter().map(|one| u32::from(one.width) * u32::from(one.height)).sum();
                assert_eq!(covered, u32::from(width) * u32::from(height), "{width}x{height}");
                for (place, one) in all.iter().enumerate() {
                    assert_eq!(one.intersection(area), *one, "{width}x{height}");
                    assert!(
                        all.iter().skip(place + 1).all(|other| one.intersection(*other).is_empty()),
                        "{width}x{height}"
                    );
                }
                assert_eq!(dialog(area, (70, 20)).intersection(area), dialog(area, (70, 20)));
            }
        }
    }
}
