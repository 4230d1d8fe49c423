//! Where everything stands, at any size.

use ratatui::layout::Rect;

use crate::screen::widgets::pane::{Amount, Column, PaneView};

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

/// A pane's share of the space: its column, and how much it holds.
pub type Share = (Column, Amount);

/// Lay out a screen of this area, its panes by their shares, or only one where there is little room. What matters least goes first as
/// it shrinks: footer, tabs, title, status.
pub fn layout(area: Rect, view: PaneView, shares: &[Share]) -> Layout {
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
    let panes = if all { Panes::All(in_columns(left, shares)) } else { Panes::One(left) };
    Layout { title, tabs, panes, status, footer }
}

/// Lines of a pane of which little is in it, its border among them: what an empty one says, and few rows with what is said below them.
const EMPTY: u16 = 4;
const FEW: u16 = Amount::FEW + 4;

/// The panes' places, each in its column.
fn in_columns(area: Rect, shares: &[Share]) -> Vec<Rect> {
    let holds = |column| {
        let amounts = shares.iter().filter(|(one, _)| *one == column).map(|(_, amount)| *amount);
        amounts.max().unwrap_or(Amount::None)
    };
    // What the middle does not need is the others'.
    let more = if holds(Column::Middle) == Amount::None { 6 } else { 0 };
    let of_width = |percent: u16| area.width.min(1000) * percent / 100;
    let of_side = if holds(Column::Left) == Amount::None { 24 } else { 32 };
    let of_right = if holds(Column::Right) == Amount::None { 16 } else { 20 };
    let side = of_width(of_side + more).min(48);
    let right = of_width(of_right + more).clamp(22, 60);
    let middle = area.width - side - right;
    let [mut left, mut between, mut last] = [
        Rect { width: side, ..area },
        Rect { x: area.x + side, width: middle, ..area },
        Rect { x: area.x + side + middle, width: right, ..area },
    ];
    let place = |(place, (column, amount)): (usize, &Share)| {
        let room = match column {
            Column::Left => &mut left,
            Column::Middle => &mut between,
            Column::Right => &mut last,
        };
        let below = shares.iter().skip(place + 1).filter(|(one, _)| one == column).map(|(_, amount)| *amount);
        let height = height(room.height, *amount, &below.collect::<Vec<_>>());
        let pane = Rect { height, ..*room };
        (room.y, room.height) = (room.y + height, room.height - height);
        pane
    };
    shares.iter().enumerate().map(place).collect()
}

/// Lines for a pane that holds so much, of those that are left for it and the panes `below` it. Of two that hold as much the first has
/// a little less.
fn height(room: u16, amount: Amount, below: &[Amount]) -> u16 {
    let parts = u32::try_from(below.len()).unwrap_or(0) + 1;
    let even = |of: u32| u16::try_from(u32::from(room) * of / (10 * parts)).unwrap_or(room);
    let needs = |amount| match amount {
        Amount::None => EMPTY,
        Amount::Few => FEW,
        Amount::Many => room,
    };
    match below.iter().copied().max() {
        None => room,
        Some(most) if most > amount => needs(amount).min(even(9)),
        Some(most) if most < amount => room - needs(most).min(even(10)),
        Some(_) => even(9),
    }
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

    const AMOUNTS: [Amount; 3] = [Amount::None, Amount::Few, Amount::Many];

    fn shares(amounts: [Amount; 4]) -> [Share; 4] {
        let [registers, unexplained, lateness, watch] = amounts;
        let left = |amount| (Column::Left, amount);
        [left(registers), (Column::Middle, unexplained), left(lateness), (Column::Right, watch)]
    }

    fn all_panes(amounts: [Amount; 4], width: u16, height: u16) -> Vec<Rect> {
        match layout(Rect { x: 0, y: 0, width, height }, PaneView::All, &shares(amounts)).panes {
            Panes::All(all) => all,
            Panes::One(one) => vec![one],
        }
    }

    #[test]
    fn nothing_overlaps_or_leaves_the_screen_at_any_size_whatever_the_panes_hold() {
        for (width, height) in (0..=160).flat_map(|width| (0..=60).map(move |height| (width, height))) {
            let area = Rect { x: 0, y: 0, width, height };
            // Nine of the 81 ways to hold something, another nine at the next size.
            for way in (usize::from(width + height) % 9..81).step_by(9) {
                let amounts = [27, 9, 3, 1].map(|step| AMOUNTS[way / step % 3]);
                let laid = layout(area, PaneView::All, &shares(amounts));
                let panes = all_panes(amounts, width, height);
                let all: Vec<Rect> =
                    [laid.title, laid.tabs, laid.status, laid.footer].into_iter().chain(panes).collect();
                let covered: u32 = all.iter().map(|one| u32::from(one.width) * u32::from(one.height)).sum();
                assert_eq!(covered, u32::from(width) * u32::from(height), "{width}x{height}");
                for (place, one) in all.iter().enumerate() {
                    assert_eq!(one.intersection(area), *one, "{width}x{height}");
                    assert!(
                        all.iter().skip(place + 1).all(|other| one.intersection(*other).is_empty()),
                        "{width}x{height} {amounts:?}"
                    );
                }
            }
            assert_eq!(dialog(area, (70, 20)).intersection(area), dialog(area, (70, 20)));
        }
    }

    #[test]
    fn a_pane_with_little_gives_what_it_does_not_need_to_one_with_much() {
        use Amount::{Few, Many, None};
        let left = |above, below| {
            let all = all_panes([above, Many, below, Many], 120, 40);
            [all[0].height, all[2].height]
        };
        assert_eq!(left(Many, Many), [16, 21]);
        assert_eq!(left(None, None), left(Many, Many), "neither has more than the other");
        assert_eq!((left(None, Many), left(None, Few)), ([4, 33], [4, 33]));
        assert_eq!((left(Many, None), left(Few, None)), ([33, 4], [33, 4]));
        assert_eq!((left(Few, Many), left(Many, Few)), ([10, 27], [27, 10]));
        let widths = |amounts| all_panes(amounts, 120, 40).iter().map(|pane| pane.width).collect::<Vec<_>>();
        assert_eq!(widths([Many; 4]), [38, 58, 38, 24]);
        assert_eq!(widths([None, Many, None, Few]), [28, 68, 28, 24]);
        assert_eq!(widths([Few, Many, Many, None]), [38, 60, 38, 22]);
        assert_eq!(widths([Many, None, Many, Many]), [45, 44, 45, 31]);
    }
}
