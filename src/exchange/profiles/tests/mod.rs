//! Tables of other systems, through the profiles that are built in, and a school's own.

mod events;
mod own;

use proptest::prelude::*;

use super::profile::plain_heading;
use super::{Profile, Profiles};
use crate::exchange::support::*;
use crate::exchange::timetable::Timetable;
use crate::exchange::{Known, Read, read};

/// Line, pupil, session and mark of each mark that is read.
fn marks(read: &Read) -> Vec<String> {
    let told = read.incoming.marks.iter().map(|(place, one)| {
        let key = &one.pupil;
        let pupil = [&key.admission_no, &key.upn, &key.source_id].into_iter().flatten().next().unwrap();
        format!("{}: {pupil} {} {}", place.line, one.at, one.mark)
    });
    told.collect()
}

fn read_as(read: &Read) -> Vec<&str> {
    read.read_as.iter().map(|one| one.what.as_str()).collect()
}

fn warnings(read: &Read) -> Vec<(u64, &str)> {
    read.warnings.iter().map(|one| (one.place.line, one.text.as_str())).collect()
}

fn fault(text: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.csv");
    std::fs::write(&path, text).unwrap();
    read_path(path).unwrap_err().to_string()
}

#[test]
fn every_profile_that_is_built_in_can_be_read_and_tells_its_columns_apart() {
    for profile in Profiles::built_in().unwrap().iter() {
        let spelt = profile.columns.iter().flat_map(|(_, headings)| headings.iter().map(|one| &one.text));
        let mut all: Vec<&String> = spelt.chain(&profile.left_out).collect();
        let many = all.len();
        all.sort();
        all.dedup();
        // A column's own name may be written out.
        assert!(many - all.len() <= profile.columns.len(), "{}", profile.name);
        assert!(!profile.what.is_empty() && profile.left_out.iter().all(|one| *one == plain_heading(one)));
    }
}

#[test]
fn a_grid_with_dates_above_its_columns() {
    let read = read_text(
        "Harrington High\nMarks from 12/10/2026 to 13/10/2026\n\nSurname,Forename,Reg,Adno,12/10/2026 AM,12/10/2026 PM,13/10/2026 AM\n\
         Ash,Ivy,8QZ,P1,/,\\,N\nQuill,Zara,8QZ,P2,L,,-\nRook,Ned,8QZ,P3,#,#,I\n\nTotal pupils,3\nPrinted 14/10/2026 15:55\n",
    );
    let all = ["5: P1 Mon 12 Oct AM /", "5: P1 Mon 12 Oct PM \\", "5: P1 Tue 13 Oct AM N", "6: P2 Mon 12 Oct AM L"];
    assert_eq!(marks(&read)[..4], all);
    assert_eq!((marks(&read).len(), marks(&read)[4].as_str()), (5, "7: P3 Tue 13 Oct AM I"));
    assert_eq!(
        read_as(&read),
        ["marks in a grid (profile marks-grid), parted by commas, 3 lines above the headings left out"]
    );
    assert_eq!(reasons(&read), []);
    let said = warnings(&read);
    assert!(
        said.contains(&(9, "“Total pupils 3” is no row, and was left out (2 such rows, this is the first)")),
        "{said:?}"
    );
    assert!(said.iter().any(|(line, text)| *line == 6 && text.starts_with("no mark here yet (2 such")), "{said:?}");
    assert!(
        said.iter().any(|(line, text)| *line == 7 && text.starts_with("# says that school was closed")),
        "{said:?}"
    );
}

