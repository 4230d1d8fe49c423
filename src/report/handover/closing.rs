//! The close of the day: who was in, what is explained, what still stands at N, and what is left for the next school day.

use chrono::{NaiveDate, NaiveTime};

use super::{About, Account, HandOver, Item};
use crate::domain::calendar::session::Session;
use crate::domain::code::Code;
use crate::domain::day::Day;
use crate::domain::whereabouts::account::account;
use crate::report::document::thousands;

/// Why nobody is in class: the day is over, or there is none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Closing {
    /// When the last session ended.
    Ended(NaiveTime),
    /// There is no school, in words.
    NoSchool(String),
}

impl Closing {
    /// That of `day` at `now`; `None` while there is still school to come. A day that was closed after its registers were taken is
    /// followed up like any other.
    pub fn of(day: &Day, now: NaiveTime) -> Option<Closing> {
        match &day.closed {
            Some(why) if !day.has_met() => Some(Closing::NoSchool(why.clone())),
            Some(_) | None => day.ended(now).map(Closing::Ended),
        }
    }
}

/// How many of the unexplained stand at N.
fn at_n(day: &Day, session: Session, now: NaiveTime) -> usize {
    let is_n = |session: &Session, pupil| day.mark(pupil, *session).settled.is_some_and(|mark| mark.code == Code::N);
    let unexplained = account(day, session, now).unexplained;
    unexplained.into_iter().filter(|pupil| day.sessions().iter().any(|session| is_n(session, *pupil))).count()
}

/// "School ended at 15:10: 1,104 in, 82 explained, 12 unexplained, 10 of them still at N, 2 blank.", or that there is no school.
pub(super) fn closes(day: &Day, session: Session, now: NaiveTime, account: &Account, closing: &Closing) -> String {
    let at = match closing {
        Closing::NoSchool(why) => return format!("There is no school today: {why}."),
        Closing::Ended(at) => at.format("%H:%M"),
    };
    let Account { seen, unexplained, blank, .. } = *account;
    let [seen, missing, blank] = [seen, unexplained, blank].map(thousands);
    let explained = account.explained();
    let at_n = match at_n(day, session, now) {
        0 => String::new(),
        at_n => format!(", {} of them still at N", thousands(at_n)),
    };
    format!("School ended at {at}: {seen} in, {explained}, {missing} unexplained{at_n}, {blank} blank.")
}

/// The next school day; `None` where the calendar has no more.
pub(super) fn next_day(day: &Day) -> Option<NaiveDate> {
    day.ahead.as_ref().map(|ahead| ahead.date)
}

/// "Left for Wednesday 25 November: 12 unexplained, 1 check."
pub(super) fn left(day: &Day, handed: &HandOver) -> Option<String> {
    let next = next_day(day)?.format("%A %-d %B");
    let of = |wanted: &dyn Fn(About) -> bool| -> usize {
        handed.sections.iter().filter(|section| wanted(section.about)).map(|section| section.items.len()).sum()
    };
    let counted = |about: About, one: &str, more: &str| {
        let count = of(&|section| section == about);
        (count, if count == 1 { one.to_owned() } else { more.to_owned() })
    };
    let counts = [
        counted(About::Searches, "search", "searches"),
        (of(&About::is_unexplained), "unexplained".to_owned()),
        counted(About::Registers, "register", "registers"),
        counted(About::OffSite, "off site and not confirmed", "off site and not confirmed"),
        counted(About::Contradictions, "check", "checks"),
        counted(About::Ageing, "pupil with an N to be settled", "pupils with an N to be settled"),
        counted(About::Numbers, "number to put right", "numbers to put right"),
        counted(About::Cases, "thing due of casework", "things due of casework"),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let counts: Vec<String> = counts.map(|(count, what)| format!("{} {what}", thousands(count))).collect();
    Some(if counts.is_empty() {
        format!("Nothing is left for {next}.")
    } else {
        format!("Left for {next}: {}.", counts.join(", "))
    })
}

/// Who is known to be away on the next school day: "Khan, Amira 8KM: AM and PM I".
pub(super) fn known_away(day: &Day) -> Vec<Item> {
    let Some(ahead) = &day.ahead else { return Vec::new() };
    let date = ahead.date.format("%a %-d %b");
    let items = ahead.known_away(day).into_iter().map(|(pupil, sessions)| {
        let text = match sessions.as_slice() {
            [(_, am), (_, pm)] if am == pm => format!("{date}, {am}"),
            sessions => {
                let parts = sessions.iter().map(|(session, code)| format!("{session} {code}"));
                format!("{date}, {}", parts.collect::<Vec<_>>().join(", "))
            }
        };
        Item::of(day, pupil.id, &text)
    });
    items.collect()
}

/// The close of the day in one line of a narrow screen: what it came to, or that there is no school and when there is. `None` while
/// there is still school to come.
pub fn closing_line(day: &Day, session: Session, now: NaiveTime) -> Option<String> {
    match Closing::of(day, now)? {
        Closing::Ended(at) => {
            let account = super::count(day, session, now);
            let Account { seen, unexplained, blank, .. } = account;
            let [seen, missing, blank, at_n] = [seen, unexplained, blank, at_n(day, session, now)].map(thousands);
            let explained = account.explained();
            let at = at.format("%H:%M");
            Some(format!(
                "School ended {at}: {seen} in, {explained}, {missing} unexplained ({at_n} at N), {blank} blank"
            ))
        }
        Closing::NoSchool(why) => {
            let next = next_day(day).map(|next| format!("; the next school day is {}", next.format("%a %-d %b")));
            Some(format!("No school today: {why}{}", next.unwrap_or_default()))
        }
    }
}
