//! Malformed files: what is read, and what is warned about. No row vanishes, and nothing is guessed.

use super::super::Read;
use super::super::support::*;

/// Number, surname and forename of each pupil who is read.
fn names(read: &Read) -> Vec<String> {
    let name = |pupil: &crate::domain::incoming::IncomingPupil| {
        format!("{} {}, {}", pupil.key.admission_no.as_deref().unwrap_or("-"), pupil.surname, pupil.forename)
    };
    read.incoming.pupils.iter().map(|(_, pupil)| name(pupil)).collect()
}

fn warnings(read: &Read) -> Vec<(u64, &str)> {
    read.warnings.iter().map(|one| (one.place.line, one.text.as_str())).collect()
}

fn lines(read: &Read) -> Vec<u64> {
    read.rejects.iter().map(|one| one.place.line).collect()
}

const HEADINGS: &str = "admission_no,surname,forename,year,tutor_group,household\n";

fn pupils(rows: &str) -> Read {
    read_text(&format!("{HEADINGS}{rows}"))
}

#[test]
fn a_stray_quotation_mark_swallows_nobody() {
    let others = "P2,Quill,Zara,8,8QZ,\nP3,Rook,Ned,8,8QZ,\n";
    for (first, last) in [
        ("P1,\"Ash,Ivy,8,8QZ,\n", "P4,Be\"ll,Tom,8,8QZ,\n"),
        ("P1,\"Ash,Ivy,8,8QZ,\n", "P4,Bell\",Tom,8,8QZ,\n"),
        ("P1,Ash,Ivy,8,8QZ,\"4 Mill Lane\n", "P4,Bell,Tom,8,8QZ,\"6 Mill Lane\"\n"),
        ("P1,\"Ash,Ivy,8,8QZ,\n", "P4,Bell,Tom,8,8QZ,\n"),
    ] {
        let read = pupils(&format!("{first}{others}{last}"));
        assert_eq!((lines(&read), read.incoming.pupils.len()), (vec![2], 3), "{first}{last}");
        assert_eq!(names(&read)[..2], ["P2 Quill, Zara", "P3 Rook, Ned"]);
        assert!(reasons(&read)[0].1.starts_with("a quotation mark in this line is not closed"));
        let alone = read.incoming.pupils.iter().filter(|(_, pupil)| pupil.surname.contains('"')).count();
        let shown = |(line, text): &(u64, &str)| *line == 5 && text.starts_with("one quotation mark stands alone");
        assert_eq!(warnings(&read).iter().filter(|one| shown(one)).count(), alone, "{:?}", warnings(&read));
    }
    let address = pupils("P1,Ash,Ivy,8,8QZ,\"4 Mill Lane,\nHarrington, HA1\"\nP2,Quill,Zara,8,8QZ,\n");
    assert_eq!((address.incoming.pupils.len(), reasons(&address)), (2, vec![]), "a cell may have two lines");
}

#[test]
fn quotation_marks_as_other_programs_write_them() {
    let read = pupils("P1, Ash, \"Ivy \"\"Ace\"\"\", 8, 8QZ, \"4 Mill Lane, Harrington\"\n");
    assert_eq!(
        (names(&read), warnings(&read), reasons(&read)),
        (vec!["P1 Ash, Ivy \"Ace\"".to_owned()], vec![], vec![])
    );
    assert_eq!(read.incoming.pupils[0].1.household.as_deref(), Some("4 Mill Lane, Harrington"));
    let read = pupils("P1,Ash,\"Ivy \\\"Ace\\\"\",8,8QZ,\nP2,Quill,Zara,8,8QZ,\n");
    assert_eq!(names(&read), ["P1 Ash, Ivy \"Ace\"", "P2 Quill, Zara"]);
    assert_eq!(warnings(&read), [(2, "a \\ before a quotation mark is read as belonging to it")]);
    let marks = read_text("\"admission_no\",\"date\",\"session\",\"code\"\n\"1\",\"2026-09-07\",\"PM\",\"\\\"\n");
    assert_eq!((marks.incoming.marks.len(), reasons(&marks)), (1, vec![]), "a backslash is a mark too");
}

#[test]
fn lines_that_are_nobody_become_nobody() {
    let read = pupils(&format!("P1,Ash,Ivy,8,8QZ,\n{HEADINGS}P2,Quill,Zara,8,8QZ,\nTotal,2,,,,\nP3,31,Tom,8,8QZ,\n"));
    assert_eq!(
        (names(&read), lines(&read)),
        (["P1 Ash, Ivy", "P2 Quill, Zara"].map(str::to_owned).to_vec(), vec![3, 5, 6])
    );
    assert_eq!(
        reasons(&read)[2].1,
        "this is a number, and no name: a cell may be missing, or the line be one of totals"
    );
    let joined = pupils(&format!("P1,Ash,Ivy,8,8QZ,\n\u{feff}{HEADINGS}P2,Quill,Zara,8,8QZ,\n"));
    assert_eq!((names(&joined).len(), lines(&joined)), (2, vec![3]), "two exports put behind each other");
}

#[test]
fn blank_headings_are_passed_over_and_told_where_something_may_stand_under_them() {
    let read = read_text("admission_no,,surname,forename,,\nP1,x,Ash,Ivy\nP2,,Quill,Zara,,\nP3,,Rook,Ned,x,\n");
    assert_eq!((names(&read).len(), lines(&read)), (2, vec![4]));
    assert!(warnings(&read).contains(&(1, "column 2 has no heading, and was left out")), "{:?}", warnings(&read));
}

