//! Each list of the made-up school, with numbers that were added up by hand.

use std::sync::Arc;

use chrono::{Days, NaiveDate};

use super::facts::{Elsewhere, ListFacts, PrivateFacts, WasThere};
use crate::domain::act_id::ActId;
use crate::domain::calendar::OtherTimes;
use crate::domain::calendar::session::{Session, SessionDate};
use crate::domain::cases::change::{CaseSource, Next, Opening};
use crate::domain::cases::chronology::{Line, LineKind};
use crate::domain::cases::event::{CaseEvent, LeaveRequest, Meeting, MeetingKind, Party, PenaltyNotice};
use crate::domain::cases::file::CaseFile;
use crate::domain::cases::held::{Held, Signed};
use crate::domain::code::Statistic;
use crate::domain::figures::Figures;
use crate::domain::figures::by_code::ByCode;
use crate::domain::figures::counted::Counted;
use crate::domain::figures::england::England;
use crate::domain::figures::question::Whom;
use crate::domain::figures::tally::Tally;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::roll::Roll;
use crate::domain::testing::*;
use crate::domain::triggers::school_weeks::PupilSession;
use crate::domain::triggers::{PupilTrigger, Trigger, TriggerKind};
use crate::report::layout::table::{Shown, Table};
use crate::report::layout::{Part, Report};
use crate::report::reports::{Gathered, REPORTS, ReportKind};

const ALL: [PupilId; 8] = [AMIRA, BILAL, SIOBHAN, LOUIS, ZOE, LUKASZ, SANNE, SUKARNO];

/// Tuesday to Friday, and Monday and Tuesday after them: twelve sessions.
fn dates() -> Vec<NaiveDate> {
    let february = (24..28).map(|day| date(2026, 2, day));
    february.chain([date(2026, 3, 2), date(2026, 3, 3)]).collect()
}

/// Amira misses the first week at O, Siobhan and Bilal its first day, ill and at the doctor's.
fn code_on(pupil: PupilId, on: NaiveDate) -> &'static str {
    let is_first = on == date(2026, 2, 24);
    match pupil {
        AMIRA if on < date(2026, 3, 1) => "O",
        SIOBHAN if is_first => "I",
        BILAL if is_first => "M",
        _ => "/",
    }
}

fn whole() -> Vec<std::ops::Range<NaiveDate>> {
    vec![date(2026, 2, 24)..date(2026, 3, 4)]
}

/// What the lists are made of, on Wednesday at half past nine; its dates are up to the evening before.
fn gathered(roll: Roll, stretches: Vec<std::ops::Range<NaiveDate>>, names: &[&str]) -> Gathered {
    let roll = Arc::new(roll);
    let tally =
        || Tally::new(roll.clone(), Counted::of(&roll, date(2026, 2, 24)..date(2026, 3, 4), at("09:30")), |_| true);
    let (mut year, mut by_code) = (tally(), ByCode::new(stretches));
    let mut facts = ListFacts::default();
    for on in dates() {
        for (pupil, session) in ALL.into_iter().flat_map(|pupil| Session::BOTH.map(|session| (pupil, session))) {
            let (at, code) = (SessionDate::new(on, session), code_on(pupil, on));
            assert!(year.count(pupil, at, mark(code)));
            by_code.count(pupil, at, self::code(code));
            if code != "/" {
                facts.missed.entry(pupil).or_default().push((at, self::code(code)));
            }
        }
    }
    facts.by_code = by_code.with_blanks(&year);
    facts.stretches = names.iter().map(|name| (*name).to_owned()).collect();
    Gathered {
        dates: (date(2026, 2, 24), date(2026, 3, 3)),
        now: at("09:30"),
        whom: Whom::default(),
        counts: year.clone(),
        before: tally(),
        year,
        past: Vec::new(),
        done: Vec::new(),
        england: England::default(),
        known: None,
        days: Vec::new(),
        lates: Vec::new(),
        registers: Vec::new(),
        today: None,
        facts,
        roll,
    }
}

fn usual() -> Gathered {
    gathered(roll(), whole(), &["Spring 2"])
}

fn kind(name: &str) -> &'static ReportKind {
    REPORTS.into_iter().find(|kind| kind.name == name).unwrap()
}

