//! The picture: title, panes or tabs, status, footer, and the dialog over them.

use ratatui::buffer::Buffer;
use ratatui::layout::{Margin, Position, Rect};
use ratatui::style::Style;
use ratatui::text::Span;
use ratatui::widgets::{Block, Clear, Widget};

use super::empty;
use super::layout::{Layout, Panes, dialog, layout};
use crate::report::document::thousands;
use crate::screen::app::App;
use crate::screen::global_keys;
use crate::screen::widgets::canvas::{Canvas, Unseen};
use crate::screen::widgets::pane::Pane;
use crate::screen::widgets::text::{Line, width};

/// Columns beside a dialog in which what lies under it can still be read.
const LEAST_BESIDE: u16 = 20;

impl App {
    /// Draw everything as it is now; where the cursor stands, if anywhere. `shown` is the frame drawn before, if it is still shown.
    pub fn draw(&self, buffer: &mut Buffer, shown: Option<&Buffer>) -> Option<Position> {
        let is_work = self.privacy.shown.is_work();
        let shown = shown.filter(|_| self.has_only_moved.replace(is_work));
        if !is_work {
            return self.draw_hidden(buffer);
        }
        let area = buffer.area;
        let office = self.shown_office();
        self.draw_in(&layout(area, office.view(), &office.shares()), shown, area, buffer)
    }

    /// Nothing of the work is drawn beneath: what is not drawn cannot be seen.
    fn draw_hidden(&self, buffer: &mut Buffer) -> Option<Position> {
        let leaves =
            self.keymaps.global.keys(global_keys::Action::Quit).into_iter().find(|key| key.chars().count() > 1);
        let leaves = leaves.unwrap_or_default();
        let about = (&self.context, &*self.keymaps.office.typing, leaves.as_str());
        self.privacy.shown.draw(buffer.area, buffer, about, &self.officer.name, &self.theme)
    }

    fn draw_in(&self, laid: &Layout, shown: Option<&Buffer>, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        // At the gate others read the screen: nothing of the office's is behind it, nor what waits there.
        let at_gate = self.is_at_gate();
        match self.told_of_another() {
            Some(told) => self.draw_title_of_another(laid.title, &told, buffer),
            None => self.draw_title(laid.title, matches!(laid.panes, Panes::All(_)) && !at_gate, buffer),
        }
        match &laid.panes {
            _ if at_gate => {}
            Panes::All(places) => {
                for ((number, (pane, focused)), place) in (1..).zip(self.shown_office().panes()).zip(places) {
                    match shown.filter(|_| !focused) {
                        Some(shown) => copy(shown, *place, buffer),
                        None => self.draw_pane((number, pane, focused), *place, buffer),
                    }
                }
            }
            Panes::One(place) => {
                let focused = self.shown_office().focused();
                let unseen = focused.map(|pane| self.draw_contents(pane, (true, true), *place, buffer));
                self.draw_tabs(laid.tabs, unseen.unwrap_or_default(), buffer);
            }
        }
        let below_title =
            Rect { y: laid.title.bottom(), height: laid.status.y.saturating_sub(laid.title.bottom()), ..area };
        let place = if below_title.height >= 3 { below_title } else { area };
        let cursor = if self.is_typing_at_gate() {
            self.gate.draw(place, buffer, (&self.context, self.unsaved_at_gate()), &self.theme)
        } else {
            self.draw_dialog(place, buffer)
        };
        // After the dialog: what was refused is read whole, even where it takes a second line.
        self.draw_status(laid.status, buffer);
        self.draw_footer(laid.footer, buffer);
        cursor
    }

