//! What was settled, as a profile.

use std::collections::BTreeMap;

use serde::Serialize;

use super::given::code_of;
use super::point::{About, Choice, Point, called, column};
use super::sample::Cells;
use super::tables::missing;
use crate::exchange::kind::Kind;
use crate::exchange::profiles::profile::{Dates, Shape, Spelling};

/// As a profile is written.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Written<'w> {
    what: &'w str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    shape: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dates: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from_mis: Option<bool>,
    left_out: Vec<&'w str>,
    columns: BTreeMap<&'static str, Vec<Spelling>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    codes: BTreeMap<&'w str, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    given: BTreeMap<&'static str, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    above: BTreeMap<&'static str, Vec<&'w str>>,
}

/// Why `points` cannot be a profile yet: a sentence each.
pub fn faults(points: &[Point]) -> Vec<String> {
    let mut faults: Vec<String> = Vec::new();
    let open: Vec<&str> = points.iter().filter(|one| one.is_open()).map(|one| one.label.as_str()).collect();
    if !open.is_empty() {
        faults.push(format!("no answer yet for {}", open.join(", ")));
    }
    let Some(Choice::Table(kind, shape)) = table(points) else { return faults };
    let settled: Vec<(&Point, &'static str)> =
        points.iter().filter_map(|one| Some((one, column(one.settled())?))).collect();
    for (place, (point, ours)) in settled.iter().enumerate() {
        if let Some((before, _)) = settled.iter().take(place).find(|(_, other)| other == ours) {
            faults.push(format!("“{}” and “{}” cannot both be the {}", before.label, point.label, called(ours)));
        }
    }
    let given = points.iter().filter_map(|point| match point.about {
        About::Given(ours) => point.settled().map(|_| ours),
        About::File | About::Column(_) | About::Sessions | About::Code(_) | About::Above(_) | About::Source => None,
    });
    let columns: Vec<&str> = settled.iter().map(|(_, ours)| *ours).chain(given).collect();
    let lacking = if open.is_empty() { missing(kind, shape, &columns) } else { Vec::new() };
    for lacks in lacking {
        faults.push(match lacks {
            "admission_no or upn or mis_id" => {
                "no column holds a pupil's number (admission number, UPN, or the other system's own): nobody is known by name alone".to_owned()
            }
            one => format!("no column is the {}", called(one)),
        });
    }
    let all: Vec<Dates> = points.iter().filter_map(dates).collect();
    if all.contains(&Dates::DayFirst) && all.contains(&Dates::MonthFirst) {
        faults.push(
            "some columns have the day first and some the month: leave one out, a profile reads all in one way"
                .to_owned(),
        );
    }
    faults
}

/// The profile that `points` come to, called `what` in reports.
pub fn text(points: &[Point], columns: &[Cells], what: &str) -> Result<String, String> {
    let Some(Choice::Table(kind, shape)) = table(points) else {
        return Err("it is not said what the file holds".to_owned());
    };
    let mut written = Written {
        what,
        kind: kind.as_str(),
        shape: (shape != Shape::Long).then(|| shape.as_str()),
        dates: points.iter().filter_map(dates).find(|one| *one != Dates::Told).map(Dates::as_str),
        from_mis: points.iter().any(|point| point.settled() == Some(Choice::OfMis)).then_some(true),
        left_out: Vec::new(),
        columns: BTreeMap::new(),
        codes: BTreeMap::new(),
        given: BTreeMap::new(),
        above: BTreeMap::new(),
    };
    for point in points {
        match (&point.about, point.settled()) {
            (About::Column(place), Some(choice)) => {
                let Some(cells) = columns.get(*place) else { continue };
                match column(Some(choice)) {
                    Some(ours) => {
                        written.columns.insert(ours, vec![Spelling::of(&cells.heading, cells.which)]);
                    }
                    None if !cells.heading.is_empty() => written.left_out.push(&cells.heading),
                    None => {}
                }
            }
            (About::Code(mark), Some(Choice::Code(code))) => {
                written.codes.insert(mark, code.to_string());
            }
            (About::Code(mark), Some(Choice::NoMark)) => {
                written.codes.insert(mark, String::new());
            }
            (About::Above(_), settled) => {
                written.above.extend(column(settled).map(|ours| (ours, vec![point.label.as_str()])));
            }
            (About::Given(ours), Some(Choice::Given(_, value))) => {
                written.given.insert(ours, value.to_owned());
            }
            (About::Given(ours), Some(choice)) => {
                written.given.extend(code_of(choice).map(|code| (*ours, code.to_string())));
            }
            (
                About::File | About::Sessions | About::Code(_) | About::Column(_) | About::Given(_) | About::Source,
                _,
            ) => {}
        }
    }
    toml::to_string(&written).map_err(|fault| fault.to_string())
}

fn table(points: &[Point]) -> Option<Choice> {
    points.iter().find(|one| one.about == About::File).and_then(Point::settled)
}

fn dates(point: &Point) -> Option<Dates> {
    match point.settled()? {
        Choice::Column(_, dates) | Choice::Sessions(dates) => Some(dates),
        Choice::Table(..)
        | Choice::LeftOut
        | Choice::Code(_)
        | Choice::NoMark
        | Choice::Wait
        | Choice::Given(..)
        | Choice::OfMis
        | Choice::NotOfMis => None,
    }
}

/// What the table is, in a few words, where nobody says otherwise: "marks as in register.csv".
pub fn what(kind: Option<Kind>, file: &str) -> String {
    format!("{} as in {file}", kind.map_or("a table", Kind::as_str))
}