/// The rows of a section's tables, each in a line; words as they are.
fn rows(report: &Report, heading: &str) -> Vec<String> {
    let section = report.sections.iter().find(|section| section.heading == heading).unwrap();
    let line = |cells: &[crate::report::tables::cell::Cell<'_>]| {
        cells.iter().map(|cell| cell.written().into_owned()).collect::<Vec<_>>().join("|")
    };
    let of = |part: &Part| match part {
        Part::Table(Table { rows, .. }) => rows.iter().map(|row| line(&row.cells)).collect(),
        Part::Words(words) => vec![words.clone()],
        Part::Chart(_) => Vec::new(),
    };
    section.parts.iter().flat_map(of).collect()
}

fn held<T>(act: i64, what: T) -> Held<T> {
    let by = Signed { act: ActId(act), who: "S Marsh".to_owned(), at: at("09:00") };
    Held { by, taken_back: None, what }
}

fn mother() -> Party {
    Party { contact: None, name: "Mrs Khan".to_owned() }
}

fn trigger(kind: TriggerKind, why_not: Option<&str>) -> PupilTrigger {
    let session = |(place, session): (u32, Session)| PupilSession {
        at: SessionDate::new(date(2026, 3, 3), session),
        place,
        week: 1,
        code: Some(code("O")),
        statistic: Some(Statistic::Unauthorised),
    };
    let trigger = Trigger {
        kind,
        met: date(2026, 3, 3),
        sessions: 10,
        firm: 6,
        why_not: why_not.map(str::to_owned),
        note: "goes on".to_owned(),
        evidence: (0..).zip(Session::BOTH).map(session).collect(),
    };
    PupilTrigger { pupil: AMIRA, trigger }
}

#[test]
fn who_is_listed_today_is_in_absent_out_or_not_known() {
    for (code, heading) in [
        (Some("N"), "Not known"),
        (None, "Not known"),
        (Some("I"), "Absent, and why"),
        (Some("V"), "Out of the building"),
        (Some("/"), "In"),
        (Some("U 40"), "In"),
    ] {
        let marks: Vec<_> = code.into_iter().map(|code| (AMIRA, Session::Am, code)).collect();
        let gathered = Gathered { today: Some(day(&marks)), ..usual() };
        let report = kind("cp-today").report(&gathered, false);
        let each = rows(&report, heading);
        assert_eq!(each.len(), 1, "{code:?}: {report:?}");
        assert!(each[0].starts_with("Khan, Amira|001201|8KM|CP|"), "{each:?}");
        let counts = rows(&report, "How many, AM");
        assert!(counts.contains(&format!("{heading}|1")) && counts.contains(&"All|1".to_owned()), "{counts:?}");
    }
    let absent = Gathered { today: Some(day(&[(AMIRA, Session::Am, "I")])), ..usual() };
    let why = &rows(&kind("cp-today").report(&absent, false), "Absent, and why")[0];
    let meaning = codes().row(code("I")).unwrap().meaning.clone();
    assert!(why.ends_with(&format!("|I|blank|{meaning}|")), "{why}");
}

#[test]
fn persistent_absentees_today_stand_with_their_way_back() {
    let today = day(&[(BILAL, Session::Am, "/"), (AMIRA, Session::Am, "I")]);
    let mut gathered = Gathered { today: Some(today), ..usual() };
    let report = kind("pa-today").report(&gathered, false);
    // Two of twelve: nine attended on end make 2 of 21.
    let found = rows(&report, "In");
    assert!(found[0].starts_with("Khan, Bilal|001202|9TR|83.3|2|12|0|9|||/|blank|"), "{found:?}");
    assert_eq!(
        rows(&report, "How many, AM"),
        ["Not known|1", "Absent, and why|1", "Out of the building|0", "In|1", "All|3"]
    );
    gathered.today = Some(crate::domain::day::Day { closed: Some("snow".to_owned()), times: None, ..day(&[]) });
    assert_eq!(rows(&kind("pa-today").report(&gathered, false), ""), ["There is no school today: snow."]);
}

