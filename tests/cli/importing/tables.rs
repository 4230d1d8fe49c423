//! Tables as other systems and spreadsheets write them, each twice: asked where they leave a doubt, and the second run changes nothing.

use crate::support::*;

/// Import it, and again.
#[track_caller]
fn twice(desk: &Desk, name: &str, text: &str, more: &[&str]) -> CommandOutput {
    let first = desk.import(name, text, more).ends(0);
    let again = desk.import(name, text, more).ends(0);
    assert!(again.out.contains("was so already"), "{}", again.out);
    first
}

fn some(rows: &[&[&str]]) -> Vec<Vec<Option<String>>> {
    rows.iter().map(|row| row.iter().map(|cell| Some((*cell).to_owned())).collect()).collect()
}

#[test]
fn a_list_that_a_spreadsheet_has_spoilt_is_asked_about() {
    let desk = Desk::harrington();
    let roll = "admission_no,upn,surname,forename,date_of_birth,tutor_group\n\
                004101,B801200005001,Quill,Łena,2014-11-30,8QZ\n004102,,Rook,Ned,2014-01-09,8QZ\n";
    desk.import("roll.csv", roll, &[]).ends(0);
    let count = || desk.ask("SELECT count(*) FROM pupil");
    let before = count();
    let spoilt = "UPN,Adno,Surname,Forename,DOB,Reg\nB801200005001,4101,Quill,?ena,41973,8QZ\n,4102,Rook,Ned,09/01/2014,12-Dec\n";
    let refused = desk.import("list.csv", spoilt, &[]).ends(0);
    assert!(refused.out.contains("004101 (Quill, Łena) is on the roll"), "{}", refused.out);
    assert!(refused.out.contains("if it is this pupil, import it with --lost-zeros"), "{}", refused.out);
    assert!(refused.out.contains("import it with --serial-dates"), "{}", refused.out);
    let taken = twice(&desk, "list.csv", spoilt, &["--lost-zeros", "--serial-dates"]);
    assert!(taken.out.contains("4101 is read as 004101 (Quill, Łena), as --lost-zeros says"), "{}", taken.out);
    assert!(taken.out.contains("a number in the column dob is read as a date, in days since 1900"), "{}", taken.out);
    assert!(taken.out.contains("has lost letters in this file, and stays Quill, Łena"), "{}", taken.out);
    assert!(taken.out.contains("“12-Dec” is no tutor group"), "{}", taken.out);
    let held = "SELECT admission_no, forename, date_of_birth FROM pupil WHERE admission_no LIKE '0041%' ORDER BY id";
    assert_eq!(desk.ask(held), some(&[&["004101", "Łena", "2014-11-30"], &["004102", "Ned", "2014-01-09"]]));
    assert_eq!(count(), before, "nobody is doubled");
}

#[test]
fn a_report_of_contacts_keeps_two_of_one_name_apart_by_pupil_and_number() {
    let desk = Desk::harrington();
    desk.import("roll.csv", "admission_no,surname,forename\n0091,Marsh,Ellie\n0092,Marsh,Una\n", &[]).ends(0);
    let record = |id: &str, number: &str| {
        format!(
            "<Record><primary_id>{id}</primary_id><Adno>00{id}</Adno><Surname>Marsh</Surname><Priority>1</Priority>\
             <Contact_x0020_Title>Mrs</Contact_x0020_Title><Contact_x0020_Surname>Marsh</Contact_x0020_Surname>\
             <Contact_x0020_Forename>Helen</Contact_x0020_Forename><Relationship>Mother</Relationship>\
             <Parental_x0020_Responsibility>T</Parental_x0020_Responsibility><Telephone>07700 900{number}</Telephone></Record>\n"
        )
    };
    let report = format!("<SuperStarReport>\n{}{}</SuperStarReport>", record("91", "106"), record("92", "107"));
    let first = twice(&desk, "contacts.xml", &report, &[]);
    assert!(first.out.contains("is read as contacts (profile contacts)"), "{}", first.out);
    let held = "SELECT p.admission_no, k.name, k.phone, p.source_id FROM contact k JOIN pupil p ON p.id = k.pupil
                WHERE p.admission_no LIKE '009%' AND k.gone = 0 ORDER BY p.id";
    let both = [
        &["0091", "Mrs Helen Marsh", "07700 900106", "sims 91"][..],
        &["0092", "Mrs Helen Marsh", "07700 900107", "sims 92"],
    ];
    assert_eq!(desk.ask(held), some(&both));
    let renamed = report.replace("Helen</Contact", "Nell</Contact");
    let changed = twice(&desk, "contacts.xml", &renamed, &[]);
    assert!(changed.out.contains("Contacts: 0 new, 2 changed"), "the same pupil and number: {}", changed.out);
    // What was learnt of SIMS's numbers is what its marks go by.
    let marks = "<SessionAttendances><SessionAttendance><PersonID>91</PersonID><AttendanceDate>2026-11-23</AttendanceDate>\
                 <SessionName>AM</SessionName><AttendanceMark>/</AttendanceMark></SessionAttendance></SessionAttendances>";
    twice(&desk, "marks.xml", marks, &[]);
    let bromcom =
        r#"[{"studentId": 91, "calendarStartDate": "2026-11-23T00:00:00", "periodDisplayName": "AM", "mark": "N"}]"#;
    let refused = desk.import("marks.json", bromcom, &[]).ends(1);
    assert!(
        refused.out.contains("“bromcom 91”: no pupil on the roll is known by Bromcom's own number"),
        "{}",
        refused.out
    );
}

