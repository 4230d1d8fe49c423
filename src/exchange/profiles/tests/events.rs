//! Tables of calls, arrivals, messages and trips, through the profiles that are built in.

use crate::exchange::profiles::Profile;
use crate::exchange::support::*;

fn fault(text: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.csv");
    std::fs::write(&path, text).unwrap();
    read_path(path).unwrap_err().to_string()
}

#[test]
fn times_are_read_as_kiosks_and_message_systems_write_them() {
    let head = "Name,Person ID,Date,Time In,Time Out,Reason\n";
    let times = |time: &str| {
        let read = read_text(&format!("{head}Ivy Ash,P1,26/10/2026,{time},,\n"));
        let came = read.incoming.arrivals.first().and_then(|(_, one)| one.came);
        came.map(|time| time.to_string()).unwrap_or_else(|| reasons(&read)[0].1.to_owned())
    };
    for (written, read) in [
        ("08:57", "08:57:00"),
        ("08:57:59", "08:57:00"),
        ("8:57 AM", "08:57:00"),
        ("01:05:10 pm", "13:05:00"),
        ("1:05PM", "13:05:00"),
        ("half nine", "is not a time such as 08:40"),
        ("25:00", "is not a time such as 08:40"),
    ] {
        assert_eq!(times(written), read, "{written}");
    }
    let moment = |written: &str| {
        let head = "Received,Channel,From,Possible student,Message";
        let read = read_text(&format!("{head}\n\"{written}\",SMS,,Ivy Ash,ill\n"));
        let one = read.incoming.messages.first().map(|(_, one)| format!("{:?}", one.received));
        one.unwrap_or_else(|| reasons(&read)[0].1.to_owned())
    };
    for (written, read) in [
        ("26/10/2026 09:41", "Local(2026-10-26T09:41:00)"),
        ("26 Oct 2026 9:41", "Local(2026-10-26T09:41:00)"),
        ("2026-10-26T07:58:11+01:00", "At(2026-10-26T06:58:11Z)"),
        ("26/10/2026", "Local(2026-10-26T00:00:00)"),
        ("yesterday", "is not a date such as 2026-09-03 or 03/09/2026"),
        ("26/10/2026 soon", "is not a time such as 08:40"),
    ] {
        assert_eq!(moment(written), read, "{written}");
    }
}

#[test]
fn a_trip_is_told_by_the_table_above_its_list() {
    let list = "Surname,Forename,Form,Adno\nAsh,Ivy,8QZ,P1\nRook,Ned,8QZ,P2\n";
    let read = read_text(&format!(
        "Year 8 trips\n\nVisit,Date,Depart,Return,Leader\nMill,26/10/2026,12:50,15:10,A Leader\n\n{list}"
    ));
    let told: Vec<String> = read
        .incoming
        .arrangements
        .iter()
        .map(|(place, one)| {
            let (pupil, terms) = (one.pupil.admission_no.as_deref().unwrap(), &one.terms);
            format!(
                "{}: {pupil} {} {} {} {:?} {}",
                place.line,
                one.code,
                terms.title,
                one.from,
                one.leaves.unwrap(),
                terms.note
            )
        })
        .collect();
    let note = "Depart 12:50, Return 15:10, Leader A Leader";
    assert_eq!(
        told,
        [format!("7: P1 V Mill 2026-10-26 12:50:00 {note}"), format!("8: P2 V Mill 2026-10-26 12:50:00 {note}")]
    );
    assert!(fault(&format!("Visit,Date,Depart,Return,Leader\n\n{list}")).contains("not exactly one row"));
    assert!(
        fault(&format!("Visit,Depart,Return,Leader\nMill,12:50,15:10,A\n\n{list}")).contains("another table on line 1")
    );
}

#[test]
fn words_of_a_column_are_ours_and_those_of_no_column_are_a_mistake() {
    let profile = |more: &str| Profile::parse("x", &format!("what = 'x'\nkind = 'calls'\n[columns]\n{more}"), true);
    let known = profile("result = ['Status']\n[values.result]\n'Got through!' = 'aware'\n").unwrap();
    assert_eq!(known.values["result"]["gotthrough"], "aware");
    for part in ["[values.shoe]\nA = 'b'\n", "[given]\nshoe = '4'\n", "[above]\nshoe = ['Shoe']\n"] {
        assert!(profile(part).unwrap_err().starts_with("“shoe” is no column of calls"), "{part}");
    }
}
