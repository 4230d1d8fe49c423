//! Whole exports through the program, each twice: the second run changes nothing.

use std::fs;

use crate::support::*;

const ORGS: &str = "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\no1,,,Mill Lane,school,,\n";

const CLASSES: &str = "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,\
                       schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\n\
                       c1,,,8QZ,08,,8QZ,homeroom,B12,o1,,,,\n";

const ENROLLMENTS: &str = "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,\
                           beginDate,endDate\n\
                           e1,,,c1,o1,p1,student,,,\n\
                           e2,,,c1,o1,p2,student,,,\n\
                           e3,,,c1,o1,t1,teacher,true,,\n";

/// Version 1.1 has the role in users.csv; 1.2 in roles.csv.
const USERS_1_1: &str = "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,\
                         familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n\
                         p1,,,true,o1,student,,,Zara,Quill,,Q1,,,,g1,08,\n\
                         p2,,,true,o1,student,,,Łukasz,Quill,,Q2,,,,g1,08,\n\
                         g1,,,true,o1,parent,,,Sara,Quill,,,,,01632 960123,,,\n\
                         t1,,,true,o1,teacher,,,Jane,Rook,,,,,,,,\n";

const USERS_1_2: &str = "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,\
                         identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,\
                         primaryOrgSourcedId\n\
                         p1,,,true,,,Zara,Quill,,Q1,,,,g1,08,,,o1\n\
                         p2,,,true,,,Łukasz,Quill,,Q2,,,,g1,08,,,o1\n\
                         g1,,,true,,,Sara,Quill,,,,,01632 960123,,,,,o1\n\
                         t1,,,true,,,Jane,Rook,,,,,,,,,,o1\n";

const ROLES: &str = "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,\
                     userProfileSourcedId\n\
                     r1,,,p1,primary,student,,,o1,\n\
                     r2,,,p2,primary,student,,,o1,\n\
                     r3,,,g1,primary,parent,,,o1,\n\
                     r4,,,t1,primary,teacher,,,o1,\n";

/// A folder of these files, imported twice; what the first run said.
fn twice(desk: &Desk, files: &[(&str, &str)]) -> CommandOutput {
    let folder = desk.folder.path().join("export");
    fs::create_dir(&folder).unwrap();
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    let import = || desk.run(&["import", folder.to_str().unwrap()]).ends(0);
    let first = import();
    let acts = desk.ask("SELECT count(*) FROM act");
    let again = import();
    assert!(again.out.starts_with("Everything was so already"), "{}", again.out);
    assert_eq!(desk.ask("SELECT count(*) FROM act"), acts, "a run that changes nothing leaves no trace");
    first
}

/// Both pupils are in 8QZ with their tutor, live together, and have their mother to ring.
fn the_quills_are_on_roll(desk: &Desk) {
    let roll = "SELECT p.forename, g.name, s.name, c.name, c.phone FROM pupil p
                JOIN tutor_group g ON g.id = p.tutor_group JOIN staff s ON s.id = g.tutor
                JOIN contact c ON c.pupil = p.id WHERE p.surname = 'Quill' ORDER BY p.admission_no";
    let rows: Vec<String> =
        desk.ask(roll).iter().map(|row| row.iter().flatten().cloned().collect::<Vec<_>>().join(", ")).collect();
    assert_eq!(
        rows,
        ["Zara, 8QZ, Jane Rook, Sara Quill, 01632 960123", "Łukasz, 8QZ, Jane Rook, Sara Quill, 01632 960123"]
    );
    let homes = desk.ask("SELECT count(DISTINCT household) FROM pupil WHERE surname = 'Quill'");
    assert_eq!(homes, [[Some("1".to_owned())]]);
}

#[test]
fn oneroster_1_1() {
    let desk = Desk::harrington();
    let files = [
        ("manifest.csv", "propertyName,value\noneroster.version,1.1\n"),
        ("orgs.csv", ORGS),
        ("classes.csv", CLASSES),
        ("enrollments.csv", ENROLLMENTS),
        ("users.csv", USERS_1_1),
    ];
    twice(&desk, &files);
    the_quills_are_on_roll(&desk);
}

#[test]
fn oneroster_1_2() {
    let desk = Desk::harrington();
    let files = [
        ("manifest.csv", "propertyName,value\noneroster.version,1.2\n"),
        ("orgs.csv", ORGS),
        ("classes.csv", CLASSES),
        ("enrollments.csv", ENROLLMENTS),
        ("users.csv", USERS_1_2),
        ("roles.csv", ROLES),
    ];
    twice(&desk, &files);
    the_quills_are_on_roll(&desk);
}

#[test]
fn the_flat_files_together() {
    let desk = Desk::harrington();
    let files = [
        ("pupils.csv", "admission_no,surname,forename,year,tutor_group,tutor\nQ1,Quill,Zara,8,8QZ,Mrs Rook\n"),
        ("contacts.csv", "admission_no,order,name,relationship,phone\nQ1,1,Sara Quill,mother,01632 960123\n"),
        ("flags.csv", "admission_no,flags\nQ1,CP FSM\n"),
        ("marks.csv", "admission_no,date,session,code,by\nQ1,2026-11-23,AM,/,Mrs Rook\n"),
    ];
    twice(&desk, &files);
    let card = desk.run(&["who", "zara"]).ends(0).out;
    assert!(card.contains("Sara Quill") && card.contains("CP"), "{card}");
    assert_eq!(desk.ask("SELECT code FROM mark WHERE date = '2026-11-23'"), [[Some("/".to_owned())]]);
}