#[test]
fn ids_a_spreadsheet_was_kept_from_are_read_and_those_it_spoilt_are_not() {
    let read =
        pupils("=\"00123\",Ash,Ivy,8,=\"8QZ\",\n'00124,Quill,Zara,8,12-Dec,\n\"=\"\"00125\"\"\",Rook,Ned,8,8QZ,\n");
    assert_eq!(names(&read), ["00123 Ash, Ivy", "00124 Quill, Zara", "00125 Rook, Ned"]);
    let groups: Vec<_> = read.incoming.pupils.iter().map(|(_, pupil)| pupil.group.as_deref()).collect();
    assert_eq!(groups, [Some("8QZ"), None, Some("8QZ")]);
    let shown = warnings(&read);
    assert_eq!(shown[1], (2, "=\"00123\" is a formula, and was read as 00123 (2 such rows, this is the first)"));
    assert!(shown[0].0 == 3 && shown[0].1.starts_with("“12-Dec” is no tutor group, and was left out"), "{shown:?}");
    let spoilt =
        pupils("2E+11,Ash,Ivy,8,8QZ,\n2E+11,Quill,Zara,8,8QZ,\n4127.0,Rook,Ned,8,8QZ,\n#REF!,Bell,Tom,8,8QZ,\n");
    assert_eq!((names(&spoilt).len(), lines(&spoilt)), (0, vec![2, 3, 4, 5]));
    assert!(reasons(&spoilt).iter().all(|(_, why)| why.starts_with("a spreadsheet has spoilt this")));
}

#[test]
fn no_date_is_guessed() {
    let marks = |rows: &str| {
        let read = read_text(&format!("admission_no,date,session,code\n{rows}"));
        let dates: Vec<String> = read.incoming.marks.iter().map(|(_, mark)| mark.at.date.to_string()).collect();
        (dates, lines(&read), read)
    };
    let (dates, refused, read) =
        marks("1,10/9/2026,AM,N\n2,9/14/2026,AM,N\n3,9/10/2026,AM,N\n4,9/9/2026,AM,N\n5,2026-09-03,AM,N\n");
    assert_eq!((dates, refused), (vec!["2026-09-09".to_owned(), "2026-09-03".to_owned()], vec![2, 3, 4]));
    let shown = "line 3 has the month first, so this date is not guessed at: have dates written as 2026-09-03";
    assert_eq!((reasons(&read)[0].1, reasons(&read)[2].1), (shown, shown));
    let (dates, refused, read) = marks("1,9/10/2026,AM,N\n2,10/9/2026,AM,N\n");
    assert_eq!((dates.len(), refused), (0, vec![2, 3]));
    assert!(reasons(&read)[0].1.starts_with("the day may come first or the month"), "{:?}", reasons(&read));
    let (dates, refused, read) = marks("1,3/9/2026,AM,N\n2,14/9/2026,AM,N\n");
    assert_eq!((dates, refused.len()), (vec!["2026-09-03".to_owned(), "2026-09-14".to_owned()], 0));
    assert_eq!(warnings(&read), []);
    let (dates, _, read) = marks("1,03/09/2026,AM,N\n2,04/09/2026,AM,N\n");
    assert_eq!(dates, ["2026-09-03", "2026-09-04"]);
    let shown =
        "03/09/2026 is read day first, though no other date here tells that it is (2 such rows, this is the first)";
    assert_eq!(warnings(&read), [(2, shown)]);
    let terms = read_text("kind,name,from,until\nterm,Autumn 1,9/3/2026,10/23/2026\n");
    assert_eq!((terms.incoming.calendar.len(), lines(&terms)), (0, vec![2]), "one column tells of another");
}

#[test]
fn what_stands_for_nothing_is_nobody_s_number() {
    let read = read_text(
        "admission_no,upn,surname,forename\nNULL,B801200005001,Ash,Ivy\nNULL,E12345678901X,Bell,Tom\nN/A,,Quill,Zara\n-,TEMP,Rook,Ned\n",
    );
    let keys: Vec<_> = read.incoming.pupils.iter().map(|(_, pupil)| pupil.key.admission_no.as_deref()).collect();
    assert_eq!((keys, lines(&read)), (vec![None, None], vec![4, 5]));
    assert!(reasons(&read)[0].1.starts_with("this stands for nothing, and the row names no pupil"));
}

#[test]
fn an_error_of_a_spreadsheet_is_no_name() {
    let read = pupils("P1,#REF!,Ivy,8,8QZ,\nP2,Bell,#N/A,8,8QZ,\nP3,Quill,Zara,8,8QZ,\n");
    assert_eq!((names(&read), lines(&read)), (vec!["P3 Quill, Zara".to_owned()], vec![2, 3]));
    assert!(reasons(&read)[0].1.starts_with("a spreadsheet has spoilt this"));
}

#[test]
fn a_pupil_may_have_the_name_of_a_line_of_totals() {
    let headings = "surname,forename,admission_no,year,tutor_group,tutor,room,household,from,until\n";
    let read = read_text(&format!(
        "{headings}Grand,Ann,P1,,,,,,,\nTotal,,412,,,,,,,\nTotal,12,412,,,,,,,\nCount: 2,,,,,,,,,\n"
    ));
    assert_eq!((names(&read), lines(&read)), (vec!["P1 Grand, Ann".to_owned()], vec![3, 4, 5]));
}
