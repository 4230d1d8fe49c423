//! Numbers that a spreadsheet has shortened, names that have lost letters, and the numbers by which several systems know one pupil.

use firstbell::domain::incoming::{Incoming, IncomingFlags, IncomingPupil, PupilKey};
use firstbell::domain::people::pupil::Flag;

use super::telling::{reasons, row};
use crate::support::*;

fn quill(number: &str, upn: Option<&str>, forename: &str) -> IncomingPupil {
    IncomingPupil { key: PupilKey { upn: upn.map(str::to_owned), ..key(number) }, ..row(number, forename) }
}

/// The same, somebody having said that zeros are lost.
fn said(incoming: Incoming) -> Incoming {
    Incoming { zeros_are_lost: true, ..incoming }
}

const IVY: &str = "B801200005001";

#[test]
fn lost_zeros_are_asked_about_and_then_read_as_they_were() {
    let mut desk = Desk::new();
    desk.merge(&pupils([quill("000410", Some(IVY), "Ivy"), quill("00412", None, "Ned")]));
    let roll = || desk.ask("SELECT admission_no, forename FROM pupil ORDER BY id");
    let before = roll();
    let flags = |number: &str| {
        let row = IncomingFlags { pupil: key(number), flags: vec![Flag::SenSupport] };
        Incoming { flags: placed([row]), ..Incoming::default() }
    };
    let files = Incoming { marks: marks([("410", am(23), "/"), ("412", am(23), "N")]).marks, ..flags("412") };
    let files = Incoming { pupils: placed([quill("410", Some(IVY), "Ivy"), quill("412", None, "Ned")]), ..files };
    let asked = desk.merge(&files);
    assert_eq!((asked.moved(), asked.rejects.len()), (false, 5), "{:?}", reasons(&asked));
    assert!(reasons(&asked).iter().all(|why| why.ends_with("import it with --lost-zeros")), "{:?}", reasons(&asked));
    let files = said(files);
    let merged = desk.merge(&files);
    assert_eq!((reasons(&merged), merged.marks.new, merged.flags.new, merged.pupils.same), (vec![], 2, 1, 2));
    let read = |number: &str| warned(&merged).iter().filter(|one| one.contains(number)).count();
    assert_eq!(
        warned(&merged)[0],
        "2: 410 is read as 000410 (Quill, Ivy), as --lost-zeros says: it has lost the zeros before it"
    );
    assert_eq!((read("410 is read as"), read("412 is read as")), (1, 1), "each once");
    assert!(!desk.merge(&files).moved());
    assert_eq!(
        desk.ask("SELECT admission_no, forename FROM pupil ORDER BY id"),
        before,
        "nobody is doubled or renamed"
    );
}

#[test]
fn zeros_are_put_back_only_where_one_pupil_alone_can_be_meant() {
    let mut desk = Desk::new();
    desk.merge(&pupils([quill("0410", Some(IVY), "Ivy")]));
    desk.merge(&pupils([quill("0A12", None, "Lee"), quill("413", None, "Jo")]));
    let before = desk.count("pupil");
    for other in [
        // Another UPN, another name, a number with a letter, and one with a zero still.
        quill("410", Some("E12345678901X"), "Ivy"),
        quill("410", None, "Zara"),
        quill("A12", None, "Lee"),
        quill("00410", None, "Ivy"),
    ] {
        let merged = desk.merge(&said(pupils([other])));
        assert_eq!((merged.moved(), merged.rejects.len()), (false, 1), "{:?}", merged.changes);
    }
    assert_eq!(desk.merge(&said(pupils([quill("413", None, "Jo")]))).pupils.same, 1, "whose number it is keeps it");
    let other_name = IncomingPupil { surname: "Rook".to_owned(), ..quill("410", Some(IVY), "Ivy") };
    assert_eq!(desk.merge(&said(pupils([other_name]))).pupils.changed, 1, "the UPN tells who it is");
    assert_eq!(desk.count("pupil"), before);
}

