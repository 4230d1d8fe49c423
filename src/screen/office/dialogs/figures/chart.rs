//! The chart of a page: absence by week with a mark where a year ago lay, weekdays as a map of shades, codes, bands of absence. Each
//! has its numbers in figures: nothing is told by a colour, or by a length alone.

use ratatui::layout::{Direction, Rect};
use ratatui::symbols::bar;
use ratatui::text::Line as Label;
use ratatui::widgets::{Bar, BarChart, BarGroup, Widget};

use super::table::Table;
use super::words::{heading_of_chart, tenths_of};
use crate::domain::calendar::session::Session;
use crate::domain::figures::Figures;
use crate::domain::figures::page::row_id::RowId;
use crate::domain::figures::page::{Page, Split};
use crate::domain::year::pattern::WEEKDAYS;
use crate::screen::theme::Theme;
use crate::screen::widgets::canvas::Canvas;
use crate::screen::widgets::text::width;

/// Codes of which a chart shows nothing: nearly every session has one.
const PRESENT: [&str; 2] = ["/", "\\"];
/// Columns of a weekday in the map, at the least and at the most; and from which on its shade is two letters wide.
const CELL: (u16, u16) = (6, 14);
const WIDE_CELL: u16 = 9;
/// Columns of the name of a half of the day.
const HALF: u16 = 4;
/// Absences so high, in tenths of a percent, have the next shade.
const SHADES: [u32; 4] = [50, 80, 100, 150];

/// A bar: its label, its length in tenths of a percent, and where its mark lies.
struct Drawn {
    label: String,
    tenths: u32,
    mark: Option<u32>,
}

/// Draw the chart of a page.
pub(super) fn draw(page: &Page, table: &Table, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    // The last band is the gravest: rather than that the heading gives way, which the tab says too.
    let is_tight = page.asked.split == Split::Bands && usize::from(area.height) <= table.rows.len();
    let heading = if is_tight { "" } else { heading_of_chart(page.asked.split) };
    canvas.line(area, 0).text(heading, theme.title);
    let below = Rect { y: area.y.saturating_add(1), height: area.height.saturating_sub(1), ..area };
    match page.asked.split {
        Split::HalfDays => heat_map(page, below, canvas),
        Split::Codes => bars(&codes(page, table), below, canvas),
        Split::Bands => bars(&bands(page, table), if is_tight { area } else { below }, canvas),
        Split::Groups | Split::Pupils | Split::Cohorts | Split::Weeks | Split::HalfTerms => {
            let weeks = weeks(page, below.height);
            let marked = weeks.iter().any(|week| week.mark.is_some());
            if marked {
                let mark = mark_of(theme);
                canvas.line(area, 0).at_right(&format!("{mark} a year ago"), theme.dim);
            }
            bars(&weeks, below, canvas);
        }
    }
}

/// The last weeks, as many as there is room for.
fn weeks(page: &Page, lines: u16) -> Vec<Drawn> {
    let first = page.weeks.len().saturating_sub(lines.into());
    let drawn = page.weeks.iter().skip(first).map(|week| {
        let monday = week.monday.format("%-d %b").to_string();
        let ago = week.year_ago.as_ref().map(|ago| format!(" ({})", absent(ago))).unwrap_or_default();
        Drawn {
            label: format!("{monday:<6} {:>5}{ago:<7}", absent(&week.figures)),
            tenths: week.figures.absence_tenths().unwrap_or_default(),
            mark: week.year_ago.and_then(|ago| ago.absence_tenths()),
        }
    });
    drawn.collect()
}

/// Sessions by code, the most first.
fn codes(page: &Page, table: &Table) -> Vec<Drawn> {
    let all: u32 = page.rows.iter().map(|row| row.sessions).sum();
    let is_present = |id: RowId| matches!(id, RowId::Code(Some(code)) if PRESENT.contains(&code.as_str()));
    let mut rows: Vec<(u32, String)> = table
        .rows
        .iter()
        .filter(|row| !is_present(row.id))
        .filter_map(|row| Some((page.rows.get(row.place)?.sessions, row.name.split(' ').next()?.to_owned())))
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.0));
    let drawn = |(sessions, name): (u32, String)| {
        let tenths = tenths_of(sessions, all).unwrap_or_default();
        Drawn { label: format!("{name:<6}{sessions:>6} {:>5}", percent(tenths)), tenths, mark: None }
    };
    rows.into_iter().map(drawn).collect()
}

fn bands(page: &Page, table: &Table) -> Vec<Drawn> {
    let drawn = |row: &super::table::TableRow| {
        let pupils = page.rows.get(row.place)?.pupils?;
        let tenths = tenths_of(pupils, page.pupils).unwrap_or_default();
        let line = match row.id {
            RowId::Band(band) if band.from_percent() >= 50 => "SA",
            RowId::Band(band) if band.from_percent() >= 10 => "PA",
            _ => "",
        };
        Some(Drawn {
            label: format!("{:<12} {line:<2} {pupils:>5} {:>5}", row.name, percent(tenths)),
            tenths,
            mark: None,
        })
    };
    table.rows.iter().filter_map(drawn).collect()
}

