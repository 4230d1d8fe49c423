//! What the guide proposes, what it asks, and what profiles come of it.

mod asking;
mod keeping;

use std::os::unix::fs::PermissionsExt as _;

use tempfile::TempDir;

use super::*;
use crate::domain::people::pupil::Pupil;
use crate::domain::people::upn::with_check_letter;
use crate::domain::testing::{G8KM, codes, pupil, roll_of, today};

/// The guide at a file, and the folder that holds it.
struct Taught {
    guide: Guide,
    folder: TempDir,
}

fn opened(name: &str, text: &str) -> Result<Taught, ReadFault> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    let on_roll = |id: i64| Pupil { admission_no: Some(format!("P{id}")), ..pupil(id, "Ash", "Ivy", G8KM) };
    let roll = Arc::new(roll_of((1..4).map(on_roll).collect()));
    let guide = Guide::open(&path, (roll, codes()), Profiles::built_in()?, today())?;
    Ok(Taught { guide, folder })
}

fn teach(text: &str) -> Taught {
    opened("tracker.csv", text).unwrap()
}

impl Taught {
    /// A line a point: its label, what is settled or asked of it, and why.
    fn told(&self) -> Vec<String> {
        let told = |point: Point| {
            let likely: Vec<String> = point.choices.iter().take(point.likely.min(3)).map(|one| one.word()).collect();
            let what = point.settled().map_or_else(|| format!("? {}", likely.join(" | ")), |choice| choice.word());
            format!("{}: {what} ({})", point.label, point.reason)
        };
        self.guide.points().into_iter().map(told).collect()
    }

    /// What is told of `label`.
    fn of(&self, label: &str) -> String {
        let all = self.told();
        let found = all.iter().find_map(|one| one.strip_prefix(&format!("{label}: ")));
        found.unwrap_or_else(|| panic!("{label}: {all:#?}")).to_owned()
    }

    fn answers(&mut self, text: &str) -> Result<(), String> {
        self.guide.take(&Answers::parse(text).unwrap())
    }

    fn profile(&self) -> Profile {
        // Whose files they are is a question of its own.
        let mut guide = self.guide.clone();
        if guide.points().iter().any(|point| point.about == About::Source && point.is_open()) {
            guide.answer(About::Source, Choice::NotOfMis);
        }
        guide.profile("tracker", Some("marks of our tracker")).unwrap()
    }

    fn trial(&self) -> Trial {
        self.guide.try_out(&self.profile()).unwrap()
    }
}

const LONG: &str = "Pupil ref,Name,When,Half,Sign\nP1,\"Ash, Ivy\",24/02/2026,AM,/\nP2,\"Rook, Ned\",25/02/2026,PM,\\\n\
                    P1,\"Ash, Ivy\",25/02/2026,PM,H9\nP3,\"Wren, Zoe\",25/02/2026,AM,I\n";

#[test]
fn each_column_is_proposed_with_a_reason_and_asked_only_where_that_is_not_certain() {
    let mut taught = teach(LONG);
    assert_eq!(taught.of("The file"), "marks (marks stand in it, and what else these need may be there)");
    let wanted = [
        "Pupil ref: admission_no (admission numbers: 3 of 3 are on your roll)",
        "Name: left-out (“Name” is known, and not needed)",
        "When: ? date day-first | left-out (dates, the day first: 24/02/2026 can be read in no other way)",
        "Half: session (words for morning and afternoon)",
        "Sign: code (marks: / and 3 known codes, and 1 that are not ours)",
        "mark “H9”: ? wait | no-mark | / (once, on line 4: no national code)",
        "Whose files: ? from-mis = true | from-mis = false (what your own system tells is not handed back to it, and what anybody else's file changes is)",
    ];
    assert_eq!(taught.told()[1..], wanted);
    assert_eq!(taught.guide.faults(), ["no answer yet for When, mark “H9”, Whose files"]);
    taught.answers("from-mis = false\n[columns]\nwhen = 'date'\n[codes]\nH9 = 'I'").unwrap();
    assert_eq!(taught.guide.faults(), [""; 0]);
    let profile = taught.profile();
    assert_eq!(
        profile.text,
        "# Written by the guide, from the headings of tracker.csv.\nwhat = \"marks of our tracker\"\nkind = \"marks\"\n\
         dates = \"day-first\"\nleft-out = [\"Name\"]\n\n[columns]\nadmission_no = [\"Pupil ref\"]\ncode = [\"Sign\"]\n\
         date = [\"When\"]\nsession = [\"Half\"]\n\n[codes]\nH9 = \"I\"\n"
    );
    let trial = taught.trial();
    assert_eq!((trial.brings.as_slice(), trial.on_roll), (&["4 marks of 3 pupils".to_owned()][..], Some((3, 3))));
    assert_eq!((trial.refused, trial.passed_over), (0, None));
}