#[test]
fn a_name_that_has_lost_letters_stays_as_it_is() {
    let mut desk = Desk::new();
    desk.merge(&pupils([quill("Q1", None, "\u{141}ukasz"), quill("Q2", None, "Zo\u{eb}")]));
    let merged = desk.merge(&pupils([quill("Q1", None, "?ukasz"), quill("Q2", None, "Zo\u{fffd}")]));
    assert_eq!((merged.pupils.same, merged.moved()), (2, false));
    let text = "2: Quill, ?ukasz has lost letters in this file, and stays Quill, \u{141}ukasz";
    assert_eq!(warned(&merged)[0], text);
    for another in [quill("Q1", None, "?uk"), quill("Q2", None, "Z?\u{eb}")] {
        assert_eq!(desk.merge(&pupils([another])).pupils.changed, 1, "another name is another");
    }
}

#[test]
fn each_system_knows_a_pupil_by_a_number_of_its_own() {
    let mut desk = Desk::new();
    let known = |id: &str, number: &str, forename: &str| {
        let key = PupilKey { source_id: Some(id.to_owned()), ..key(number) };
        IncomingPupil { key, ..row(number, forename) }
    };
    let marked = |id: &str| {
        let mut files = marks([("", am(23), "/")]);
        files.marks = files.marks.renamed(vec![PupilKey { source_id: Some(id.to_owned()), ..PupilKey::default() }]);
        files
    };
    desk.merge(&pupils([known("sims 71", "Q1", "Ivy"), known("sims 72", "Q2", "Ned")]));
    desk.merge(&pupils([known("arbor 72", "Q1", "Ivy"), known("arbor 71", "Q2", "Ned")]));
    let ids = desk.ask("SELECT source_id FROM pupil WHERE admission_no IN ('Q1', 'Q2') ORDER BY id");
    assert_eq!(ids, [["sims 71\narbor 72"], ["sims 72\narbor 71"]].map(|ids| ids.map(|ids| Some(ids.to_owned()))));
    let other = desk.merge(&marked("wonde 71"));
    let why = "2 pupil: no pupil on the roll is known by Wonde's own number yet: import first Wonde's students; then this file \
               again";
    assert_eq!((reasons(&other), other.moved()), (vec![why.to_owned()], false), "71 of another system is nobody");
    for (id, forename) in [("arbor 71", "Ned"), ("sims 71", "Ivy")] {
        assert_eq!(desk.merge(&marked(id)).marks.new, 1, "{id}");
        let last = "SELECT p.forename FROM mark m JOIN pupil p ON p.id = m.pupil ORDER BY m.act DESC LIMIT 1";
        assert_eq!(desk.ask(last), [[Some(forename.to_owned())]], "{id}");
    }
    let taken = desk.merge(&pupils([known("sims 71", "Q2", "Ned")]));
    assert_eq!(reasons(&taken), ["2 admission_no: another pupil has this number"]);
    assert!(!desk.merge(&pupils([known("sims 71", "Q1", "Ivy"), known("arbor 71", "Q2", "Ned")])).moved());
}

#[test]
fn a_file_of_marks_tells_the_numbers_of_its_system() {
    let mut desk = Desk::new();
    let told = |id: &str, number: &str| PupilKey { source_id: Some(id.to_owned()), ..key(number) };
    let files =
        Incoming { ids: placed([told("sims 71", "0001"), told("sims 72", "9999")]), ..marks([("0001", am(23), "/")]) };
    let merged = desk.merge(&files);
    assert_eq!((merged.pupils.changed, merged.marks.new), (1, 1));
    assert_eq!(merged.changes, ["Khan, Amira: number in another system: nothing → sims 71"]);
    assert!(!desk.merge(&files).moved());
    let other = desk.merge(&Incoming { ids: placed([told("sims 71", "0002")]), ..marks([("0001", am(23), "/")]) });
    assert!(!other.moved());
    assert!(warned(&other)[0].starts_with("2: sims 71 is the number of Khan, Amira already"), "{:?}", warned(&other));
    desk.undo("10:00", merged.act.unwrap());
    assert_eq!(desk.count("pupil WHERE source_id IS NOT NULL"), 0, "taken back with the import");
}
