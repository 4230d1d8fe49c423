//! Files of a folder that feeds itself: taken and refused in the record, and what stands on the screens.

use firstbell::domain::act::{DismissFile, Undo};
use firstbell::domain::facts::fed_file::FedFile;
use firstbell::domain::incoming::{Incoming, Place, Reject};
use firstbell::domain::school::staff::Role;
use firstbell::store::feed::FileRefusal;

use crate::support::*;

fn fed(file: &str, digest: &str) -> FedFile {
    let [folder, file, digest, kept_as] = ["/srv/inbox", file, digest, file].map(str::to_owned);
    FedFile { folder, file, digest, kept_as }
}

/// A file of that name is refused.
pub fn refuse(desk: &mut Desk, file: &str) {
    let place = Place { file: file.to_owned(), line: 4 };
    let reject =
        Reject { place, column: "phone".to_owned(), value: "0113 496 0001".to_owned(), reason: "no".to_owned() };
    let refusal = FileRefusal { why: format!("{file} is a PDF"), rejects: vec![reject], ..FileRefusal::default() };
    let act = desk.store.refuse_file(&desk.officer.clone(), now("09:00"), &fed(file, "aa"), &refusal).unwrap();
    let told = desk.store.told_of_file(act).unwrap();
    assert_eq!((told.refused, told.rejects[0].value.as_str()), (1, ""), "no number is kept");
    let unmoved = desk.store.unmoved_files("/srv/inbox").unwrap().remove(0);
    desk.store.file_moved(unmoved.number, &unmoved.fed.kept_as).unwrap();
}

fn on_screens(desk: &mut Desk) -> Vec<String> {
    let day = desk.store.day(november(24)).unwrap();
    day.refused_files.iter().map(|one| format!("{} {}", one.at.format("%H:%M"), one.why)).collect()
}

#[test]
fn a_refusal_stands_until_somebody_has_seen_to_it_or_another_file_of_the_name_comes() {
    let mut desk = Desk::new();
    for file in ["a.csv", "b.csv"] {
        refuse(&mut desk, file);
    }
    assert_eq!(on_screens(&mut desk), ["09:00 a.csv is a PDF", "09:00 b.csv is a PDF"]);
    let dismiss = DismissFile { number: 1, file: "a.csv".to_owned() };
    let act = desk.done("09:10", dismiss.clone()).act;
    assert_eq!(on_screens(&mut desk), ["09:00 b.csv is a PDF"]);
    assert_eq!(desk.refused("09:11", dismiss), "no refused file of that number stands on the screens");
    desk.done("09:12", Undo { act });
    assert_eq!(on_screens(&mut desk).len(), 2);
    // Whether it changed anything or not.
    let officer = desk.officer.clone();
    let merged = desk.store.merge_fed(&officer, now("09:20"), &Incoming::default(), &fed("a.csv", "bb")).unwrap();
    assert_eq!(merged.act, None);
    desk.store.fed_unchanged(now("09:20"), &fed("a.csv", "bb")).unwrap();
    assert_eq!(on_screens(&mut desk), ["09:00 b.csv is a PDF"]);
    refuse(&mut desk, "b.csv");
    assert_eq!(on_screens(&mut desk), ["09:00 b.csv is a PDF"], "the newer in the place of the older");
}

#[test]
fn what_was_taken_is_known_with_what_it_changed_or_not_at_all() {
    let mut desk = Desk::new();
    let mut ned = incoming().pupils.remove(0).1;
    (ned.key, ned.surname, ned.forename) = (key("0777"), "Ash".to_owned(), "Ned".to_owned());
    let pupils = pupils([ned]);
    let officer = desk.officer.clone();
    let gate = firstbell::domain::act::Officer { role: Role::Officer, is_owner: false, ..officer.clone() };
    assert!(desk.store.merge_fed(&gate, now("09:00"), &pupils, &fed("a.csv", "cc")).is_err());
    assert!(desk.store.refuse_file(&gate, now("09:00"), &fed("a.csv", "cc"), &FileRefusal::default()).is_err());
    assert_eq!(desk.store.unmoved_files("/srv/inbox").unwrap(), []);
    let act = desk.store.merge_fed(&officer, now("09:00"), &pupils, &fed("a.csv", "cc")).unwrap().act.unwrap();
    let unmoved = desk.store.unmoved_files("/srv/inbox").unwrap();
    let known: Vec<_> = unmoved.iter().map(|one| (one.fed.clone(), one.act, one.refused.clone())).collect();
    assert_eq!(known, [(fed("a.csv", "cc"), Some(act), None)]);
    assert_eq!(desk.store.told_of_file(act).unwrap().counts, ["pupils: 1 new"]);
    assert_eq!(desk.store.unmoved_files("/srv/other").unwrap(), []);
    desk.store.file_moved(unmoved[0].number, "a-2.csv").unwrap();
    assert_eq!(desk.store.unmoved_files("/srv/inbox").unwrap(), []);
}
