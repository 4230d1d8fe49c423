//! The home visits of a day: those that are to be made, those that are out, and those that are back, by area.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::caseload::{CaseFiles, OnCaseload};
use super::due::{Due, DueKind};
use super::ending::{Ending, VisitOutcome};
use super::event::{CaseEvent, Visit};
use super::file::CaseFile;
use crate::domain::act_id::ActId;
use crate::domain::calendar::any_day::named;
use crate::domain::facts::case_event_kind::EventKind;
use crate::domain::name::{clean, fold};
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;

/// How a visit stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Standing {
    /// It is to be made.
    ToGo {
        /// By whom.
        who: String,
    },
    /// Staff are out.
    Out {
        /// Who.
        staff: String,
        /// Since when.
        left: NaiveDateTime,
        /// When they are due back.
        due_back: NaiveDateTime,
    },
    /// They are back.
    Back {
        /// Who was out.
        staff: String,
        /// When they were back.
        back: NaiveTime,
        /// What was found.
        outcome: VisitOutcome,
        /// Whether the child was seen.
        child_seen: bool,
    },
}

/// One visit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HomeVisit {
    /// To whom.
    pub pupil: PupilId,
    /// The act that put it down; `None` of one that is to be made.
    pub act: Option<ActId>,
    /// How it stands.
    pub standing: Standing,
    /// The first half of the postcode; empty where none is held.
    pub area: String,
    /// Where the pupil lives.
    pub address: Option<String>,
    /// What for.
    pub why: String,
    /// What is to be known before: of this visit or the last, and who must not be contacted.
    pub to_know: String,
    /// When and how the school was last in contact with the family.
    pub last_contact: Option<(NaiveDate, String)>,
    /// That two go, and why; `None` where one may.
    pub two_go: Option<&'static str>,
}

impl HomeVisit {
    /// Whether staff should be back by now: from the minute on.
    pub fn is_overdue(&self, now: NaiveDateTime) -> bool {
        matches!(self.standing, Standing::Out { due_back, .. } if due_back < now)
    }

    /// "to go, S Marsh"; "out since 09:30, Mr Cole, due back 10:15"; "OVERDUE since 10:15, ..."; "back 10:05, Mr Cole: child seen well".
    pub fn describe(&self, now: NaiveDateTime) -> String {
        let at = |at: NaiveDateTime| match at.date() == now.date() {
            true => at.format("%H:%M").to_string(),
            false => format!("{} {}", named(at.date(), now.date()), at.format("%H:%M")),
        };
        let says = match &self.standing {
            Standing::ToGo { who } if who.is_empty() => "to go".to_owned(),
            Standing::ToGo { who } => format!("to go, {who}"),
            Standing::Out { staff, left, due_back } if self.is_overdue(now) => {
                format!("OVERDUE since {}, {staff}, out since {}", at(*due_back), at(*left))
            }
            Standing::Out { staff, left, due_back } => {
                format!("out since {}, {staff}, due back {}", at(*left), at(*due_back))
            }
            Standing::Back { staff, back, outcome, .. } => {
                format!("back {}, {staff}: {}", back.format("%H:%M"), outcome.describe())
            }
        };
        clean(&says)
    }
}

impl CaseFile {
    /// What is to be known before a visit: the words of the last that had any.
    pub fn to_know(&self) -> String {
        let words = |visit: &Visit| Some(visit.words.clone()).filter(|words| !words.is_empty());
        let visits = self.standing().filter_map(|one| visit(&one.what).map(|visit| (visit.on, one.by.act, visit)));
        let last =
            visits.filter_map(|(on, act, visit)| Some((on, act, words(visit)?))).max_by_key(|one| (one.0, one.1));
        last.map(|(.., words)| words).unwrap_or_default()
    }

    /// When and how the school was last in contact with the family, up to a day.
    pub fn last_contact(&self, until: NaiveDate) -> Option<(NaiveDate, String)> {
        let said = self.standing().filter_map(|one| {
            let what = match &one.what {
                CaseEvent::Contact(contact) => contact.way.describe(),
                CaseEvent::Meeting(meeting) => meeting.kind.describe(),
                CaseEvent::Visit(_)
                | CaseEvent::Improvement(_)
                | CaseEvent::Penalty(_)
                | CaseEvent::Leave(_)
                | CaseEvent::Support(_) => return None,
            };
            Some((one.what.on(), one.by.act, what))
        });
        let last = said.filter(|(on, ..)| *on <= until).max_by_key(|(on, act, _)| (*on, *act));
        last.map(|(on, _, what)| (on, what.to_owned()))
    }
}