#[test]
fn days_of_a_week_with_the_week_in_a_column_above_or_in_two_lines_of_headings() {
    let week = "Mon 19 Oct AM /, Mon 19 Oct PM \\, Tue 20 Oct AM N";
    for text in [
        "Adno\tWeek beginning\tMonAM\tMonPM\tTueAM\nP1\t19/10/2026\t/\t\\\tN\n",
        "StudentId,AdmissionNumber,LastName,WeekStartDate,MonAM,MonPM,TueAM\n77,P1,Ash,2026-10-19T00:00:00,/,\\,N\n",
        "Week of 19 October 2026;;;\nAdno;Mon AM;Mon PM;Tue AM\nP1;/;\\;N\n",
        "Register|w/c 19/10/2026||\nAdno|Name|Monday||Tuesday\n||AM|PM|AM\nP1|Ash, Ivy|/|\\|N\n",
    ] {
        let read = read_text(text);
        let told: Vec<String> = marks(&read).iter().map(|one| one.split_once("P1 ").unwrap().1.to_owned()).collect();
        assert_eq!((told.join(", ").as_str(), reasons(&read)), (week, vec![]), "{text}: {:?}", read.read_as);
        assert_eq!(read.warnings, [], "{text}");
    }
    assert!(fault("Adno,MonAM,MonPM\nP1,/,\\\n").contains("does not tell of which week"));
    let tuesday = read_text("Adno,Week beginning,MonAM,MonPM\nP1,20/10/2026,/,\\\n");
    assert_eq!(reasons(&tuesday), [(2, "2026-10-20 is a Tuesday, and a week begins on a Monday")]);
}

#[test]
fn a_row_for_each_day_and_one_for_each_session() {
    let day = read_text(
        "UPN,Name,Date,AM,PM\nB801200005001,\"Ash, Ivy\",12/10/2026,/,\\\nB801200005001,\"Ash, Ivy\",13/10/2026,N,\n",
    );
    assert_eq!(marks(&day).len(), 3);
    assert_eq!(marks(&day)[2], "3: B801200005001 Tue 13 Oct AM N");
    let long = read_text(
        "Student,Arbor Student ID,Year group,Registration form,Date,Session,Mark,Minutes late,Note\n\
         Ivy Ash,71,Year 8,8QZ,\"Mon, 12 Oct 2026\",AM,L,12,\nIvy Ash,71,Year 8,8QZ,\"Tue, 12 Oct 2026\",PM,\\,,\n",
    );
    assert_eq!(marks(&long), ["2: arbor 71 Mon 12 Oct AM L 12 min"]);
    let why = "2026-10-12 is a Monday, and not the day of the week that is written before it";
    assert_eq!(reasons(&long), [(3, why)]);
    let dfe = read_text(
        "Full Name,UPN,School Name,Session date,Attendance code,Period\n\
         \"Ash, Ivy\",B801200005001,Harrington,Monday 12 October 2026,/,Morning attendance\n\
         \"Ash, Ivy\",B801200005001,Harrington,Monday 12 October 2026,--,Afternoon attendance\n",
    );
    assert_eq!(marks(&dfe), ["2: B801200005001 Mon 12 Oct AM /"]);
    assert_eq!(read_as(&dfe), ["the DfE's export of attendance codes (profile dfe-code-export), parted by commas"]);
    let dates = read_text("Adno,Mark date,AM/PM,Mark\nP1,10/14/2026,AM,/\nP2,10/12/2026,AM,/\n");
    assert_eq!((marks(&dates).len(), reasons(&dates).len()), (0, 2), "no date is guessed");
}

