//! The day's board on paper and over its view: the counts in a line, and each pupil in words.

use super::document::{Document, Item, Section, thousands};
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::day::Day;
use crate::domain::facts::evidence::clock;
use crate::domain::name::clean;
use crate::domain::school::roll::Roll;
use crate::domain::whereabouts::board::{Board, BoardRow, Counts, Expectation, Expected, Filter, Out, Part, Place};

/// "1,000 on roll = 846 in + 92 explained + 36 unexplained + 26 no mark"; of whom a filter admits, "179 of 1,000 on roll = ...".
/// Nobody need be here only where anybody need not.
pub fn equation(counts: &Counts) -> String {
    let roll = match counts.shown == counts.roll {
        true => thousands(counts.roll),
        false => format!("{} of {}", thousands(counts.shown), thousands(counts.roll)),
    };
    let is_said = |(place, count): &&(Place, usize)| *place != Place::NotRequired || *count > 0;
    let parts = counts.places.iter().filter(is_said);
    let parts: Vec<String> =
        parts.map(|(place, count)| format!("{} {}", thousands(*count), place.describe())).collect();
    format!("{roll} on roll = {}", parts.join(" + "))
}

/// "I 45  V 28  O 7": the codes of the explained.
pub fn codes(counts: &Counts) -> String {
    counts.codes.iter().map(|(code, count)| format!("{code} {count}")).collect::<Vec<_>>().join("  ")
}

/// What is said of a row in a part, but for its code: "Mrs Khan, mother 07:56: flu, back Thu 26 Nov".
pub fn why(row: &BoardRow, part: Part, day: &Day) -> String {
    match part {
        Part::At(_) => {
            let why = Some(row.why.clone()).filter(|why| !why.is_empty());
            let back = row.back.map(|back| format!("back {}", back_on(back, day)));
            [why, back].into_iter().flatten().collect::<Vec<_>>().join(", ")
        }
        Part::Out => row.out.as_ref().map(of_out).unwrap_or_default(),
        Part::Expected => row.expected.map(of_expected).unwrap_or_default(),
    }
}

/// "PM", "Thu 26 Nov", "Thu 26 Nov PM".
fn back_on(back: SessionDate, day: &Day) -> String {
    let date = back.date.format("%a %-d %b");
    match (back.date == day.date, back.session) {
        (true, session) => session.to_string(),
        (false, Session::Am) => date.to_string(),
        (false, Session::Pm) => format!("{date} PM"),
    }
}