/// The visits of today, and those that are still out, in order of their areas; of one area in order of their addresses. What is to be
/// done by today and speaks of a visit is one that is to be made.
pub fn home_visits(caseload: &[OnCaseload], files: &CaseFiles, roll: &Roll, now: NaiveDateTime) -> Vec<HomeVisit> {
    let today = now.date();
    let mut found = Vec::new();
    for (pupil, file) in files {
        let Some(known) = roll.pupil(*pupil) else { continue };
        let address = known.address.as_deref();
        let row = |act: Option<ActId>, standing: Standing, why: String, words: &str| {
            let earlier = |one: &ActId| act.is_none_or(|act| *one < act);
            let visited = file.standing().filter(|one| one.what.kind() == EventKind::Visit).map(|one| one.by.act);
            let to_know = if words.is_empty() { file.to_know() } else { words.to_owned() };
            let two_go = match (visited.filter(earlier).count(), to_know.is_empty()) {
                (0, _) => Some("two go: the first visit to the family"),
                (_, false) => Some("two go: there is something to know before"),
                (_, true) => None,
            };
            let barred = roll.contacts(*pupil).iter().filter(|one| one.is_barred());
            let barred = barred.map(|one| format!("{} must not be contacted", one.name));
            let to_know: Vec<String> = Some(to_know).into_iter().filter(|one| !one.is_empty()).chain(barred).collect();
            HomeVisit {
                pupil: *pupil,
                act,
                standing,
                area: address.and_then(|one| one.postcode.as_deref()).map(area).unwrap_or_default(),
                address: address.map(|one| one.in_a_line()),
                why,
                to_know: to_know.join("; "),
                last_contact: file.last_contact(today),
                two_go,
            }
        };
        let made = file.standing().filter_map(|one| Some((one.by.act, visit(&one.what)?)));
        let made: Vec<HomeVisit> = made
            .filter_map(|(act, visit)| {
                let standing = standing(file, act, visit)?;
                let is_shown = visit.on == today || matches!(standing, Standing::Out { .. });
                is_shown.then(|| row(Some(act), standing, visit.purpose.describe().to_owned(), &visit.words))
            })
            .collect();
        if made.is_empty() {
            let due = caseload.iter().find(|row| row.pupil == *pupil).into_iter().flat_map(|row| &row.due);
            let planned = due.filter(|due| is_planned(due, today)).min_by_key(|due| due.on);
            found.extend(planned.map(|due| row(None, Standing::ToGo { who: due.who.clone() }, due.what.clone(), "")));
        }
        found.extend(made);
    }
    found.sort_by_cached_key(|one| {
        (one.area.is_empty(), one.area.clone(), one.address.clone(), roll.place(one.pupil), one.act)
    });
    found
}

fn standing(file: &CaseFile, act: ActId, visit: &Visit) -> Option<Standing> {
    let staff = match &visit.second {
        Some(second) => format!("{} and {second}", visit.staff),
        None => visit.staff.clone(),
    };
    match file.ending(act, None).map(|end| &end.what.ending) {
        None => {
            let (left, due_back) = (visit.on.and_time(visit.left), visit.on.and_time(visit.due_back));
            Some(Standing::Out { staff, left, due_back })
        }
        Some(Ending::Visit(end)) => {
            Some(Standing::Back { staff, back: end.back, outcome: end.outcome, child_seen: end.child_seen })
        }
        Some(_) => None,
    }
}

fn visit(event: &CaseEvent) -> Option<&Visit> {
    match event {
        CaseEvent::Visit(visit) => Some(visit),
        CaseEvent::Contact(_)
        | CaseEvent::Meeting(_)
        | CaseEvent::Improvement(_)
        | CaseEvent::Penalty(_)
        | CaseEvent::Leave(_)
        | CaseEvent::Support(_) => None,
    }
}

/// Whether somebody is to go: a step or an action, due by today, that speaks of a visit.
fn is_planned(due: &Due, today: NaiveDate) -> bool {
    let speaks_of_it = || fold(&due.what).split(' ').any(|word| word.starts_with("visit"));
    matches!(due.kind, DueKind::Next | DueKind::Action) && due.on <= today && speaks_of_it()
}