#[test]
fn lists_of_pupils_by_the_headings_they_have() {
    let names = |read: &Read| -> Vec<String> {
        let told = read.incoming.pupils.iter().map(|(place, one)| {
            let group = one.group.as_deref().unwrap_or("-");
            format!("{}: {}, {} {:?} {group}", place.line, one.surname, one.forename, one.year)
        });
        told.collect()
    };
    let starred =
        read_text("* First name,* Surname,* Date Of Birth,* Sex,UPN,MisID\nIvy,Ash,03/02/2015,F,B801200005001,P1\n");
    assert_eq!(names(&starred), ["2: Ash, Ivy None -"]);
    let legal = read_text(
        "Admission Number,Legal Surname,Legal Forename,Preferred Forename,Year,Reg\nP1,Ash,Ivy,Ivy,Year  8,8QZ\n",
    );
    assert_eq!(names(&legal), ["2: Ash, Ivy Some(8) 8QZ"]);
    let own = read_text("UPN,Adno,Surname,Forename,DOB,Reg\nB801200005001,P1,Ash,Ivy,03/02/2015,8QZ\n");
    assert_eq!(names(&own), ["2: Ash, Ivy None 8QZ"], "more of the columns than our own headings take");
    let one_cell = read_text("Adno,Pupil name,Form,Locker\nP1,\"Ash, Ivy\",8QZ,12\nP2,Suparman,8QZ,13\n");
    assert_eq!(names(&one_cell), ["2: Ash, Ivy None 8QZ", "3: Suparman,  None 8QZ"]);
    assert_eq!(warnings(&one_cell), [(1, "“Locker” is not in the profile pupils, and was left out")]);
    let dump = read_text(
        "txtSchoolCode,txtSchoolID,txtForename,txtSurname,intNCYear,txtForm,intSystemStatus\n\
                          P1,71,Ivy,Ash,8,8QZ,1\nP2,72,Ned,Rook,8,8QZ,-1\n",
    );
    assert_eq!(names(&dump), ["2: Ash, Ivy Some(8) 8QZ"]);
    assert_eq!(warnings(&dump), [(3, "rows of “-1” are left out, as the profile says")]);
    assert!(fault("Surname,Forename,Reg\nAsh,Ivy,8QZ\n").contains("admission_no or upn"), "never by name alone");
}

#[test]
fn our_own_headings_may_stand_below_a_title_too() {
    let read = read_text("Pupils of Harrington\n\nadmission_no|surname|forename\nP1|Ash|Ivy\n");
    assert_eq!((read.incoming.pupils.len(), read.incoming.pupils[0].0.line), (1, 4));
    assert_eq!(read_as(&read), ["pupils, parted by bars, 2 lines above the headings left out"]);
    let usual = read_text("admission_no;surname;forename\nP1;Ash;Ivy\n");
    assert_eq!((usual.incoming.pupils.len(), read_as(&usual)), (1, vec![]));
}

#[test]
fn what_is_not_read_is_told_for_what_it_is() {
    for (text, says) in [
        (
            "Adno,Surname,Possible,Present,% Attendance\nP1,Ash,18,16,88.9\n",
            "x.csv holds totals or percentages, not marks",
        ),
        (
            "Student,UPN,Date,Category,Incident,Assigned to\nIvy Ash,,,,x,\n",
            "x.csv holds incidents or concerns about pupils",
        ),
        (
            "Visit,Date\nMill,x\n\nBus,Seat,Row\n1,2,3\n",
            "firstbell does not know these columns: Bus, Seat, Row. Give them",
        ),
        ("Surname,Forename,UPN,From,Marks\nAsh,Ivy,B801200005001,x,/\\\n", "has pupils and a column “marks”"),
        ("Adno,Reg,Adno,Surname,Forename\nP1,,P2,Ash,Ivy\n", "has the heading “Adno” twice, in columns 1 and 3"),
    ] {
        assert!(fault(text).contains(says), "{text}: {}", fault(text));
    }
}

#[test]
fn the_profile_on_the_page_is_one() {
    let page = include_str!("../../../../docs/import-and-export.md");
    let written = page
        .split_once("\n## Profiles\n")
        .and_then(|(_, rest)| rest.split_once("```toml\n"))
        .and_then(|(_, rest)| rest.split_once("```"))
        .unwrap()
        .0;
    let profile = Profile::parse("tracker", written, true).unwrap();
    assert_eq!((profile.codes.len(), profile.only.len(), profile.columns.len()), (2, 1, 4));
    for built_in in Profiles::built_in().unwrap().iter() {
        assert!(page.contains(&format!("| `{}` |", built_in.name)), "{}", built_in.name);
    }
}

