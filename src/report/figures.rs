//! Figures split, as a table in plain text.

use unicode_truncate::UnicodeTruncateStr;
use unicode_width::UnicodeWidthStr;

use crate::domain::calendar::Calendar;
use crate::domain::figures::Figures;
use crate::domain::figures::cohort::Cohort;
use crate::domain::figures::gap::gaps;
use crate::domain::figures::split::{By, Key, Part};
use crate::domain::figures::tally::Tally;
use crate::domain::name::clean;
use crate::domain::school::roll::Roll;
use crate::domain::year::year_name;

/// The widest name of a part.
const WIDEST: usize = 34;

/// Headings over every table.
const HEADINGS: [&str; 9] = ["%", "possible", "attended", "auth", "unauth", "L", "U", "min", "blank"];

/// What a part is called: "Year 8", "8KM", "Khan, Amira 8KM", "w/c 23 Nov 2026", "I ill".
pub fn name(roll: &Roll, key: &Key) -> String {
    let or_none = |name: Option<String>, none: &str| name.unwrap_or_else(|| none.to_owned());
    let name = match key {
        Key::School => "all".to_owned(),
        Key::Year(year) => or_none(year.map(|year| format!("Year {year}")), "no year group"),
        Key::Group(group) => {
            let group = group.and_then(|id| roll.group(id)).map(|group| group.name.clone());
            or_none(group, "no tutor group")
        }
        Key::House(house) => or_none(house.clone(), "no house"),
        Key::Pupil(pupil) => roll.name_and_group(*pupil),
        Key::Cohort(cohort) => cohort.to_string(),
        Key::Weekday(day) => day.to_string(),
        Key::Session(session) => session.to_string(),
        Key::HalfDay(day, session) => format!("{day} {session}"),
        Key::Code(None) => "blank".to_owned(),
        Key::Code(Some(code)) => {
            let meaning = roll.codes.row(*code).map(|row| row.meaning.as_str()).unwrap_or_default();
            format!("{code} {meaning}")
        }
        Key::Week(monday) => format!("w/c {}", monday.format("%-d %b %Y")),
        Key::HalfTerm(one) => format!("{} {}", one.name, year_name(Calendar::year_start(one.from))),
    };
    clean(&name)
}

/// A table of a split: its headings, a line for each part, and one for all of it where the parts add up to that and are several.
pub fn lines(roll: &Roll, tally: &Tally, by: By, parts: &[Part]) -> Vec<String> {
    let of_code = by == By::Code;
    let of_cohort = by == By::Cohort;
    let own_headings = of_code
        .then_some("sessions")
        .into_iter()
        .chain(of_cohort.then_some("pupils"))
        .chain(of_cohort.then_some("gap"));
    let mut table =
        vec![std::iter::once("").chain(HEADINGS).chain(own_headings).map(str::to_owned).collect::<Vec<_>>()];
    let cohorts: Vec<(Cohort, &Part)> = parts.iter().filter_map(|part| Some((cohort(&part.key)?, part))).collect();
    let gaps = gaps(&cohorts);
    for part in parts {
        let mut cells = cells(&name(roll, &part.key), &part.figures);
        cells.extend(of_code.then(|| part.sessions.to_string()));
        if let Some(own) = cohort(&part.key) {
            let gap = gaps.iter().find(|gap| gap.cohort == own).and_then(|gap| gap.points);
            cells.push(part.pupils.unwrap_or_default().to_string());
            cells.push(gap.map_or_else(String::new, |points| points.to_string()));
        }
        table.push(cells);
    }
    if parts.len() > 1 && !of_cohort {
        let mut all = cells("all", &tally.whole());
        all.extend(of_code.then(|| parts.iter().map(|part| part.sessions).sum::<u32>().to_string()));
        table.push(all);
    }
    aligned(&table)
}

fn cohort(key: &Key) -> Option<Cohort> {
    if let Key::Cohort(cohort) = key { Some(*cohort) } else { None }
}