/// Bars below each other, each with its label; marks lie over them. How many there is no room for is said in the last line.
fn bars(all: &[Drawn], area: Rect, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let fitting = usize::from(area.height);
    if all.len() > fitting && fitting > 1 {
        let shown = fitting - 1;
        canvas.line(area, shown).text(&format!("{} more", all.len() - shown), theme.dim);
        return bars(all.get(..shown).unwrap_or_default(), Rect { height: area.height - 1, ..area }, canvas);
    }
    let longest = all.iter().flat_map(|one| [Some(one.tenths), one.mark]).flatten().max().unwrap_or_default().max(50);
    let full = if theme.ascii { "#" } else { bar::FULL };
    // In ASCII a part of a bar is none.
    let set = if theme.ascii { bar::Set { full, ..empty_parts() } } else { bar::NINE_LEVELS };
    let bar = |one: &Drawn| {
        let label = Label::styled(one.label.clone(), theme.plain);
        Bar::default().value(one.tenths.into()).text_value(String::new()).label(label).style(theme.plain)
    };
    let chart = BarChart::default()
        .direction(Direction::Horizontal)
        .bar_width(1)
        .bar_gap(0)
        .bar_set(set)
        .max(longest.into())
        .data(BarGroup::default().bars(&all.iter().map(bar).collect::<Vec<_>>()));
    chart.render(area, canvas.buffer);
    let label = all.iter().map(|one| width(&one.label)).max().unwrap_or_default() + 1;
    let room = area.width.saturating_sub(label);
    for (row, one) in all.iter().enumerate() {
        let Some(mark) = one.mark.filter(|_| room > 1) else { continue };
        let at = u64::from(mark) * u64::from(room - 1) / u64::from(longest);
        canvas.line(area, row).skip(label + u16::try_from(at).unwrap_or_default()).text(mark_of(theme), theme.key);
    }
}

fn empty_parts() -> bar::Set<'static> {
    bar::Set {
        full: " ",
        seven_eighths: "#",
        three_quarters: "#",
        five_eighths: "#",
        half: "#",
        three_eighths: " ",
        one_quarter: " ",
        one_eighth: " ",
        empty: " ",
    }
}

/// Weekdays across, halves of the day down: how much was missed, in a shade and in numbers. What never met is left out.
fn heat_map(page: &Page, area: Rect, canvas: &mut Canvas<'_>) {
    let theme = canvas.theme;
    let of = |day, session| page.rows.iter().find(|row| row.id == RowId::HalfDay(day, session)).map(|row| row.figures);
    let cell = (area.width.saturating_sub(HALF) / 5).clamp(CELL.0, CELL.1);
    let mut line = canvas.line(area, 0);
    line.skip(HALF);
    for day in WEEKDAYS {
        line.column(&day.to_string(), cell, theme.dim);
    }
    for (place, session) in Session::BOTH.into_iter().enumerate() {
        let row = 1 + place * 3;
        canvas.line(area, row).text(session.as_str(), theme.dim);
        let (mut rates, mut counts) = (Vec::new(), Vec::new());
        for day in WEEKDAYS {
            let figures = of(day, session).filter(|figures| figures.possible > 0);
            let tenths = figures.and_then(|figures| figures.absence_tenths());
            let shade = tenths.map_or("", |tenths| shade(tenths, theme));
            let is_high = tenths.is_some_and(|tenths| tenths >= SHADES[3]);
            let text = figures
                .map(|figures| {
                    if cell < WIDE_CELL {
                        format!("{shade}{}", absent(&figures))
                    } else {
                        format!("{shade}{shade} {}", absent(&figures))
                    }
                })
                .unwrap_or_default();
            rates.push((text, if is_high { theme.overdue } else { theme.plain }));
            counts
                .push(figures.map(|figures| format!("{}/{}", figures.absent(), figures.possible)).unwrap_or_default());
        }
        let mut line = canvas.line(area, row);
        line.skip(HALF);
        for (text, style) in &rates {
            line.column(text, cell, *style);
        }
        // Where a column is too narrow for them, the table has the numbers.
        if counts.iter().all(|text| width(text) < cell) {
            let mut line = canvas.line(area, row + 1);
            line.skip(HALF);
            for text in &counts {
                line.column(text, cell, theme.dim);
            }
        }
    }
    let mut line = canvas.line(area, 8);
    for (place, from) in [0].into_iter().chain(SHADES).enumerate() {
        line.text(&format!("{}{}  ", symbols(theme).get(place).unwrap_or(&""), from / 10), theme.dim);
    }
    line.text("% absent", theme.dim);
}

fn shade(tenths: u32, theme: &Theme) -> &'static str {
    let place = SHADES.iter().filter(|from| tenths >= **from).count();
    symbols(theme).get(place).copied().unwrap_or_default()
}

fn symbols(theme: &Theme) -> [&'static str; 5] {
    if theme.ascii { [".", ":", "+", "*", "#"] } else { ["·", "░", "▒", "▓", "█"] }
}

fn mark_of(theme: &Theme) -> &'static str {
    if theme.ascii { "|" } else { "┃" }
}

/// "8.6", or "n/a".
fn absent(figures: &Figures) -> String {
    figures.absence_tenths().map_or_else(|| "n/a".to_owned(), percent)
}

fn percent(tenths: u32) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}