#[test]
fn the_meeting_has_the_severely_absent_and_those_whom_others_know() {
    let mut gathered = usual();
    let opening = Opening {
        stage: "Meeting".to_owned(),
        owner: "Mr Webb".to_owned(),
        source: CaseSource::Office,
        of: String::new(),
        why: "will not leave the house".to_owned(),
        next: Some(Next { on: date(2026, 3, 10), what: "home visit".to_owned() }),
    };
    let meeting = Meeting {
        on: date(2026, 3, 2),
        time: None,
        kind: MeetingKind::Family,
        present: "Mrs Khan".to_owned(),
        minutes: "agreed a plan".to_owned(),
        actions: Vec::new(),
    };
    let file = CaseFile {
        openings: vec![held(1, opening)],
        events: vec![held(2, CaseEvent::Meeting(meeting))],
        ..CaseFile::default()
    };
    gathered.facts.cases.insert(AMIRA, file);
    let report = kind("tsm").report(&gathered, false);
    assert_eq!(
        rows(&report, "How many"),
        [
            "severely absent|1",
            "persistently absent, known to another agency|1",
            "persistently absent otherwise, not listed|1"
        ]
    );
    assert_eq!(
        rows(&report, "Severely absent"),
        ["Khan, Amira|001201|8KM|33.3|12|0|8|0|CP|Mrs Khan, mother; Mr Khan, mother|O 8; will not leave the house|\
          Meeting since Wed 4 Mar 2026|Mr Webb|meeting with the family|Mon 2 Mar 2026: meeting with the family: agreed a plan|\
          home visit, Tue 10 Mar 2026"]
    );
    assert_eq!(
        rows(&report, "Persistently absent, known to another agency"),
        [
            "O'Neill-Smith, Siobhan|001203|8KM|83.3|12|2|0|0|EHC|Mr Smith, mother, must not be contacted; Ms O'Neill, mother|I 2|\
          no open case||||"
        ]
    );
}

#[test]
fn a_return_has_what_the_form_asks_and_the_record_holds() {
    for (name, met) in [("ten-day", TriggerKind::TenDays), ("fifteen-day", TriggerKind::Sickness)] {
        let mut gathered = usual();
        gathered.facts.triggers = vec![trigger(met, None)];
        let private = PrivateFacts {
            born: Some("••••".to_owned()),
            address: Some("••••".to_owned()),
            numbers: vec![(1, "•••• 001".to_owned())],
            homes: vec![(2, "••••".to_owned())],
        };
        gathered.facts.private.insert(AMIRA, private);
        let report = kind(name).report(&gathered, false);
        assert_eq!(
            rows(&report, "Episodes"),
            [
                "Khan, Amira|001201|8KM||B801200005001|••••|••••|2026-03-03|Tue 3 Mar AM|Tue 3 Mar PM|10|6|O Tue 3 Mar|goes on||\
              Mrs Khan, mother; Mr Khan, mother, lives at ••••|Mrs Khan •••• 001|Khan, Bilal 9TR|none in the record"
            ]
        );
        let call = Line {
            date: date(2026, 3, 3),
            time: None,
            kind: LineKind::Call,
            who: "S Marsh".to_owned(),
            with: String::new(),
            what: "call about Tue 3 Mar AM, no answer".to_owned(),
            act: ActId(1),
        };
        let before = Line { date: date(2026, 3, 2), ..call.clone() };
        gathered.facts.lines.insert(AMIRA, vec![before, call]);
        let episodes = rows(&kind(name).report(&gathered, false), "Episodes");
        assert!(
            episodes[0].ends_with("|1 call; last Tue 3 Mar 2026: call about Tue 3 Mar AM, no answer"),
            "{episodes:?}"
        );
    }
}

#[test]
fn the_penalty_check_says_what_is_firm_and_what_is_locked() {
    let mut gathered = usual();
    gathered.facts.triggers = vec![trigger(TriggerKind::Penalty, Some("4 N in the window"))];
    let sessions: Vec<SessionDate> = [24, 25].map(|day| SessionDate::new(date(2026, 2, day), Session::Am)).to_vec();
    gathered.facts.locked.insert(AMIRA, sessions.clone());
    let notice = PenaltyNotice { parent: mother(), issued: date(2026, 2, 27), sessions };
    let file = CaseFile { events: vec![held(1, CaseEvent::Penalty(notice))], ..CaseFile::default() };
    gathered.facts.cases.insert(AMIRA, file);
    let report = kind("penalty-check").report(&gathered, false);
    assert_eq!(
        rows(&report, "Threshold met"),
        [
            "Khan, Amira|001201|8KM|2026-03-03|10|4|6|not ready|4 N in the window|goes on|2|Mrs Khan, 27 Feb 2026, no outcome yet|\
          O Tue 3 Mar"
        ]
    );
    assert_eq!(rows(&report, "Locked by a notice"), ["Khan, Amira|001201|8KM|2|Tue 24 Feb 2026 AM|Wed 25 Feb 2026 AM"]);
}

