//! The school's own profiles beside each other: of two that fit a file alike none is taken.

use super::*;
use crate::exchange::fault::ReadFault;

const LONG: &str = "what = 'X'\nkind = 'marks'\nleft-out = ['Pupil']\n[columns]\nadmission_no = ['Ref']\ndate = ['Day']\nsession = ['Half']\ncode = ['Sign']\n";
const FILE: &str = "Ref,Pupil,Day,Half,Sign\nP1,Ash,12/10/2026,AM,/\nP1,Ash,13/10/2026,AM,/\n";

/// Read `text` with these profiles, by their names.
fn with(profiles: &[(&str, &str)], text: &str) -> Result<Read, ReadFault> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in profiles {
        std::fs::write(folder.path().join(format!("{name}.toml")), text).unwrap();
    }
    let path = folder.path().join("x.csv");
    std::fs::write(&path, text).unwrap();
    let known = Known {
        codes: &codes(),
        calendar: &calendar(),
        today: today(),
        profiles: &Profiles::load(folder.path())?,
        has_serial_dates: false,
        timetable: &Timetable::default(),
        own_files: &Default::default(),
    };
    read(&[path], known, &mut |_| {})
}

#[test]
fn of_two_that_fit_a_file_alike_none_is_taken() {
    let month_first = LONG.replacen("kind", "dates = 'month-first'\nkind", 1);
    let fault = with(&[("one", LONG), ("two", &month_first)], FILE).unwrap_err().to_string();
    assert!(fault.contains("fits two of the school's own profiles alike, one and two"), "{fault}");
    assert!(fault.contains("keep one of one.toml and two.toml, in the folder “profiles”"), "{fault}");
    // The order of their names says nothing, and one alone is read.
    let fault = with(&[("b", &month_first), ("a", LONG)], FILE).unwrap_err().to_string();
    assert!(fault.contains("a and b"), "{fault}");
    assert_eq!(read_as(&with(&[("two", LONG)], FILE).unwrap()), ["X (profile two), parted by commas"]);
}

#[test]
fn one_that_knows_more_of_a_file_or_lacks_less_is_surer() {
    let (narrow, wide) = (LONG.replace("left-out = ['Pupil']\n", ""), LONG.replace("'Pupil'", "'Pupil', 'Form'"));
    let used = |text: &str| {
        let read = with(&[("a-wide", &wide), ("narrow", &narrow), ("right", LONG)], text).unwrap();
        read.read_as[0].what.clone()
    };
    assert!(used(FILE).contains("(profile right)"), "{}", used(FILE));
    assert!(used(&FILE.replace(",Pupil", "").replace(",Ash", "")).contains("(profile narrow)"));
    assert!(used(&FILE.replace("Pupil", "Form")).contains("(profile a-wide)"));
    // A school's own goes before one that is built in.
    let own = with(
        &[(
            "ours",
            &LONG
                .replace("'Ref'", "'Adno'")
                .replace("'Day'", "'Date'")
                .replace("'Half'", "'AM/PM'")
                .replace("'Sign'", "'Mark'"),
        )],
        "Adno,Date,AM/PM,Mark\nP1,12/10/2026,AM,/\n",
    );
    assert!(own.unwrap().read_as[0].what.contains("(profile ours)"));
}
