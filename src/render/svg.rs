//! Where the bars, lines and words of a chart stand: numbers for the template that draws them. Series differ by how they are drawn and
//! by their names, never by colour alone.

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use crate::report::layout::chart::{Chart, Series, Shape};

/// How wide a drawing is, in its own units.
const WIDTH: i64 = 720;
/// How wide a letter is taken to be.
const LETTER: i64 = 7;
/// Labels have no more of the width.
const LABELS_MAX: i64 = 300;
/// More bars are drawn in another drawing: one that is higher than a page cannot be printed.
const BARS_MAX: usize = 40;
/// The height of a bar, and what is left between two labels.
const BAR: i64 = 14;
const BETWEEN: i64 = 6;
/// The lines of a chart, from the top: where it begins, and where it ends.
const TOP: i64 = 30;
const BOTTOM: i64 = 230;
const LEFT: i64 = 60;
/// At most so many labels stand below lines.
const LABELS: usize = 9;

/// A chart that is ready to be drawn.
#[derive(Serialize, Default)]
pub struct Drawing {
    width: i64,
    height: i64,
    title: String,
    says: String,
    boxes: Vec<Rect>,
    rules: Vec<Rule>,
    lines: Vec<Line>,
    dots: Vec<Dot>,
    words: Vec<Word>,
}

#[derive(Serialize)]
struct Rect {
    x: i64,
    y: i64,
    width: i64,
    height: i64,
    series: usize,
}

#[derive(Serialize)]
struct Rule {
    x1: i64,
    x2: i64,
    y: i64,
}

#[derive(Serialize)]
struct Line {
    points: String,
    series: usize,
}

#[derive(Serialize)]
struct Dot {
    x: i64,
    y: i64,
    series: usize,
}

#[derive(Serialize)]
struct Word {
    x: i64,
    y: i64,
    anchor: &'static str,
    text: String,
}

/// The drawings of a chart; a heat map has none, for it is a table.
pub fn drawings(chart: &Chart) -> Vec<Drawing> {
    match chart.shape {
        Shape::Heat => Vec::new(),
        Shape::Bars => {
            let places: Vec<usize> = (0..chart.labels.len()).collect();
            places.chunks(BARS_MAX).map(|places| bars(chart, places)).collect()
        }
        Shape::Lines => vec![lines(chart)],
    }
}

fn said(chart: &Chart, value: Option<i64>) -> String {
    let text = |value: i64| format!("{}{}", chart.unit.cell(value).written(), chart.unit.sign());
    value.map_or_else(|| "-".to_owned(), text)
}

/// All of it in words: "week from 23 Nov 2026: L 3, U 1".
fn says(chart: &Chart) -> String {
    let of = |at: usize| {
        let values = chart.series.iter().map(|series| (series, series.values.get(at).copied().flatten()));
        let values = values.map(|(series, value)| format!("{} {}", series.name, said(chart, value)));
        values.collect::<Vec<_>>().join(", ")
    };
    let labels = chart.labels.iter().enumerate().map(|(at, label)| format!("{} {label}: {}", chart.axis, of(at)));
    labels.collect::<Vec<_>>().join("; ")
}

fn wide(text: &str) -> i64 {
    i64::try_from(text.width()).unwrap_or(0) * LETTER
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(0)
}

fn word(x: i64, y: i64, anchor: &'static str, text: impl Into<String>) -> Word {
    Word { x, y, anchor, text: text.into() }
}

/// The names of several series, each with how it is drawn.
fn legend(drawing: &mut Drawing, chart: &Chart) -> i64 {
    if chart.series.len() < 2 {
        return 0;
    }
    let mut x = 0;
    for (series, one) in chart.series.iter().enumerate() {
        drawing.boxes.push(Rect { x: x + 1, y: 2, width: BAR, height: BAR - 4, series });
        drawing.words.push(word(x + BAR + 6, BAR - 3, "start", one.name.clone()));
        x += BAR + 24 + wide(&one.name);
    }
    BAR + BETWEEN
}