#[test]
fn marks_in_one_text_come_whole_or_not_at_all() {
    let desk = Desk::harrington();
    desk.import("roll.csv", "admission_no,surname,forename\n0091,Marsh,Ellie\n0092,Marsh,Una\n", &[]).ends(0);
    let text = "Adno,From,To,Marks\n0091,19/11/2026,23/11/2026,/\\L\\I-\n0092,19/11/2026,23/11/2026,/\\/\n";
    let first = desk.import("strings.csv", text, &[]).ends(0);
    assert!(first.out.starts_with("Imported, 1 row refused") && first.out.contains("Marks: 5 new"), "{}", first.out);
    assert!(
        first.out.contains("none of these marks is taken: 3 letters are not the marks of 19 Nov 2026"),
        "{}",
        first.out
    );
    assert!(desk.import("strings.csv", text, &[]).ends(0).out.contains("was so already"));
}

#[test]
fn a_timetable_is_asked_which_dates_its_days_are() {
    let desk = Desk::harrington();
    let fet = "\"Activity Id\",\"Day\",\"Hour\",\"Students Sets\",\"Subject\",\"Teachers\",\"Activity Tags\",\"Room\",\"Comments\"\n\
               \"1\",\"Wed A \",\"P1\",\"8KM\",\"Art\",\"ALI+ORM\",\"\",\"R4\",\"\"\n\"1\",\"Wed A \",\"P2\",\"8KM\",\"Art\",\"ALI\",\"\",\"R4\",\"\"\n\
               \"2\",\"Wed B\",\"P1\",\"8KM\",\"PE\",\"\",\"\",\"\",\"\"\n\"3\",\"Wed A\",\"P3\",\"Nobody\",\"PE\",\"\",\"\",\"\",\"\"\n";
    let asked = desk.import("fet.csv", fet, &[]).ends(3);
    let says = "is a timetable from FET, and its days are called “Wed A”, “Wed B”: say which dates they are, each as in --day \"Wed A=2026-09-07\"";
    assert!(asked.err.contains(says), "{}", asked.err);
    let first = twice(&desk, "fet.csv", fet, &["--day", "wed a=2026-11-25"]);
    assert!(first.out.contains("the lessons of “Wed B” are left out: no date is said for it"), "{}", first.out);
    assert!(first.out.contains("“Nobody”: no tutor group is called so"), "{}", first.out);
    let lessons = "SELECT l.date, l.period, l.class, l.teacher, count(*) = (SELECT count(*) FROM pupil q JOIN tutor_group g ON g.id = q.tutor_group WHERE g.name = '8KM')
                   FROM lesson l JOIN lesson_pupil p ON p.lesson = l.id GROUP BY l.id ORDER BY l.period";
    let held = [&["2026-11-25", "1", "8KM Art", "ALI, ORM", "1"][..], &["2026-11-25", "2", "8KM Art", "ALI", "1"]];
    assert_eq!(desk.ask(lessons), some(&held));
    // A class by the name that its last lesson had; the week before the day of the week or behind it.
    let sims = "Class,Teacher,Room,Period\n8KM Art,ALI,R4,1Thu:1\n8KM Art,ALI,R4,ThuB:2\n8KM Art,ALI,R4,Art\n";
    let wrong = desk.import("sims.csv", sims, &["--day", "1Thu=2026-11-25"]).ends(1);
    assert!(wrong.out.contains("2026-11-25 is a Wednesday, and no Thu"), "{}", wrong.out);
    let taken = twice(&desk, "sims.csv", sims, &["--day", "1Thu=2026-11-26", "--day", "ThuB=2026-12-03"]);
    assert!(taken.out.contains("this is not a period such as 1Mon:3 or MonB:3"), "{}", taken.out);
    let dates = "SELECT date, period FROM lesson WHERE date > '2026-11-25' ORDER BY date";
    assert_eq!(desk.ask(dates), some(&[&["2026-11-26", "1"], &["2026-12-03", "2"]]));
}