#[test]
fn what_stands_in_a_column_tells_what_it_is() {
    let upns: Vec<String> = (1..4).map(|n| with_check_letter(&format!("80120000500{n}"))).collect();
    let of_pupils = |column: &str, cells: [&str; 3]| {
        let row = |n: usize| format!("{},Ash,Ivy,{}\n", upns[n], cells[n]);
        teach(&format!("ID,Surname,Forename,{column}\n{}{}{}", row(0), row(1), row(2)))
    };
    for (heading, cells, wanted) in [
        ("Locker", ["112", "113", "114"], "left-out (no heading that is known, and nothing that is needed)"),
        ("Pupil no", ["P1", "P2", "P3"], "admission_no (admission numbers: 3 of 3 are on your roll)"),
        ("Yr", ["7", "Year 8", "9"], "year (headed “Yr”: years of the curriculum)"),
        (
            "DOB",
            ["23/11/2014", "2/1/2015", "3/4/2014"],
            "date_of_birth day-first (headed “DOB”: dates, the day first: some can be read in no other way)",
        ),
        (
            "DOB",
            ["2014-11-23", "3 May 2015", "2014-04-03"],
            "date_of_birth (headed “DOB”: dates, each of which can be read in one way only)",
        ),
        (
            "Mobile",
            ["07700 900001", "07700 900002", "07700 900003"],
            "left-out (no heading that is known, and nothing that is needed)",
        ),
    ] {
        let mut taught = of_pupils(heading, cells);
        taught.answers("file = 'pupils'").unwrap();
        assert_eq!(taught.of(heading), wanted, "{cells:?}");
        assert_eq!(taught.of("ID"), "upn (UPNs: 3 of 3 pass the check letter)", "{:#?}", taught.told());
    }
    let shown = |heading: &str, cells| {
        let taught = of_pupils(heading, cells);
        let points = taught.guide.points();
        let point = points.into_iter().find(|one| one.label == heading).unwrap();
        (point.shown(false).remove(0), point.shown(true).remove(0))
    };
    let phones = ["07700 900001", "07700 900002", "07700 900003"];
    assert_eq!(shown("Phone no", phones), ("•••• 001".to_owned(), "07700 900001".to_owned()));
    assert_eq!(shown("Medical", ["asthma", "none", ""]), ("••••".to_owned(), "asthma".to_owned()));
    assert_eq!(shown("Locker", ["112", "113", "114"]).0, "112");
}