fn cells(name: &str, figures: &Figures) -> Vec<String> {
    let percent = figures.attendance_tenths().map(|tenths| format!("{}.{}", tenths / 10, tenths % 10));
    let counts = [
        figures.possible,
        figures.attended,
        figures.authorised,
        figures.unauthorised,
        figures.late_before_close,
        figures.late_after_close,
        figures.minutes,
        figures.blanks,
    ];
    let name = name.unicode_truncate(WIDEST).0.trim_end().to_owned();
    let percent = percent.unwrap_or_else(|| "n/a".to_owned());
    [name, percent].into_iter().chain(counts.map(|count| count.to_string())).collect()
}

/// Cells in columns as wide as their widest, the first to the left, numbers to the right.
fn aligned(table: &[Vec<String>]) -> Vec<String> {
    let mut widths: Vec<usize> = Vec::new();
    for row in table {
        widths.resize(widths.len().max(row.len()), 0);
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.width().max(*width);
        }
    }
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
            let blanks = " ".repeat(width.saturating_sub(cell.width()));
            if column == 0 { format!("{cell}{blanks}") } else { format!("{blanks}{cell}") }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    table.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::session::{Session, SessionDate};
    use crate::domain::figures::counted::Counted;
    use crate::domain::testing::*;
    use std::sync::Arc;

    fn table(by: By) -> String {
        let roll = Arc::new(roll());
        let counted = Counted::of(&roll, date(2026, 3, 2)..date(2026, 3, 4), at("08:00"));
        let mut tally = Tally::new(roll.clone(), counted, |_| true);
        for (pupil, session, text) in [
            (AMIRA, Session::Am, "L 12"),
            (AMIRA, Session::Pm, "\\"),
            (BILAL, Session::Am, "I"),
            (ZOE, Session::Am, "D"),
        ] {
            tally.count(pupil, SessionDate::new(date(2026, 3, 2), session), mark(text));
        }
        let lines = lines(&roll, &tally, by, &tally.parts(by));
        assert!(lines.iter().all(|line| line.width() <= 104), "{lines:?}");
        lines.join("\n")
    }

    #[test]
    fn a_table_has_numbers_in_columns_and_all_of_them_below() {
        insta::assert_snapshot!(table(By::Year), @r"
                    %  possible  attended  auth  unauth  L  U  min  blank
        Year 8  100.0         2         2     0       0  1  0   12     14
        Year 9    0.0         1         0     1       0  0  0    0     14
        all      66.7         3         2     1       0  1  0   12     28
        ");
        // A code that counts in nothing is told by its sessions.
        let codes = table(By::Code);
        let row = codes.lines().find(|line| line.starts_with("D at the other school")).unwrap();
        assert!(row.contains("n/a") && row.ends_with("       1"), "{codes}");
    }

    #[test]
    fn cohorts_have_their_gaps_and_how_many_they_are() {
        insta::assert_snapshot!(table(By::Cohort), @r"
                             %  possible  attended  auth  unauth  L  U  min  blank  pupils     gap
        sex not known     66.7         3         2     1       0  1  0   12     28       8
        not FSM           66.7         3         2     1       0  1  0   12     28       8
        not PP            66.7         3         2     1       0  1  0   12     28       8
        SEN E              n/a         0         0     0       0  0  0    0      4       1
        no SEN            66.7         3         2     1       0  1  0   12     24       7
        not EAL           66.7         3         2     1       0  1  0   12     28       8
        not CLA           66.7         3         2     1       0  1  0   12     28       8
        CP/CIN           100.0         2         2     0       0  1  0   12      2       1  +100.0
        not CP/CIN         0.0         1         0     1       0  0  0    0     26       7
        tier vulnerable  100.0         2         2     0       0  1  0   12      2       1  +100.0
        tier supported     n/a         0         0     0       0  0  0    0      4       1
        tier standard      0.0         1         0     1       0  0  0    0     22       6
        ");
    }
}
