//! Tables of other systems: known from the start, and written down by the school.

use std::fs;

use crate::support::*;

const OURS: &str = "what = 'pupils of our tracker'\nkind = 'pupils'\n[columns]\nadmission_no = ['Ref']\nsurname = ['Last']\n\
                    forename = ['First']\n";
const TABLE: &str = "Ref,Last,First,Locker\n31,Bell,Ivy,7\n";

#[test]
fn a_table_that_is_not_known_is_read_once_the_school_has_written_down_what_it_is() {
    let desk = Desk::harrington();
    let refused = desk.import("ours.csv", TABLE, &[]).ends(3);
    assert!(
        refused.err.contains("firstbell does not know these columns: Ref, Last, First, Locker. Give"),
        "{}",
        refused.err
    );
    let folder = desk.db.with_file_name("profiles");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("our-tracker.toml"), OURS).unwrap();
    let read = desk.import("ours.csv", TABLE, &[]).ends(0);
    let said = "ours.csv is read as pupils of our tracker (profile our-tracker), parted by commas.";
    assert!(read.out.contains(said) && read.out.contains("Pupils: 1 new"), "{}", read.out);
    assert!(read.out.contains("“Locker” is not in the profile our-tracker, and was left out"), "{}", read.out);
    let listed = desk.run(&["profile"]).ends(0).out;
    assert!(listed.contains("our-tracker: pupils of our tracker, read as pupils, the school's own.\n"), "{listed}");
    assert!(listed.contains("marks-grid: marks in a grid, read as marks.\n"), "{listed}");
    assert!(desk.run(&["profile", "show", "our-tracker"]).ends(0).out.contains("admission_no = ['Ref']\n"));
    assert!(desk.run(&["profile", "show", "nobody's"]).ends(2).err.contains("no profile is called “nobody's”"));
    fs::write(folder.join("our-tracker.toml"), OURS.replace("Last", "Last']\nlast = ['x")).unwrap();
    let broken = desk.import("ours.csv", TABLE, &[]).ends(3);
    assert!(broken.err.contains("our-tracker.toml cannot be read: “last” is no column of pupils"), "{}", broken.err);
}