#[test]
fn a_date_that_could_be_read_two_ways_is_settled_by_the_others_of_its_column_or_asked() {
    let of_dates = |dates: [&str; 2]| {
        let mut taught = teach(&format!("Adno,Date,Session,Mark\nP1,{},AM,/\nP2,{},PM,\\\n", dates[0], dates[1]));
        taught.answers("file = 'marks'\nfrom-mis = false").unwrap();
        taught
    };
    for (dates, wanted) in [
        (
            ["03/02/2026", "24/02/2026"],
            "date day-first (headed “Date”: dates, the day first: 24/02/2026 can be read in no other way)",
        ),
        (
            ["02/03/2026", "02/24/2026"],
            "date month-first (headed “Date”: dates, the month first: 02/24/2026 can be read in no other way)",
        ),
        (
            ["24/02/2026", "02/25/2026"],
            "left-out (headed “Date”: dates in two orders: 24/02/2026 has the day first and 02/25/2026 the month. They are not read)",
        ),
        (
            ["03/02/2026", "02/02/2026"],
            "? date day-first | date month-first | left-out (headed “Date”: dates that can be read in two ways: 03/02/2026 is 3 February 2026 or 2 March 2026)",
        ),
        (["2026-02-03", "Wed, 4 Feb 2026"], "date (headed “Date”: dates, each of which can be read in one way only)"),
        (["02/02/2026", "Wed, 4 Feb 2026"], "date (headed “Date”: dates, each of which can be read in one way only)"),
    ] {
        assert_eq!(of_dates(dates).of("Date"), wanted);
    }
    let month_first = of_dates(["02/03/2026", "02/24/2026"]);
    assert!(month_first.profile().text.contains("dates = \"month-first\"\n"));
    assert_eq!(month_first.trial().brings, ["2 marks of 2 pupils"]);
    let both = of_dates(["24/02/2026", "02/25/2026"]);
    assert_eq!(both.guide.faults(), ["no column is the date"]);
    let mut asked = of_dates(["03/02/2026", "02/02/2026"]);
    assert_eq!(asked.guide.faults(), ["no answer yet for Date"]);
    let refused = asked.answers("[columns]\nDate = 'date'").unwrap_err();
    assert!(
        refused.starts_with("the column “Date” cannot be “date”: date day-first, date month-first, left-out"),
        "{refused}"
    );
    asked.answers("[columns]\nDate = 'date month-first'").unwrap();
    assert_eq!(asked.trial().first, [""; 0]);
    assert!(asked.profile().text.contains("month-first"));
    let grid = teach("Adno,03/02/2026 AM,03/02/2026 PM,02/02/2026 AM\nP1,/,\\,/\nP2,N,\\,Q9\n");
    let wanted = "? day-first | month-first (3 columns of sessions; dates that can be read in two ways: 03/02/2026 is 3 February 2026 or 2 March 2026)";
    assert_eq!(grid.of("03/02/2026 AM to 02/02/2026 AM"), wanted);
    assert!(grid.of("mark “Q9”").starts_with("? wait"));
    let told = teach("Adno,03/02/2026 AM,03/02/2026 PM,13/02/2026 AM\nP1,/,\\,/\n");
    assert!(
        told.of("03/02/2026 AM to 13/02/2026 AM")
            .starts_with("day-first (3 columns of sessions; dates, the day first: 13/02")
    );
    assert_eq!(told.trial().brings, ["3 marks of 1 pupil"]);
}

#[test]
fn where_headings_are_there_twice_or_not_at_all_the_place_is_written() {
    let mut taught = teach("ID,ID,,Date,Session,Mark\n7,P1,AM,24/02/2026,AM,/\n8,P2,PM,24/02/2026,AM,N\n");
    assert!(taught.of("ID").starts_with("left-out"), "{:#?}", taught.told());
    let keys: Vec<String> = taught.guide.points().into_iter().map(|one| one.key).collect();
    assert_eq!(keys, ["tracker.csv", "ID #1", "ID #2", "column 3", "Date", "Session", "Mark", "from-mis"]);
    taught.answers("[columns]\n'ID #2' = 'admission_no'\n'column 3' = 'left-out'").unwrap();
    let text = taught.profile().text;
    assert!(text.contains("which = 2") && text.contains("heading = \"ID\""), "{text}");
    assert_eq!((taught.trial().brings, taught.trial().on_roll), (vec!["2 marks of 2 pupils".to_owned()], Some((2, 2))));
}