/// The first half of a postcode: the second always has three characters.
fn area(postcode: &str) -> String {
    let letters: Vec<char> = postcode.chars().filter(|one| !one.is_whitespace()).collect();
    letters.get(..letters.len().saturating_sub(3)).unwrap_or_default().iter().collect::<String>().to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::cases::caseload::{WatchedSessions, caseload};
    use crate::domain::cases::change::{CaseSource, Next, Opening};
    use crate::domain::cases::ending::{Ended, VisitReturn};
    use crate::domain::cases::event::VisitPurpose;
    use crate::domain::cases::testing::held;
    use crate::domain::testing::{AMIRA, at, date, day, time, today};

    fn out(on: NaiveDate, second: Option<&str>, words: &str) -> CaseEvent {
        CaseEvent::Visit(Visit {
            on,
            left: time("09:30"),
            due_back: time("10:15"),
            purpose: VisitPurpose::SafeAndWell,
            staff: "Mr Cole".to_owned(),
            second: second.map(str::to_owned),
            words: words.to_owned(),
        })
    }

    fn of(file: CaseFile, now: &str) -> Vec<HomeVisit> {
        let (roll, files) = (day(&[]).roll, CaseFiles::from([(AMIRA, file)]));
        let rows = caseload(&files, &WatchedSessions::default(), &roll, today());
        home_visits(&rows, &files, &roll, at(now))
    }

    #[test]
    fn a_visit_is_overdue_from_the_minute_after_on_the_same_day() {
        let file = CaseFile { events: vec![held(1, out(today(), Some("Ms Ali"), "a dog"))], ..CaseFile::default() };
        let [visit] = of(file, "10:15").try_into().unwrap();
        assert_eq!(visit.describe(at("10:15")), "out since 09:30, Mr Cole and Ms Ali, due back 10:15");
        assert_eq!(visit.describe(at("10:16")), "OVERDUE since 10:15, Mr Cole and Ms Ali, out since 09:30");
        assert_eq!((visit.is_overdue(at("10:15")), visit.is_overdue(at("10:16"))), (false, true));
        assert_eq!((visit.to_know.as_str(), visit.two_go), ("a dog", Some("two go: the first visit to the family")));
    }

    #[test]
    fn what_is_back_is_of_today_and_what_is_out_of_any_day() {
        let back = VisitReturn {
            back: time("10:05"),
            child_seen: true,
            spoken_to: true,
            met: String::new(),
            outcome: VisitOutcome::SeenWell,
            words: String::new(),
            follow_up: String::new(),
            in_cpoms: false,
        };
        let end = |event| Ended { event: ActId(event), ending: Ending::Visit(back.clone()) };
        let yesterday = date(2026, 3, 3);
        let events = vec![held(1, out(yesterday, None, "")), held(2, out(today(), None, ""))];
        let mut file = CaseFile { events, endings: vec![held(3, end(2))], ..CaseFile::default() };
        let told =
            |file: &CaseFile| of(file.clone(), "11:00").iter().map(|one| one.describe(at("11:00"))).collect::<Vec<_>>();
        let overdue = "OVERDUE since Tue 3 Mar 10:15, Mr Cole, out since Tue 3 Mar 09:30";
        assert_eq!(told(&file), [overdue, "back 10:05, Mr Cole: child seen well"]);
        file.endings.push(held(4, end(1)));
        assert_eq!(told(&file), ["back 10:05, Mr Cole: child seen well"]);
    }

    #[test]
    fn what_is_due_and_speaks_of_a_visit_is_to_be_made_until_it_was() {
        let opening = |on| Opening {
            stage: "Concern".to_owned(),
            owner: "Ms Ali".to_owned(),
            source: CaseSource::Office,
            of: String::new(),
            why: "no contact".to_owned(),
            next: Some(Next { on, what: "home visit with Mr Cole".to_owned() }),
        };
        let file = |on| CaseFile { openings: vec![held(1, opening(on))], ..CaseFile::default() };
        assert_eq!(of(file(date(2026, 3, 5)), "09:00"), []);
        let [visit] = of(file(today()), "09:00").try_into().unwrap();
        assert_eq!(
            (visit.describe(at("09:00")).as_str(), visit.why.as_str()),
            ("to go, Ms Ali", "home visit with Mr Cole")
        );
        assert!(visit.two_go.is_some());
        let gone = CaseFile { events: vec![held(2, out(today(), None, ""))], ..file(today()) };
        assert_eq!(of(gone, "09:40").len(), 1);
    }

    #[test]
    fn the_area_is_the_first_half_of_the_postcode() {
        for (postcode, is) in [("ZZ99 1AB", "ZZ99"), ("zz991ab", "ZZ99"), ("E1 6AN", "E1"), ("1AB", ""), ("", "")] {
            assert_eq!(area(postcode), is);
        }
    }
}