#[test]
fn a_school_writes_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let profiles = |text: &str| {
        std::fs::write(folder.path().join("our-marks.toml"), text).unwrap();
        Profiles::load(folder.path())
    };
    let good = "what = 'our marks'\nkind = 'marks'\ndates = 'month-first'\n[columns]\n\
                admission_no = [{ heading = 'ID', which = 2 }]\ndate = ['Day']\nsession = []\ncode = ['Sign']\n[codes]\n'!' = 'N'\n'.' = ''\n";
    let path = folder.path().join("x.csv");
    std::fs::write(&path, "ID,ID,Day,Session,Sign\n7,P1,10/12/2026,AM,!\n7,P1,10/12/2026,PM,.\n").unwrap();
    let profiles_read = profiles(good).unwrap();
    let (codes, calendar) = (codes(), calendar());
    let known = Known {
        codes: &codes,
        calendar: &calendar,
        today: today(),
        profiles: &profiles_read,
        has_serial_dates: false,
        timetable: &Timetable::default(),
        own_files: &hashbrown::HashSet::new(),
    };
    let read = read(&[path], known, &mut |_| {}).unwrap();
    assert_eq!(marks(&read), ["2: P1 Mon 12 Oct AM N"]);
    assert_eq!(profiles_read.named("our-marks").map(|one| one.is_own), Some(true));
    for (text, says) in [
        (good.replace("'N'", "'Nope'"), "“Nope” is not an attendance code"),
        (good.replace("session", "sesion"), "“sesion” is no column of marks: admission_no, upn, mis_id, date"),
        (good.replace("what", "what ="), "(line 1). Put it right, or take it away"),
        (good.replace("'marks'", "'grades'"), "(line 2). Put it right, or take it away"),
        (good.replace("kind = 'marks'", "kind = 'pupils'\nshape = 'grid'"), "only marks have another shape than long"),
    ] {
        let fault = profiles(&text).unwrap_err().to_string();
        assert!(fault.contains("our-marks.toml cannot be read") && fault.contains(says), "{fault}");
    }
    assert_eq!(Profiles::load(&folder.path().join("nowhere")), Profiles::built_in());
}

proptest! {
    /// Whatever parts the cells and stands above the headings, each mark of a grid is read at its line.
    #[test]
    fn a_grid_that_is_written_is_read(
        delimiter in prop::sample::select(vec![b',', b'\t', b';', b'|']),
        titles in prop::collection::vec("[A-Z][a-z ]{0,12}", 0..5),
        rows in prop::collection::vec(("[ -~]{0,8}", "[/NLI]", "[\\\\NLI]"), 1..9),
    ) {
        let mut out = csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(Vec::new());
        for title in &titles {
            out.write_record([title]).unwrap();
        }
        out.write_record(["Name", "Adno", "12/10/2026 AM", "12/10/2026 PM"]).unwrap();
        for (number, (name, am, pm)) in rows.iter().enumerate() {
            out.write_record([name, &format!("P{number}"), am, pm]).unwrap();
        }
        let read = read_files(&[("x.csv", &out.into_inner().unwrap())]).unwrap();
        let lines: Vec<u64> = read.incoming.marks.iter().map(|(place, _)| place.line).collect();
        let first = titles.len() as u64 + 2;
        let wanted: Vec<u64> = (first..first + rows.len() as u64).flat_map(|line| [line, line]).collect();
        prop_assert_eq!(lines, wanted, "{:?}", read.rejects);
        let marks: Vec<String> = read.incoming.marks.iter().map(|(_, one)| one.mark.to_string()).collect();
        let wanted: Vec<String> = rows.iter().flat_map(|(_, am, pm)| [am.clone(), pm.clone()]).collect();
        prop_assert_eq!(marks, wanted);
    }
}

/// Each contact that is read: its line, pupil, place, name, relationship and numbers.
fn contacts(read: &Read) -> Vec<String> {
    let told = read.incoming.contacts.iter().map(|(place, one)| {
        let pupil = one.pupil.admission_no.as_deref().unwrap_or("-");
        let phones = one.phones.as_ref().map_or("no column".to_owned(), |phones| phones.join(" + "));
        format!("{}: {pupil} {} {}, {}, {phones}", place.line, one.order, one.name, one.relationship)
    });
    told.collect()
}