const LESSONS: &str = "admission_no,date,period,class,teacher,room,code,minutes\n\
                       1,2026-11-24,1,8KM Maths,Ms Ali,R4,/,\n\
                       4,2026-11-24,1,8KM Maths,Ms Ali,R4,L,6\n\
                       5,2026-11-24,1,8KM Maths,Ms Ali,R4,,\n\
                       1,2026-11-25,2,8KM Art,Mr Orme,B12,,\n";

#[test]
fn lessons_and_then_the_marks_that_are_new() {
    let desk = Desk::harrington();
    twice(&desk, &[("lessons.csv", LESSONS)]);
    let before = desk.ask("SELECT count(*) FROM mark");
    let due = "SELECT l.class, l.room, p.pupil, p.code, p.minutes FROM lesson l JOIN lesson_pupil p ON p.lesson = l.id
               ORDER BY l.date, p.pupil";
    let rows = || desk.ask(due).into_iter().map(|row| row.into_iter().flatten().collect::<Vec<_>>().join(" "));
    let maths = "8KM Maths R4";
    let [one, four, five] = ["1 /", "4 L 6", "5"].map(|mark| format!("{maths} {mark}"));
    assert_eq!(rows().collect::<Vec<_>>(), [one.clone(), four, five.clone(), "8KM Art B12 1".to_owned()]);
    let counts = desk
        .import("later.csv", &LESSONS.replace("L,6", "N,").replace("Mr Orme,B12", "Mr Orme,B14"), &["--json"])
        .ends(0)
        .json()["counts"]["lessons"]
        .clone();
    assert_eq!((&counts["new"], &counts["changed"], &counts["same"]), (&0.into(), &2.into(), &2.into()), "{counts}");
    let four = format!("{maths} 4 N");
    assert_eq!(rows().collect::<Vec<_>>(), [one, four, five, "8KM Art B14 1".to_owned()]);
    assert_eq!(desk.ask("SELECT count(*) FROM mark"), before, "a lesson's mark is no session's mark");
}

#[test]
fn lessons_that_cannot_be_used_are_told() {
    let desk = Desk::harrington();
    let file = desk.folder.path().join("lessons.csv");
    let rows = "1,2026-11-24,1,8KM Maths,/\n1,2026-11-24,9,8KM Maths,\n99,2026-11-24,1,8KM Maths,\n\
                1,2026-11-22,1,8KM Maths,\n1,2026-11-25,1,8KM Maths,/\n1,2026-11-24,2,8KM Art,A\n";
    fs::write(&file, format!("admission_no,date,period,class,code\n{rows}")).unwrap();
    let report = desk.run(&["import", file.to_str().unwrap(), "--json"]).ends(0).json();
    let mut rejects: Vec<(i64, &str)> = report["rejects"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["line"].as_i64().unwrap(), one["reason"].as_str().unwrap()))
        .collect();
    rejects.sort_unstable();
    let wanted = [
        (3, "the school's settings have no such period: they have 1, 2, 3, 4, 5, 6"),
        (4, "no pupil"),
        (5, "no school"),
        (6, "this date is still to come"),
        (7, "this is not an attendance code"),
    ];
    assert_eq!(rejects.len(), wanted.len(), "{rejects:?}");
    for ((line, reason), (wanted_line, wanted)) in rejects.into_iter().zip(wanted) {
        assert!(line == wanted_line && reason.contains(wanted), "{line}: {reason}");
    }
    assert_eq!(report["counts"]["lessons"]["new"], 1);
}

#[test]
fn ten_bad_rows_are_listed_and_the_rest_are_used() {
    let desk = Desk::harrington();
    let good = "Q1,2026-11-23,AM,/,\nQ1,2026-11-23,PM,\\,\n";
    let bad = "nobody,2026-11-23,AM,/,\n\
               ,2026-11-23,AM,/,\n\
               Q1,23 Nov,AM,/,\n\
               Q1,2026-11-31,AM,/,\n\
               Q1,2026-11-24,noon,/,\n\
               Q1,2026-11-24,AM,#NAME?,\n\
               Q1,2026-11-22,AM,/,\n\
               Q1,2026-12-01,AM,/,\n\
               Q1,2026-11-23,AM,N,\n\
               Q1,2026-11-24,AM,L,soon\n";
    desk.import("pupils.csv", "admission_no,surname,forename,tutor_group\nQ1,Quill,Zara,8QZ\n", &[]).ends(0);
    let marks = desk.folder.path().join("marks.csv");
    fs::write(&marks, format!("admission_no,date,session,code,minutes\n{good}{bad}")).unwrap();
    let output = desk.run(&["import", marks.to_str().unwrap(), "--json"]).ends(0);
    let report = output.json();
    let rejects = report["rejects"].as_array().unwrap();
    assert_eq!(rejects.len(), 10, "{rejects:#?}");
    let lines: Vec<i64> = rejects.iter().map(|one| one["line"].as_i64().unwrap()).collect();
    assert!((4..=13).all(|line| lines.contains(&line)), "{lines:?}");
    assert!(rejects.iter().all(|one| one["file"] == "marks.csv" && one["reason"] != ""), "{rejects:#?}");
    assert_eq!(report["counts"]["marks"]["new"], 2);
    let list = fs::read_to_string(report["rejects_file"].as_str().unwrap()).unwrap();
    assert_eq!(list.lines().count(), 11, "a heading and ten rows: {list}");
}