    fn draw_title(&self, area: Rect, four: bool, buffer: &mut Buffer) {
        let context = &self.context;
        let theme = &self.theme;
        let name = if self.demo { " firstbell DEMO " } else { " firstbell " };
        let date = context.now.format("%a %-d %b").to_string();
        let session = match (context.times(), context.session()) {
            (None, _) => "no school".to_owned(),
            (Some(times), session) if context.time() < times.opens => {
                format!("{session} opens {}", times.opens.format("%H:%M"))
            }
            (Some(times), session) if context.time() < times.closes => {
                format!("{session} open, closes {}", times.closes.format("%H:%M"))
            }
            (Some(times), session) if context.time() < times.ends => {
                format!("{session} closed {}", times.closes.format("%H:%M"))
            }
            (Some(times), session) => format!("{session} ended {}", times.ends.format("%H:%M")),
        };
        let clock = format!("{} ", context.now.format("%H:%M"));
        let who = format!("{}  ", self.officer.name);
        let mut line = Line::new(buffer, area, 0, theme);
        // The clock is never cut; then the session, the date, the school, and last who we are.
        let age = self.age().unwrap_or_default();
        let needed = width(name) + width(&date) + width(&session) + width(&age) + width(&clock) + 6;
        let spare = area.width.saturating_sub(needed);
        let school = width(&context.roll().school.name).min(spare.saturating_sub(1));
        if needed <= area.width {
            line.text(name, theme.focus);
            if school > 7 {
                line.skip(1).column(&context.roll().school.name, school, theme.title).skip(2);
            }
            line.text(&date, theme.title).skip(3);
        }
        line.text(&session, theme.plain).skip(3);
        // Where one pane fills the screen, what waits stands beside the tabs.
        if four {
            self.draw_outstanding(&mut line, width(&who).max(width(&age)) + width(&clock) + 3, true);
        }
        if !age.is_empty() {
            line.text(&age, theme.overdue);
        } else if line.room() >= width(&who) + width(&clock) {
            let others = self.others_in(line.room().saturating_sub(width(&who) + width(&clock)));
            line.at_right(&format!("{others}{who}{clock}"), theme.title);
            return;
        }
        line.at_right(&clock, theme.title);
    }

    fn draw_pane(&self, (number, pane, focused): (usize, &dyn Pane, bool), area: Rect, buffer: &mut Buffer) {
        // Under a dialog no pane handles keys.
        let focused = focused && self.open.is_none();
        let style = if focused { self.theme.focus_border } else { self.theme.border };
        let filter = pane.filter().map(|filter| format!(" {filter}")).unwrap_or_default();
        let name = format!("{}{filter}", pane.name().title);
        let count = pane.count(self.theme.symbols.between);
        let room = area.width.saturating_sub(2);
        let long = format!(" {number} {name}  {count} ");
        let close = format!(" {number} {name} {count} ");
        let tight = format!(" {number} {name} {count}");
        let short = format!(" {number} {name}  {} ", thousands(pane.len()));
        let title = [long, close, tight].into_iter().find(|title| width(title) <= room).unwrap_or(short);
        let heading = if focused { self.theme.focus } else { self.theme.plain };
        self.draw_border(area, style, buffer);
        let top = Rect { x: area.x.saturating_add(1), width: room, height: area.height.min(1), ..area };
        Line::new(buffer, top, 0, &self.theme).text(&title, on_border(heading));
        let inside = area.inner(Margin::new(1, 1));
        let unseen = self.draw_contents(pane, (focused, false), inside, buffer);
        self.draw_unseen(unseen, area, width(&title) + 1, buffer);
    }

    fn draw_contents(
        &self,
        pane: &dyn Pane,
        (focused, is_alone): (bool, bool),
        area: Rect,
        buffer: &mut Buffer,
    ) -> Unseen {
        let canvas = &mut Canvas::new(buffer, self.shown(), &self.theme);
        if self.context.roll().pupils.is_empty() {
            empty::draw(pane.column(), is_alone, area, canvas);
            return canvas.unseen;
        }
        canvas.focused = focused && self.open.is_none();
        pane.draw(area, canvas);
        canvas.unseen
    }

    /// On a frame, behind its title and at its foot, how many rows are above those that are seen, and below; both at its foot where
    /// the title leaves no room.
    fn draw_unseen(&self, unseen: Unseen, area: Rect, title: u16, buffer: &mut Buffer) {
        let [above, below] = unseen.describe(&self.theme);
        let fits = |text: &str, taken: u16| width(text) + 2 <= area.width.saturating_sub(taken + 2);
        let [above, below] = match fits(&above, title) {
            true => [above, below],
            false => [String::new(), format!("{above} {below}").trim().to_owned()],
        };
        for (text, y) in [above, below].iter().zip([area.y, area.bottom().saturating_sub(1)]) {
            if !text.is_empty() && fits(text, 0) {
                let columns = width(text) + 2;
                let x = area.right().saturating_sub(columns + 1);
                let place = Rect { x, y, width: columns, height: 1 };
                Line::new(buffer, place, 0, &self.theme).text(&format!(" {text} "), on_border(self.theme.plain));
            }
        }
    }