#[test]
fn a_list_that_names_contacts_alone_is_one_of_contacts_and_none_of_pupils() {
    let read = read_text(
        "adno,order,contact_id,title,forename,surname,relation,pr,phone_type,phone\n\
         P1,1,c-1,Mrs,Ivy,Ash,MTH,1,M,07700 900101\nP1,2,c-2,,,Rook,Aunt,0,H,\n",
    );
    assert_eq!(contacts(&read), ["2: P1 1 Mrs Ivy Ash, mother, 07700 900101", "3: P1 2 Rook, Aunt, "]);
    assert_eq!((read.incoming.pupils.len(), warnings(&read)), (0, vec![]));
    for parents in [
        "Adno,Surname,Forename,Mobile,Title\nP1,Ash,Ivy,07700 900101,Mrs\n",
        "admission_no,surname,forename,relation\n1,Ash,Ivy,MTH\n",
    ] {
        let says = fault(parents);
        assert!(says.contains("looks like a list of contacts, for it has “"), "{says}");
    }
}

#[test]
fn a_list_of_contacts_has_a_row_for_each_pupil_and_contact() {
    let read = read_text(
        "primary_id,Adno,Surname,Priority,Contact Title,Contact Surname,Contact Forename,Relationship,Parental Responsibility,Telephone\n\
         71,P1,Ash,1,Mrs,Ash,Ivy,Mother,T,07700 900101\n71,P1,Ash,2,,Rook,,Aunt,F,\n72,P2,Ash,1,Mrs,Ash,Ivy,Mother,T,07700 900102\n",
    );
    assert_eq!(
        contacts(&read),
        [
            "2: P1 1 Mrs Ivy Ash, Mother, 07700 900101",
            "3: P1 2 Rook, Aunt, ",
            "4: P2 1 Mrs Ivy Ash, Mother, 07700 900102"
        ]
    );
    assert_eq!((reasons(&read), warnings(&read)), (vec![], vec![]));
    assert_eq!(read_as(&read), ["contacts (profile contacts), parted by commas"]);
    let told: Vec<_> =
        read.incoming.contacts.iter().map(|(_, one)| one.parental_responsibility.value().copied()).collect();
    assert_eq!(told, [Some(true), Some(false), Some(true)]);
    let one_cell = read_text("UPN,Priority,Contact name,Relation\nB801200005001,1,Mr Rook,Uncle\n");
    assert_eq!(contacts(&one_cell), ["2: - 1 Mr Rook, Uncle, no column"]);
    assert!(
        fault("Surname,Priority,Contact name\nAsh,1,Mr Rook\n").contains("does not know these columns"),
        "never by name"
    );
}

#[test]
fn contacts_without_an_order_are_rung_as_they_stand_and_that_is_said() {
    let read = read_text(
        "Adno,Contact name,Relationship,Telephone,Class\nP1,Mrs Ash,Mother,07700 900101,8K/Ma\nP2,Mr Rook,Uncle,,8K/Ma\n\
         P1,Mr Ash,Father,07700 900102,8K/Ma\nP1,Mrs Ash,Mother,07700 900101,8K/En\n",
    );
    assert_eq!(
        contacts(&read),
        ["2: P1 1 Mrs Ash, Mother, 07700 900101", "3: P2 1 Mr Rook, Uncle, ", "4: P1 2 Mr Ash, Father, 07700 900102"]
    );
    let says = "the file does not say in which order contacts are rung: each pupil's are rung in the order in which they stand in it";
    assert!(warnings(&read)[0].1.starts_with(says), "{:?}", warnings(&read));
    // A name under “Name” may be the pupil's, and without a relationship nothing says that it is a contact's.
    for headings in
        ["Adno,Name,Relationship,Telephone\nP1,Mrs Ash,Mother,\n", "Adno,Contact name,Mobile\nP1,Mrs Ash,\n"]
    {
        fault(headings);
    }
}

#[test]
fn a_part_of_a_oneroster_export_is_named_so() {
    for text in ["classSourcedId,userSourcedId,role\n1,2,student\n", "propertyName,value\nmanifest.version,1.0\n"] {
        assert!(fault(text).contains("is part of a OneRoster export: import its whole folder"), "{}", fault(text));
    }
}