#[test]
fn nothing_that_a_profile_cannot_hold_is_taken() {
    let mut taught = teach("Child,Class,Start\nIvy Ash,8KM,2026-02-24\nNed Rook,8KM,2026-02-25\n");
    let why = "no column could be a pupil's number, and nobody is known by name alone";
    assert!(taught.of("The file").contains(why), "{}", taught.of("The file"));
    taught.answers("file = 'arrangements'").unwrap();
    taught.answers("[columns]\nChild = 'title'\nClass = 'code'").unwrap();
    assert!(taught.guide.faults()[0].starts_with("no column holds a pupil's number"), "{:?}", taught.guide.faults());
    let mut twice = teach("Adno,Ref,Date,Session,Mark\nP1,P2,2026-02-24,AM,/\n");
    twice.answers("from-mis = true\n[columns]\nRef = 'admission_no'").unwrap();
    assert_eq!(twice.guide.faults(), ["“Adno” and “Ref” cannot both be the admission number"]);
    for (answers, says) in [
        ("[columns]\nNobody = 'upn'", "the column “Nobody” is answered, and tracker.csv has none"),
        ("[codes]\nQ9 = 'I'", "the mark “Q9” is answered, and tracker.csv has none"),
        ("file = 'grades'", "the file cannot be “grades”: marks, "),
        ("[columns]\nRef = 'shoe'", "the column “Ref” cannot be “shoe”: left-out, admission_no, "),
    ] {
        let said = twice.answers(answers).unwrap_err();
        assert!(said.starts_with(says), "{said}");
    }
    assert!(Answers::parse("colums = 1").is_err());
    let trip = teach(
        "Visit,Date,Depart,Leader\nMill,2026-02-24,08:50,A Leader\n\nSurname,Forename,Form,Adno\nAsh,Ivy,8KM,P1\nRook,Ned,8KM,P2\n",
    );
    assert!(
        !trip.of("The file").contains("pupils"),
        "a list below another table is not the roll: {}",
        trip.of("The file")
    );
    let why = |name: &str, text: &str| opened(name, text).err().unwrap().to_string();
    assert!(why("x.csv", "Adno,Possible,Present,% Attendance\nP1,9,9,100\n").contains("holds totals or percentages"));
    assert!(why("x.csv", "admission_no,surname,forename\nP1,Ash,Ivy\n").contains("needs no profile"));
    assert!(why("x.json", "{\"a\":1}").contains("x.json"));
}

#[test]
fn it_is_kept_whole_for_its_owner_and_replaces_nothing_unasked() {
    let mut taught = teach(LONG);
    taught.answers("file = 'marks'\nfrom-mis = false\n[columns]\nWhen = 'date'\n[codes]\nH9 = 'wait'").unwrap();
    let (profile, folder) = (taught.profile(), taught.folder.path().join("profiles"));
    let path = taught.guide.keep(&profile, &folder, false).unwrap();
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(matches!(taught.guide.keep(&profile, &folder, false), Err(NotKept::Exists(_))));
    let other = taught.guide.profile("tracker", Some("another")).unwrap();
    assert_eq!(taught.guide.keep(&other, &folder, true).unwrap(), path);
    assert!(std::fs::read_to_string(&path).unwrap().contains("another"));
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 1, "nothing is left beside it");
    let (elsewhere, link) = (taught.folder.path().join("letter.txt"), folder.join("linked.toml"));
    std::fs::write(&elsewhere, "Dear Mrs Khan").unwrap();
    std::os::unix::fs::symlink(&elsewhere, &link).unwrap();
    let linked = taught.guide.profile("linked", None).unwrap();
    assert!(taught.guide.keep(&linked, &folder, true).is_err() && taught.guide.keep(&linked, &folder, false).is_err());
    assert_eq!(std::fs::read_to_string(&elsewhere).unwrap(), "Dear Mrs Khan");
    for (text, name) in
        [("Tracker 8KM (new)", "tracker-8km-new"), ("tracker-2", "tracker-2"), ("Zoë’s_file", "zoe-s-file"), ("…", "")]
    {
        assert_eq!(save::name_of(text), name, "{text}");
    }
    for bad in ["", "../x", "Tracker", "a b", "-"] {
        let profile = Profile { name: bad.to_owned(), ..profile.clone() };
        assert!(matches!(taught.guide.keep(&profile, &folder, true), Err(NotKept::Name(_))), "{bad}");
    }
    std::fs::remove_file(link).unwrap();
    let loaded = Profiles::load(&folder).unwrap();
    let again = Guide::open(&taught.guide.path, (taught.guide.roll.clone(), codes()), loaded, today()).unwrap();
    assert_eq!((again.known_as(), again.name().as_str()), (Some("tracker"), "tracker"));
}

#[test]
fn the_answers_on_the_page_are_some() {
    let page = include_str!("../../../../../docs/import-and-export.md");
    let section = page.split_once("## Teaching firstbell a new file\n").unwrap().1;
    let answers = Answers::parse(section.split_once("```toml\n").unwrap().1.split_once("```").unwrap().0).unwrap();
    assert_eq!((answers.columns.len(), answers.codes.len(), answers.replace), (4, 1, true));
}
