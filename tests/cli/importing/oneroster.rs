//! A OneRoster export of what has changed alone (delta), after one of everything.

use std::fs;

use crate::support::*;

const USERS: &str = "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,\
                     identifier,email,sms,phone,agentSourcedIds,grades,password\n";

fn import(desk: &Desk, name: &str, mode: &str, users: &str) -> CommandOutput {
    let folder = desk.folder.path().join(name);
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("manifest.csv"), format!("propertyName,value\noneroster.version,1.1\nfile.users,{mode}\n"))
        .unwrap();
    fs::write(folder.join("orgs.csv"), "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\n")
        .unwrap();
    fs::write(folder.join("users.csv"), format!("{USERS}{users}")).unwrap();
    desk.run(&["import", folder.to_str().unwrap()]).ends(0)
}

#[test]
fn a_delta_takes_away_neither_contacts_nor_pupils() {
    let desk = Desk::harrington();
    let all = "p1,,,true,,student,,,Zara,Quill,,Q1,,,,\"g1,g2\",08,\np2,,,true,,student,,,Ned,Rook,,Q2,,,,g3,08,\n\
               g1,,,true,,parent,,,Sara,Quill,,,,,01632 960123,,,\ng2,,,true,,parent,,,Tom,Quill,,,,,01632 960124,,,\n\
               g3,,,true,,parent,,,Ann,Rook,,,,,01632 960125,,,\n";
    import(&desk, "all", "bulk", all);
    let contacts = || {
        desk.ask("SELECT k.name, k.phone FROM contact k JOIN pupil p ON p.id = k.pupil WHERE p.admission_no IN ('Q1', 'Q2') AND gone = 0 ORDER BY k.id")
    };
    let before = contacts();
    assert_eq!(before.len(), 3);
    let day = "2026-11-20T08:00:00.000Z";
    // One of two contacts of a pupil has changed, and the pupil's year; another pupil is there no more.
    let changed = format!(
        "p1,active,{day},true,,student,,,Zara,Quill,,Q1,,,,\"g1,g2\",09,\np2,tobedeleted,{day},true,,student,,,Ned,Rook,,Q2,,,,g3,08,\n\
         g1,active,{day},true,,parent,,,Sara,Quill,,,,,01632 960999,,,\n"
    );
    let first = import(&desk, "changes", "delta", &changed);
    assert!(first.out.contains("this export holds what has changed alone (delta)"), "{}", first.out);
    assert!(first.out.contains("they stay as they are until a whole export (bulk) is imported"), "{}", first.out);
    assert!(first.out.contains("Rook, Ned - is there no more, this file says, and stays on roll"), "{}", first.out);
    assert_eq!(contacts(), before, "nobody is taken off who is not in it");
    assert_eq!(desk.ask("SELECT year, last_day FROM pupil WHERE admission_no = 'Q1'"), [[Some("9".to_owned()), None]]);
    let asked = desk.run(&["leavers"]).ends(0);
    assert!(asked.out.contains("Rook, Ned") && !asked.out.contains("Khan"), "{}", asked.out);
    let again = import(&desk, "changes-again", "delta", &changed);
    assert!(again.out.starts_with("Everything was so already"), "{}", again.out);
    // All of a pupil's contacts are in it.
    let whole = format!("{}g2,active,{day},true,,parent,,,Tom,Quill,,,,,01632 960124,,,\n", changed);
    import(&desk, "whole", "delta", &whole);
    assert_eq!(contacts()[0][1].as_deref(), Some("01632 960999"));
    assert_eq!(contacts().len(), 3);
}