#[test]
fn a_contact_that_a_report_repeats_is_one() {
    // With each class of the pupil, and with each number.
    let read = read_text(
        "Adno,Class Name,Priority,Contact name,Relationship,Telephone\n\
         P1,8Q/En,1,Mrs Ash,Mother,07700 900101\nP1,8Q/Ma,1,Mrs Ash,Mother,07700 900101\nP1,8Q/Ma,1,Mrs Ash,Mother,01632 960101\n\
         P1,8Q/Ma,1,Mrs Ash,Mother,01632 960102\nP1,8Q/Ma,1,Mrs Ash,Mother,01632 960103\nP1,8Q/En,2,Mr Ash,Father,07700 900101\n",
    );
    let mother = "2: P1 1 Mrs Ash, Mother, 07700 900101 + 01632 960101 + 01632 960102 + 01632 960103";
    assert_eq!(
        (contacts(&read), reasons(&read)),
        (vec![mother.to_owned(), "7: P1 2 Mr Ash, Father, 07700 900101".to_owned()], vec![])
    );
    let apart =
        read_text("Adno,Priority,Contact name,Telephone\nP1,1,Mrs Ash,07700 900101\nP1,1,Mr Ash,07700 900101\n");
    assert_eq!(reasons(&apart), [(3, "line 2 already has contact 1 of this pupil")], "two people are not made one");
}

#[test]
fn a_number_of_another_system_is_learnt_where_all_rows_say_the_same_of_it() {
    let read = read_text(
        "StudentId,AdmissionNumber,LastName,WeekStartDate,MonAM,MonPM\n71,P1,Ash,2026-10-12,/,\\\n71,P1,Ash,2026-10-19,/,\\\n\
         72,P2,Rook,2026-10-12,/,\\\n72,P3,Lane,2026-10-12,/,\\\nNULL,P4,Quill,2026-10-12,/,\\\n",
    );
    let told: Vec<_> = read
        .incoming
        .ids
        .iter()
        .map(|(place, key)| (place.line, key.source_id.as_deref(), key.admission_no.as_deref()))
        .collect();
    assert_eq!(told, [(2, Some("bromcom 71"), Some("P1"))]);
    assert_eq!(warnings(&read), [(4, "bromcom 72 stands beside several pupils, and is kept for none")]);
    assert_eq!(marks(&read).len(), 10, "the marks go by the school's own number");
    assert_eq!(read_text("MIS ID,Adno,Date,AM,PM\n71,P1,12/10/2026,/,\\\n").incoming.ids, [], "no system is named");
}

#[test]
fn marks_in_one_text_are_taken_where_one_reading_fits() {
    let read = read_text(
        "Surname,Forename,UPN,From,To,Marks\nAsh,Ivy,B801200005001,12/10/2026,13/10/2026,/\\L\\\n\
         Rook,Ned,E12345678901X,12/10/2026,13/10/2026,J1J1/-\nQuill,Zara,H801200000001,12/10/2026,13/10/2026,\\/\\/\n\
         Marsh,Zoe,K801200000002,12/10/2026,13/10/2026,  /7\nLane,Jo,L801200000003,13/10/2026,12/10/2026,/\\\n",
    );
    assert_eq!(
        marks(&read),
        [
            "2: B801200005001 Mon 12 Oct AM /",
            "2: B801200005001 Mon 12 Oct PM \\",
            "2: B801200005001 Tue 13 Oct AM L",
            "2: B801200005001 Tue 13 Oct PM \\",
            "3: E12345678901X Mon 12 Oct AM J1",
            "3: E12345678901X Mon 12 Oct PM J1",
            "3: E12345678901X Tue 13 Oct AM /",
            "5: K801200000002 Tue 13 Oct AM /",
        ]
    );
    assert_eq!(read.incoming.unknown_marks.len(), 1, "7 waits by itself");
    let why = reasons(&read);
    assert_eq!(why.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [4, 6]);
    assert!(why[0].1.starts_with("none of these marks is taken: the marks are as many as 12 Oct 2026"), "{why:?}");
    assert!(why[1].1.contains("which is no stretch of days"), "{why:?}");
    assert_eq!(read.rejects[0].value, "\\/\\/");
    assert_eq!(read_as(&read), ["marks in one text for each pupil (profile marks-string), parted by commas"]);
}
