//! Tables that are not read, whatever profiles there are: each named for what it is, with what to do instead.

use super::profile::plain_heading;

/// Columns that only lists of totals have.
const OF_TOTALS: [&str; 21] = [
    "possible",
    "possiblesessions",
    "sessionspossible",
    "possiblemarks",
    "present",
    "presentmarks",
    "sessionsattended",
    "attended",
    "attendances",
    "authorisedabsences",
    "authabs",
    "authorised",
    "unauthorisedabsences",
    "unauthabs",
    "unauthorised",
    "unexplainedabsences",
    "missingmarks",
    "attendance",
    "attendancepercentage",
    "percentageattendance",
    "approvededucationalactivity",
];
/// Columns that only records of incidents have.
const OF_INCIDENTS: [&str; 6] = ["incident", "incidentdetails", "linkedstudents", "concern", "actiontaken", "bodymap"];
/// Columns of them that others have too.
const BESIDE_INCIDENTS: [&str; 5] = ["category", "categories", "subcategory", "assignedto", "status"];

/// Columns that lists of who sits where in an exam have; a room or a seat is among them, and a candidate.
const OF_SEATING: [&str; 4] = ["seat", "seatno", "seatnumber", "room"];
const OF_CANDIDATES: [&str; 4] = ["candidateno", "candidatenumber", "candidatename", "candidate"];

/// What a table of these headings is of which nothing is kept, in a sentence.
pub fn what_of_nothing(headings: &[String]) -> Option<&'static str> {
    let plain: Vec<String> = headings.iter().map(|one| plain_heading(one)).collect();
    let has = |words: &[&str]| plain.iter().any(|one| words.contains(&one.as_str()));
    (has(&OF_SEATING) && has(&OF_CANDIDATES)).then_some(
        "who sits where in an exam. Nothing of it is kept: where somebody is due is no mark, and a candidate number names no pupil here",
    )
}

/// Why a table of these headings is not read, as it follows the file's name.
pub fn why_refused(headings: &[String]) -> Option<&'static str> {
    let plain: Vec<String> = headings.iter().map(|one| plain_heading(one)).collect();
    let count = |words: &[&str]| plain.iter().filter(|one| words.contains(&one.as_str())).count();
    let percents = headings.iter().filter(|one| one.contains('%')).count();
    if count(&OF_INCIDENTS) > 0 && count(&OF_INCIDENTS) + count(&BESIDE_INCIDENTS) > 1 {
        return Some(
            "holds incidents or concerns about pupils. These are not imported: they stay in the system that keeps them",
        );
    }
    // One such column may stand in a list of pupils.
    (count(&OF_TOTALS).max(percents) > 1).then_some(
        "holds totals or percentages, not marks. firstbell works them out itself: export the marks of the sessions, one by one",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_sits_where_in_an_exam_is_told_by_seats_and_candidates() {
        let what = |headings: &str| what_of_nothing(&headings.split(',').map(str::to_owned).collect::<Vec<_>>());
        assert!(what("Date,Start,Component,Room,Seat,Candidate No,Candidate Name,Form").is_some());
        assert!(what("Candidate Number,Seat no.").is_some());
        assert!(what("Adno,Date,Period,Class,Room").is_none());
    }

    #[test]
    fn totals_and_incidents_are_told_by_their_headings() {
        let why = |headings: &str| {
            why_refused(&headings.split(',').map(str::to_owned).collect::<Vec<_>>()).unwrap_or_default()
        };
        assert!(why("Surname,Adno,Possible,Present,% Attendance").starts_with("holds totals"));
        assert!(why("UPN,Auth. absences,Unauthorised Absences,Missing marks").starts_with("holds totals"));
        assert!(why("Adno,Wk 1 %,Wk 2 %").starts_with("holds totals"));
        assert!(why("Student,UPN,Date,Category,Incident,Assigned to").starts_with("holds incidents"));
        for fine in ["Adno,Surname,Forename,% Attendance", "Adno,Date,Session,Mark,Status,Category", ""] {
            assert_eq!(why(fine), "", "{fine}");
        }
    }
}
