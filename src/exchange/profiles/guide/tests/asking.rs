//! What is asked, in which words, and what is never shown.

use super::*;

fn point(taught: &Taught, label: &str) -> Point {
    taught.guide.points().into_iter().find(|one| one.label == label).unwrap()
}

#[test]
fn a_question_is_asked_once_and_offers_what_can_be() {
    let known = teach(&LONG.replace("When", "Day"));
    let wanted = "date day-first (headed “Day”: dates, the day first: 24/02/2026 can be read in no other way)";
    assert_eq!(known.of("Day"), wanted);
    let asked = point(&teach(LONG), "When");
    assert_eq!(asked.question(), "Is “When” the date?");
    let words: Vec<String> = asked.choices.iter().take(asked.fitting).map(|one| one.word()).collect();
    assert_eq!(words, ["date day-first", "left-out", "by"], "no number of a pupil, and no mark, is a date");
    assert!(asked.choices.iter().any(|one| one.word() == "upn"), "whoever knows better may still say so");
    let from = "Adno,From,To,Marks\nP1,09/02/2026,13/02/2026,/\\/\\\nP2,09/02/2026,13/02/2026,/\\/-\n";
    let told = teach(from).of("From");
    assert_eq!(told, "from day-first (headed “From”: dates, the day first, as those of “To” tell)");
    let trip =
        "Visit,Date,Leader\nMill,2026-02-24,A Leader\n\nSurname,Forename,Form,Adno\nAsh,Ivy,8KM,P1\nRook,Ned,8KM,P2\n";
    assert_eq!(teach(trip).of("The file"), "arrangements (it is read so already)");
    let two_ways = teach("Adno,Date,Session,Mark\nP1,03/02/2026,AM,/\nP2,02/02/2026,PM,\\\n");
    assert_eq!(point(&two_ways, "Date").question(), "Which comes first in “Date”, the day or the month?");
}

#[test]
fn marks_in_one_text_are_offered() {
    let taught =
        teach("Pupil ref,First,Last,Attendance\nP1,2026-02-23,2026-02-24,/\\L\\\nP2,2026-02-23,2026-02-24,/\\/-\n");
    assert!(taught.of("The file").starts_with("marks string ("), "{}", taught.of("The file"));
    let mut taught = taught;
    assert!(taught.of("Attendance").starts_with("marks ("), "{:#?}", taught.told());
    taught.answers("from-mis = true\n[columns]\nFirst = 'from'\nLast = 'until'").unwrap();
    assert_eq!(taught.guide.faults(), [""; 0]);
    assert!(taught.profile().text.contains("shape = \"string\""), "{}", taught.profile().text);
    assert_eq!(taught.trial().brings, ["7 marks of 2 pupils"]);
}

#[test]
fn what_each_sign_was_taken_for_is_told_and_whether_anybody_is_on_the_roll() {
    let mut taught = teach(
        &LONG.replace("When", "Day").replace("P3,\"Wren, Zoe\",25/02/2026,AM,I", "P3,\"Wren, Zoe\",25/02/2026,AM,~"),
    );
    taught.answers("[codes]\nH9 = 'I'\n'~' = 'no-mark'").unwrap();
    let signs = taught.trial().signs;
    assert!(signs[0].starts_with("“H9” is I ("), "{signs:?}");
    assert_eq!(signs[1..], ["“~” is no mark yet"]);
    taught.answers("[codes]\nH9 = 'wait'").unwrap();
    assert_eq!(taught.trial().signs[0], "“H9” waits until somebody says what it means");
    assert!(!taught.trial().names_nobody());
    let mut strangers = teach(&LONG.replace("When", "Day").replace("P1", "X1").replace("P2", "X2").replace("P3", "X3"));
    strangers.answers("[columns]\n'Pupil ref' = 'admission_no'\n[codes]\nH9 = 'I'").unwrap();
    assert!(strangers.trial().names_nobody(), "{:?}", strangers.trial());
}

#[test]
fn nobodys_number_or_address_is_shown_before_it_is_asked_for() {
    let row = |n: usize, more: &str| format!("P{n},2026-02-24,AM,/,14 Mill Lane,{more},24/11/201{n}\n");
    let text = "Adno,Date,Session,Mark,Home,Remark,DOB\n".to_owned()
        + &row(1, "ring mum on 07700 900001")
        + &row(2, "late bus")
        + &row(3, "ivy@example.com")
        + &row(4, "");
    let taught = teach(&text);
    for label in ["Home", "Remark", "DOB"] {
        let point = point(&taught, label);
        assert_eq!(point.settled(), Some(Choice::LeftOut), "{label}");
        let shown = point.shown(false).join(" ") + &point.reason;
        for private in ["Mill", "900001", "example", "2014", "11/201"] {
            assert!(!shown.contains(private), "{label}: {shown}");
        }
    }
    assert!(point(&taught, "Remark").shown(true).contains(&"late bus".to_owned()));
    for first in ["Ash,Ivy,07700 900001", "Ash,Ivy,ivy@example.com"] {
        let fault = opened("x.csv", &format!("{first}\nRook,Ned,07700 900002\n")).err().unwrap().to_string();
        assert!(fault.contains("where the heading of column 3 should be"), "{fault}");
        assert!(!fault.contains("900001") && !fault.contains("example"), "{fault}");
    }
}