#[test]
fn the_census_is_told_by_code_and_half_term() {
    let gathered = gathered(
        roll(),
        vec![date(2026, 2, 24)..date(2026, 3, 1), date(2026, 3, 1)..date(2026, 3, 4)],
        &["Spring 1", "Spring 2"],
    );
    let report = kind("census").report(&gathered, false);
    let year = rows(&report, "Year 8");
    // Four pupils, eight sessions and four.
    assert_eq!(year[..2], ["possible|32|16|48", "blank|0|0|0"]);
    for (code, counts) in [("/", "|22|16|38"), ("I", "|2|0|2"), ("O", "|8|0|8")] {
        let row = year.iter().find(|row| row.starts_with(&format!("{code}: "))).unwrap();
        assert!(row.ends_with(counts), "{row}");
    }
    assert_eq!(year.len(), 5);
    let each = rows(&report, "Each pupil");
    assert_eq!(each.len(), 16, "eight pupils, two half-terms");
    let hers: Vec<&String> = each.iter().filter(|row| row.starts_with("Khan, Amira|")).collect();
    assert!(hers[0].starts_with("Khan, Amira|001201|8KM|B801200005001|8|Spring 1|8|0|0|8|0|"), "{hers:?}");
    assert!(hers[1].starts_with("Khan, Amira|001201|8KM|B801200005001|8|Spring 2|4|4|0|0|0|4|"), "{hers:?}");
    let Part::Table(table) = &report.sections.last().unwrap().parts[0] else { panic!() };
    assert_eq!((table.shown, table.has_bands), (Shown::InSpreadsheets, false));
}

#[test]
fn the_tracking_sheet_has_a_column_a_week() {
    let weeks = vec![date(2026, 2, 23)..date(2026, 3, 2), date(2026, 3, 2)..date(2026, 3, 4)];
    let report = kind("tracking").report(&gathered(roll(), weeks, &["23 Feb 2026", "2 Mar 2026"]), false);
    assert_eq!(rows(&report, "Year groups"), ["23 Feb 2026|68.8|93.8|81.3|64|0", "2 Mar 2026|100.0|100.0|100.0|32|0"]);
    let each = rows(&report, "Each pupil");
    assert!(each.contains(&"Khan, Amira|001201|8KM|8|33.3|12|0|0.0|100.0".to_owned()), "{each:?}");
    let Part::Table(table) = &report.sections[1].parts[0] else { panic!() };
    assert_eq!((table.shown, table.has_bands), (Shown::InSpreadsheets, true));
    assert_eq!(table.elsewhere().as_deref(), Some("8 rows, in the CSV file and the workbook of this report."));
}

#[test]
fn exams_are_told_by_every_session_of_their_dates() {
    let report = kind("exams").report(&usual(), false);
    assert_eq!(rows(&report, "Year groups"), ["Year 8|4|79.2|48|2|8|0", "Year 9|4|95.8|48|2|0|0"]);
    let missed = rows(&report, "Who missed a session");
    assert_eq!(missed.len(), 3);
    assert!(
        missed.contains(&"Khan, Bilal|001202|9TR|83.3|12|2|0|Tue 24 Feb AM M, Tue 24 Feb PM M".to_owned()),
        "{missed:?}"
    );
    assert!(report.notes[0].starts_with("The record holds no entries for exams"));
}