fn bars(chart: &Chart, places: &[usize]) -> Drawing {
    let mut drawing = Drawing { title: chart.title.clone(), says: says(chart), width: WIDTH, ..Drawing::default() };
    let values = || chart.series.iter().flat_map(|series| series.values.iter().copied());
    let most = values().flatten().max().unwrap_or(0).max(1);
    let left = chart.labels.iter().map(|label| wide(label)).max().unwrap_or(0).min(LABELS_MAX) + 8;
    let behind = values().map(|value| wide(&said(chart, value))).max().unwrap_or(0) + 8;
    let full = (WIDTH - left - behind).max(BAR);
    let mut y = legend(&mut drawing, chart);
    for at in places {
        let high = BAR * count(chart.series.len());
        let label = chart.labels.get(*at).cloned().unwrap_or_default();
        drawing.words.push(word(left - 8, y + high / 2 + 4, "end", label));
        for (series, one) in chart.series.iter().enumerate() {
            let value = one.values.get(*at).copied().flatten();
            let width = full * value.unwrap_or(0).max(0) / most;
            drawing.boxes.push(Rect { x: left, y: y + 1, width, height: BAR - 2, series });
            drawing.words.push(word(left + width + 5, y + BAR - 3, "start", said(chart, value)));
            y += BAR;
        }
        y += BETWEEN;
    }
    Drawing { height: y.max(BAR), ..drawing }
}

/// The values between which lines are drawn, and how far the rules are apart: in fives of a percent, else in ones, twos and fives.
fn scale(chart: &Chart) -> (i64, i64, i64) {
    let values = || chart.series.iter().flat_map(|series| &series.values).flatten().copied();
    let (least, most) = (values().min().unwrap_or(0), values().max().unwrap_or(0));
    let steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 100_000, 1_000_000];
    let step = steps.into_iter().find(|step| (most - least) / step < 5).unwrap_or(i64::MAX);
    let low = least.div_euclid(step) * step;
    let high = (most.div_euclid(step) + i64::from(most.rem_euclid(step) > 0)) * step;
    (low, high.max(low + step), step)
}

fn lines(chart: &Chart) -> Drawing {
    let mut drawing = Drawing { title: chart.title.clone(), says: says(chart), width: WIDTH, ..Drawing::default() };
    let height = BOTTOM + 30;
    let (low, high, step) = scale(chart);
    let y_of = |value: i64| BOTTOM - (value - low) * (BOTTOM - TOP) / (high - low);
    let right = WIDTH - 30;
    let x_of = |at: usize| LEFT + count(at) * (right - LEFT) / count(chart.labels.len().saturating_sub(1).max(1));
    legend(&mut drawing, chart);
    let mut rule = low;
    while rule <= high {
        drawing.rules.push(Rule { x1: LEFT, x2: right, y: y_of(rule) });
        drawing.words.push(word(LEFT - 6, y_of(rule) + 4, "end", said(chart, Some(rule))));
        rule += step;
    }
    let every = chart.labels.len().div_ceil(LABELS).max(1);
    for (at, label) in chart.labels.iter().enumerate().step_by(every) {
        drawing.words.push(word(x_of(at), BOTTOM + 18, "middle", label.clone()));
    }
    for (series, one) in chart.series.iter().enumerate() {
        for run in runs(one) {
            let points: Vec<(i64, i64)> = run.into_iter().map(|(at, value)| (x_of(at), y_of(value))).collect();
            drawing.dots.extend(points.iter().map(|(x, y)| Dot { x: *x, y: *y, series }));
            let points: Vec<String> = points.into_iter().map(|(x, y)| format!("{x},{y}")).collect();
            drawing.lines.push(Line { points: points.join(" "), series });
        }
    }
    Drawing { height, ..drawing }
}

/// The values of a series in runs without a gap, each with its place.
fn runs(series: &Series) -> Vec<Vec<(usize, i64)>> {
    let mut runs: Vec<Vec<(usize, i64)>> = vec![Vec::new()];
    for (at, value) in series.values.iter().enumerate() {
        match (value, runs.last_mut()) {
            (Some(value), Some(run)) => run.push((at, *value)),
            (None, Some(run)) if !run.is_empty() => runs.push(Vec::new()),
            (_, _) => {}
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}