    /// ` 1 Registers 4! | 2 Unexplained 23! | 3 Lates 7 | 4 Watch 9* `; short names when there is little room. `!` says that
    /// something there is overdue, `*` that something has changed,
    /// and a year group that only its lates are shown.
    fn draw_tabs(&self, area: Rect, unseen: Unseen, buffer: &mut Buffer) {
        let tab = |(number, (pane, focused)): (usize, (&dyn Pane, bool))| {
            let name = pane.name();
            let [long, short] =
                [name.tab, name.short].map(|name| format!(" {number} {name} {}", thousands(pane.len())));
            (long, short, pane.tab_mark(), focused)
        };
        let tabs: Vec<_> = (1..).zip(self.shown_office().panes()).map(tab).collect();
        let needed: u16 = tabs.iter().map(|(long, _, mark, _)| width(long) + width(mark) + 2).sum();
        let is_long = needed <= area.width + 1;
        let mut line = Line::new(buffer, area, 0, &self.theme);
        for (long, short, mark, focused) in tabs {
            let text = if is_long { long } else { short };
            let style = if focused { self.theme.chosen } else { self.theme.plain };
            if line.room() > width(&text) + width(&mark) {
                line.text(&text, style).text(&mark, style.patch(self.theme.overdue)).text(" ", style);
                line.skip(u16::from(is_long));
            }
        }
        let unseen = unseen.describe(&self.theme).concat().replace(' ', "");
        // As wide at the list's ends as in its middle, so that moving takes nothing away; a blank parts it, of two that are left already.
        let kept = if unseen.is_empty() { 0 } else { width(&unseen).max(6) - 1 };
        if self.told_of_another().is_none() {
            self.draw_outstanding(line.skip(1), kept, false);
        }
        if line.room() + 1 >= width(&unseen) {
            Line::new(buffer, area, 0, &self.theme).at_right(&unseen, self.theme.plain);
        }
    }

    fn draw_dialog(&self, area: Rect, buffer: &mut Buffer) -> Option<Position> {
        let open = self.open.as_ref()?;
        let place = dialog(area, open.dialog.size(self.shown()));
        // Beside it nothing is left of the panes where that would be ends of words.
        let is_read_beside = place.x - area.x >= LEAST_BESIDE;
        let cleared = if is_read_beside { place } else { Rect { x: area.x, width: area.width, ..place } };
        Clear.render(cleared, buffer);
        let room = usize::from(place.width.saturating_sub(4));
        // Of which day it is stands first: what is cut is its end.
        let day = self.name_of_another().filter(|_| open.dialog.is_of_a_day());
        let day = day.map(|day| format!("{day}: ")).unwrap_or_default();
        let mut title = format!("{day}{}", open.dialog.title(self.shown()));
        if usize::from(width(&title)) > room {
            title = unicode_truncate::UnicodeTruncateStr::unicode_truncate(title.as_str(), room).0.to_owned();
        }
        let title_line = Span::styled(format!(" {title} "), on_border(self.theme.focus));
        let block =
            Block::bordered().border_set(self.theme.borders()).border_style(self.theme.focus_border).title(title_line);
        let inner = block.inner(place);
        block.render(place, buffer);
        let inside = Rect { x: inner.x + u16::from(inner.width > 2), width: inner.width.saturating_sub(2), ..inner };
        let taken = width(&title) + 3;
        let canvas = &mut Canvas::new(buffer, self.shown(), &self.theme);
        let cursor = open.dialog.draw(inside, canvas);
        let unseen = canvas.unseen;
        self.draw_unseen(unseen, place, taken, buffer);
        cursor
    }

    /// The edge of a pane, cell by cell: a ratatui block goes over every cell of its area, and of a pane's only the edge is its own.
    fn draw_border(&self, area: Rect, style: Style, buffer: &mut Buffer) {
        let set = self.theme.borders();
        let (right, bottom) = (area.right().saturating_sub(1), area.bottom().saturating_sub(1));
        let mut put = |x, y, symbol| {
            if let Some(cell) = buffer.cell_mut((x, y)) {
                cell.set_symbol(symbol).set_style(style);
            }
        };
        for y in area.y..bottom {
            put(area.x, y, set.vertical_left);
            put(right, y, set.vertical_right);
        }
        for x in area.x..right {
            put(x, area.y, set.horizontal_top);
            put(x, bottom, set.horizontal_bottom);
        }
        put(area.x, area.y, set.top_left);
        put(right, area.y, set.top_right);
        put(area.x, bottom, set.bottom_left);
        put(right, bottom, set.bottom_right);
    }
}

/// The style of a text that stands on a border, with nothing of the border's own.
fn on_border(style: Style) -> Style {
    Style::reset().patch(style)
}

/// Copy an area of a frame of the same size.
fn copy(shown: &Buffer, area: Rect, buffer: &mut Buffer) {
    for row in area.intersection(buffer.area).rows() {
        let Some(from) = row.positions().next().map(|first| shown.index_of(first.x, first.y)) else { continue };
        let cells = from..from + usize::from(row.width);
        if let (Some(to), Some(from)) = (buffer.content.get_mut(cells.clone()), shown.content.get(cells)) {
            to.clone_from_slice(from);
        }
    }
}