/// "since 10:02, due 11:30, dentist": when they are due is never what is cut.
fn of_out(out: &Out) -> String {
    let reason = Some(out.reason.clone()).filter(|reason| !reason.is_empty());
    let due = out.due.map(|due| format!("due {}", clock(due)));
    [Some(format!("since {}", clock(out.since))), due, reason].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// "appointment 10:00", "on the way, due 09:00 +26m".
fn of_expected(one: Expected) -> String {
    let over = if one.over > 0 { format!(" +{}m", one.over) } else { String::new() };
    match one.what {
        Expectation::Appointment => format!("appointment {}{over}", clock(one.at)),
        Expectation::OnTheWay => format!("on the way, due {}{over}", clock(one.at)),
    }
}

/// The board to be read out or printed: under each heading the tutor groups in their order, within each by name.
pub fn document(board: &Board, filter: &Filter, day: &Day, now: chrono::NaiveTime) -> Document {
    let counts = board.counts(day, filter);
    let said = |text: String| Section { heading: String::new(), items: Vec::new(), none: text };
    let by_code = (!counts.codes.is_empty()).then(|| said(format!("Explained by code: {}.", codes(&counts))));
    let of = filter.describe(&day.roll);
    let of = if of.is_empty() { String::new() } else { format!(", only {of}") };
    let title = format!("Board of {} {}{of}", day.date.format("%A %-d %B %Y"), board.session);
    let (school, recorded) = (day.roll.school.name.clone(), day.date.and_time(now));
    if let Some(text) = no_school(day) {
        return Document { title, sections: vec![said(text)], school, recorded };
    }
    let total = said(format!("{}.", equation(&counts)));
    let sections = Part::LISTED.iter().map(|part| section(board, filter, *part, day));
    // That nobody need be here is said where anybody need not.
    let sections =
        sections.filter(|one| one.heading != Part::At(Place::NotRequired).heading() || !one.items.is_empty());
    Document { title, sections: std::iter::once(total).chain(by_code).chain(sections).collect(), school, recorded }
}

/// "There is no school today: it is a weekend."; `None` where the school met, if only for a while.
pub fn no_school(day: &Day) -> Option<String> {
    day.closed.as_ref().filter(|_| !day.has_met()).map(|why| format!("There is no school today: {why}."))
}

fn section(board: &Board, filter: &Filter, part: Part, day: &Day) -> Section {
    let roll = &day.roll;
    let mut rows: Vec<&BoardRow> = board.admitted(day, filter).filter(|row| row.is_in(part)).collect();
    rows.sort_by_key(|row| place_of(row, roll));
    let items = rows.into_iter().filter_map(|row| {
        let pupil = roll.pupil(row.pupil)?;
        let code = row.code.filter(|_| row.place != Place::In).map(|code| code.to_string());
        let why = Some(why(row, part, day)).filter(|why| !why.is_empty());
        let text = code.into_iter().chain(why).collect::<Vec<_>>().join(", ");
        let text = if text.is_empty() { text } else { format!(": {text}") };
        let group = roll.group_name(pupil);
        Some(Item::new(Some(row.pupil), &format!("{group} {}{text}", clean(&roll.name_in_group(pupil).to_string()))))
    });
    Section { heading: part.heading().to_owned(), items: items.collect(), none: "Nobody.".to_owned() }
}

/// By tutor group, in the order of the groups; within each by name. Whoever has none comes last.
fn place_of(row: &BoardRow, roll: &Roll) -> (usize, usize) {
    let group = roll.groups.iter().position(|group| Some(group.id) == row.group);
    (group.unwrap_or(roll.groups.len()), roll.place(row.pupil))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::people::pupil::PupilId;
    use crate::domain::testing::*;
    use crate::domain::whereabouts::board::board;
    use crate::report::handover::hand_over;

    #[test]
    fn the_board_is_read_out_under_its_headings() {
        let mut day = day(&[
            (AMIRA, Session::Am, "I"),
            (BILAL, Session::Am, "N"),
            (SIOBHAN, Session::Am, "/"),
            (LUKASZ, Session::Am, "X"),
        ]);
        day.evidence.insert((AMIRA, Session::Am), vec![report("I", "08:12")]);
        day.evidence.insert((LUKASZ, Session::Am), vec![plan("X", "")]);
        let board = board(&day, Session::Am, time("09:30"));
        let text = |typed| {
            let filter = Filter::parse(typed, &day);
            let lines = document(&board, &filter, &day, time("09:30")).lines(80);
            lines.into_iter().map(|(_, line)| line).collect::<Vec<_>>().join("\n").replace("e\u{308}", "ë")
        };
        insta::assert_snapshot!(text(""), @r"
        Board of Wednesday 4 March 2026 AM

        8 on roll = 1 in + 1 explained + 1 not required + 1 unexplained + 4 no mark.

        Explained by code: I 1.

        Out now: 0. Nobody.
        Expected: 0. Nobody.

        Unexplained: 1
        - 9TR Khan, Bilal: N, call 09:40

        Explained: 1
        - 8KM Khan, Amira: I, Mrs Khan, mother 08:12: on the phone

        No mark: 4
        - 8KM D’Arcy, Louis: register not in: Mrs Kemp
        - 8KM van der Berg, Sanne: register not in: Mrs Kemp
        - 9TR Brücke, Zoë: register not in: Mr Rao
        - 9TR Sukarno: register not in: Mr Rao

        Not required: 1
        - 9TR Wójcik, Łukasz: X, known before

        New school, as recorded at 09:30 on Wed 4 Mar
        ");
        insta::assert_snapshot!(text("9tr n"), @r"
        Board of Wednesday 4 March 2026 AM, only 9TR N

        1 of 8 on roll = 0 in + 0 explained + 1 unexplained + 0 no mark.

        Out now: 0. Nobody.
        Expected: 0. Nobody.

        Unexplained: 1
        - 9TR Khan, Bilal: N, call 09:40

        Explained: 0. Nobody.
        No mark: 0. Nobody.

        New school, as recorded at 09:30 on Wed 4 Mar
        ");
    }

    proptest! {
        /// At any minute of any day the board, the hand-over and the account at the end of the day say the same.
        #[test]
        fn the_hand_over_says_the_same(
            marks in prop::collection::vec(0_usize..12, 18),
            afternoon in any::<bool>(),
            minute in 0_i64..500,
        ) {
            let written = ["N", "/", "I", "B", "V", "D", "L 9", "U 60", "O", "X", "Y1"];
            let half = |n: usize| if n.is_multiple_of(2) { Session::Am } else { Session::Pm };
            let marks: Vec<_> = marks
                .iter()
                .enumerate()
                .filter_map(|(n, code)| Some((PupilId(n as i64 / 2 + 1), half(n), *written.get(*code)?)))
                .collect();
            let day = day(&marks);
            let session = if afternoon { Session::Pm } else { Session::Am };
            let now = time("08:00") + chrono::TimeDelta::minutes(minute);
            let counts = board(&day, session, now).counts(&day, &Filter::default());
            let account = hand_over(&day, session, now).account;
            let of = |place| counts.of(Part::At(place));
            prop_assert_eq!(account.on_roll, counts.roll);
            prop_assert_eq!(account.seen, of(Place::In));
            prop_assert_eq!(account.explained, of(Place::Explained));
            prop_assert_eq!(account.not_required, of(Place::NotRequired));
            prop_assert_eq!(account.unexplained, of(Place::Unexplained));
            prop_assert_eq!(account.blank, of(Place::NoMark));
            prop_assert_eq!(account.seen + account.explained + account.not_required + account.unexplained + account.blank, account.on_roll);
        }
    }
}