#[test]
fn answers_before_it_is_said_what_the_file_holds_are_told_so() {
    let mut taught = teach("Child,Class,Start\nIvy Ash,8KM,2026-02-24\nNed Rook,8KM,2026-02-25\n");
    let said = taught.answers("[columns]\nChild = 'title'").unwrap_err();
    assert!(said.starts_with("it is to be said first what tracker.csv holds, such as `file = \"marks\"`: "), "{said}");
    let said = Answers::parse("name = 'x'\ncolums = 1").unwrap_err();
    assert!(said.starts_with("line 2 cannot be read: unknown field `colums`"), "{said}");
}

#[test]
fn whose_files_of_marks_are_is_asked_where_that_is_not_clear() {
    let mut taught = teach(LONG);
    let source = |taught: &Taught| taught.guide.points().into_iter().find(|one| one.about == About::Source);
    let asked = source(&taught).unwrap();
    assert!(asked.is_open() && asked.question().contains("own system (MIS)"), "{asked:?}");
    taught.answers("from-mis = true\n[columns]\nWhen = 'date'\n[codes]\nH9 = 'I'").unwrap();
    let profile = taught.guide.profile("tracker", None).unwrap();
    assert!(profile.from_mis && profile.text.contains("from-mis = true\n"), "{}", profile.text);
    let pupils = teach("Adno,Surname,Forename,Locker\nP1,Ash,Ivy,7\n");
    assert_eq!(source(&pupils), None, "a list of pupils tells no marks");
    let report = "<SuperStarReport><Record><Adno>P1</Adno><Day>24/02/2026</Day><Half>AM</Half><Sign>/</Sign></Record></SuperStarReport>";
    let report = opened("report.xml", report).unwrap();
    assert_eq!(source(&report).and_then(|point| point.settled()), Some(Choice::OfMis));
    assert_eq!(report.guide.describe(), "1 row, in a report of SIMS, a line a record");
}

#[test]
fn what_is_the_same_in_every_row_is_asked_or_told() {
    let mut marks = teach("Adno,Date,Mark\nP1,2026-02-24,/\nP2,2026-02-24,N\n");
    marks.answers("file = 'marks'\nfrom-mis = false").unwrap();
    assert_eq!(marks.guide.faults(), ["no answer yet for AM or PM"], "{:#?}", marks.told());
    marks.answers("[given]\nsession = 'AM'").unwrap();
    assert!(marks.profile().text.contains("[given]\nsession = \"AM\"\n"), "{}", marks.profile().text);
    assert_eq!(marks.trial().brings, ["2 marks of 2 pupils"]);
    let mut contacts = teach("Adno,Who,Relationship,Mobile\nP1,Mrs Ash,mother,\nP1,Mr Ash,father,\nP2,Ms Rook,aunt,\n");
    contacts.answers("file = 'contacts'\n[columns]\nWho = 'name'").unwrap();
    assert!(contacts.of("Calling order").starts_with("as it stands (no column is the order"), "{:#?}", contacts.told());
    assert_eq!(contacts.guide.faults(), [""; 0]);
    assert_eq!(contacts.trial().brings, ["3 contacts"]);
    let mut trip = teach("Adno,What,Day\nP1,Mill,2026-02-24\nP2,Mill,2026-02-24\n");
    trip.answers("file = 'arrangements'\n[columns]\nWhat = 'title'\nDay = 'from'\n[given]\ncode = 'V'").unwrap();
    assert!(trip.profile().text.contains("[given]\ncode = \"V\"\n"), "{}", trip.profile().text);
    assert_eq!((trip.trial().refused, trip.trial().first), (0, vec![]), "{:?}", trip.trial());
}

#[test]
fn what_stands_in_a_table_above_the_list_is_so_for_every_row() {
    let mut taught =
        teach("Group,Day,Half\n8KM,24/02/2026,AM\n\nAdno,Name,Mark\nP1,\"Ash, Ivy\",/\nP2,\"Rook, Ned\",N\n");
    taught.answers("file = 'marks'\nfrom-mis = false").unwrap();
    assert!(taught.of("Day").starts_with("date (it stands in the table above"), "{:#?}", taught.told());
    assert!(taught.of("Group").starts_with("left-out (it stands in the table above"), "{:#?}", taught.told());
    taught.answers("[columns]\nHalf = 'session'").unwrap();
    assert_eq!(taught.guide.faults(), [""; 0], "{:#?}", taught.told());
    let text = taught.profile().text;
    assert!(text.contains("[above]\ndate = [\"Day\"]\nsession = [\"Half\"]\n"), "{text}");
    assert_eq!(taught.trial().brings, ["2 marks of 2 pupils"]);
}