#[test]
fn providers_are_told_with_what_was_confirmed() {
    let mut gathered = usual();
    let session = |day, session| SessionDate::new(date(2026, 3, day), session);
    let one = |pupil, at, code: &str, with: &str, state| Elsewhere {
        pupil,
        at,
        code: self::code(code),
        with: with.to_owned(),
        state,
    };
    gathered.facts.elsewhere = vec![
        one(BILAL, session(2, Session::Am), "B", "Harbour AP", WasThere::Yes),
        one(BILAL, session(2, Session::Pm), "B", "Harbour AP", WasThere::No),
        one(ZOE, session(2, Session::Am), "B", "Harbour AP", WasThere::Yes),
        one(BILAL, session(3, Session::Am), "B", "Harbour AP", WasThere::Unconfirmed),
        one(LUKASZ, session(3, Session::Am), "D", "Hillside School", WasThere::Waiting),
    ];
    let report = kind("providers").report(&gathered, false);
    assert_eq!(rows(&report, "Providers"), ["Harbour AP|B|2|4|2|66.7|1|1|0", "Hillside School|D|1|1|0||0|0|1"]);
    assert!(rows(&report, "Pupils").contains(&"Khan, Bilal|001202|9TR|Harbour AP|B|3|1|50.0|1|1|0".to_owned()));
    assert_eq!(rows(&report, "Never confirmed"), ["Khan, Bilal|001202|9TR|2026-03-03|AM|B|Harbour AP"]);
}

#[test]
fn a_session_elsewhere_is_unconfirmed_once_it_is_due() {
    let day = day(&[(BILAL, Session::Am, "B"), (AMIRA, Session::Am, "/")]);
    for (now, states) in [
        (Some("08:39"), &[][..]),
        (Some("09:30"), &[WasThere::Waiting]),
        (Some("10:01"), &[WasThere::Unconfirmed]),
        (None, &[WasThere::Unconfirmed]),
    ] {
        let mut gathered = usual();
        gathered.take_elsewhere(&day, now.map(time));
        let found: Vec<WasThere> = gathered.facts.elsewhere.iter().map(|one| one.state).collect();
        assert_eq!(found, states, "{now:?}");
        assert!(gathered.facts.elsewhere.iter().all(|one| one.pupil == BILAL));
    }
}

#[test]
fn the_leave_card_has_what_the_head_decides_by() {
    let mut roll = roll();
    let (from, until) = (date(2026, 3, 11), date(2026, 3, 12));
    roll.calendar.other_times.push(OtherTimes { name: "Exam week".to_owned(), from, until, times: times() });
    let mut gathered = gathered(roll, whole(), &[""]);
    gathered.whom.pupil = Some(AMIRA);
    let leave = LeaveRequest {
        asked: date(2026, 3, 2),
        by: mother(),
        first: date(2026, 3, 9),
        last: date(2026, 3, 9) + Days::new(6),
        reason: "wedding".to_owned(),
    };
    let file = CaseFile { events: vec![held(1, CaseEvent::Leave(leave))], ..CaseFile::default() };
    gathered.facts.cases.insert(AMIRA, file);
    gathered.facts.siblings.insert(BILAL, gathered.year.of(BILAL));
    let report = kind("leave-card").report(&gathered, false);
    assert_eq!(report.pupils, 1);
    assert_eq!(rows(&report, "Attendance this school year"), ["Khan, Amira|001201|8KM|33.3|12|0|8|0|severely absent"]);
    let absences = rows(&report, "Absences by code");
    assert!(
        absences.len() == 1 && absences[0].starts_with("O|") && absences[0].ends_with("|unauthorised|8"),
        "{absences:?}"
    );
    assert_eq!(
        rows(&report, "Requests for leave"),
        [
            "2026-03-02|Mrs Khan|2026-03-09|2026-03-15|5|wedding|not decided yet",
            "On the dates of the newest request the calendar has: Exam week (Wed 11 Mar 2026 to Thu 12 Mar 2026).",
        ]
    );
    assert_eq!(rows(&report, "Brothers and sisters here"), ["Khan, Bilal|001202|9TR|83.3|12|2|0|0|"]);
}

#[test]
fn only_whoever_is_meant_is_listed_and_nobody_else_counted() {
    let mut gathered = usual();
    gathered.whom.years = vec![9];
    let report = kind("tsm").report(&gathered, false);
    assert_eq!(rows(&report, "Severely absent"), [""; 0]);
    let report = kind("census").report(&gathered, false);
    assert!(report.sections.iter().all(|section| section.heading != "Year 8"));
    assert_eq!(gathered.facts.by_code.figures(LEAVER, None, &codes()), Figures::default());
}
