//! Packs and requests for penalty notices by command: refused with all that is missing, and made of what is in the record.

use firstbell::domain::school::authority::{Authority, Field};

use crate::roles::staffed;
use crate::support::*;

const DATES: [&str; 4] = ["--from", "2026-11-16", "--to", "2026-11-23"];

/// Ten sessions of O in the week before, and here on Monday; one of the ten was N until the office found out.
fn absent_for_a_week(desk: &Desk) {
    let mut marks = "admission_no,date,session,code\n".to_owned();
    for day in 16..=20 {
        let code = if day == 20 { "N" } else { "O" };
        marks += &format!("1,2026-11-{day},AM,{code}\n1,2026-11-{day},PM,O\n");
    }
    marks += "1,2026-11-23,AM,/\n1,2026-11-23,PM,\\\n";
    desk.import("marks.csv", &marks, &[]).ends(0);
}

fn pack(desk: &Desk, purpose: &str, more: &[&str]) -> CommandOutput {
    desk.run(&[&["pack", "1", "--for", purpose], &DATES[..], more].concat())
}

fn case(desk: &Desk, args: &[&str]) {
    desk.run(&[&["case"], args].concat()).ends(0);
}

/// Everything that a court is told of.
fn whole(desk: &Desk) {
    absent_for_a_week(desk);
    desk.run(&["mark", "1", "O", "--date", "2026-11-20", "--session", "AM", "--reason", "the GP had not seen her"])
        .ends(0);
    case(desk, &["open", "1", "--why", "below 90 %"]);
    case(desk, &["target", "1", "95 % until Christmas", "--by", "2026-12-18"]);
    case(desk, &["add", "details", "1", "--with", "1"]);
    for parent in ["1", "2"] {
        case(
            desk,
            &["add", "contact", "1", "--way", "letter", "--with", parent, "--on", "2026-11-17", "--words", "warning"],
        );
    }
    let minutes = ["--minutes", "tired in the morning", "--agreed", "see the GP / Mrs Khan / 2026-11-23"];
    case(desk, &[&["add", "meeting", "1", "--kind", "panel", "--on", "2026-11-19"], &minutes[..]].concat());
}

#[test]
fn a_pack_is_refused_with_all_that_is_missing() {
    let desk = Desk::harrington();
    absent_for_a_week(&desk);
    let refused = pack(&desk, "court", &[]).ends(1).err;
    assert_eq!(
        refused.trim_end(),
        "firstbell: the pack is not whole\nKhan, Amira 8KM: 1 session at N: settle them first; contact data were never checked; \
         not warned in writing since Mon 16 Nov 2026: Mrs Khan, Mr Khan; there is no plan: no target, nothing agreed at a \
         meeting, no contract; there was no meeting and no home visit on these dates"
    );
    let anyway = pack(&desk, "court", &["--anyway"]);
    assert_eq!(anyway.exit, 2);
    assert!(anyway.err.contains("a court is told all or nothing"), "{}", anyway.err);
    // Nothing was given out, and nothing is put down of it.
    assert!(!desk.run(&["disclosures"]).ends(0).out.contains("pack"));
    let out = desk.folder.path().join("pack.html");
    pack(&desk, "panel", &["--out", out.to_str().unwrap()]).ends(1);
    assert!(!out.exists());
    let anyway = pack(&desk, "panel", &["--anyway"]).ends(0).out;
    assert!(anyway.contains("Not in the record") && anyway.contains("no case is open"), "{anyway}");
    assert!(desk.run(&["disclosures"]).ends(0).out.contains("pack for attendance panel, 2026-11-16 to 2026-11-23"));
}

/// The pack as a page.
fn page(desk: &Desk, args: &[&str]) -> String {
    let out = desk.folder.path().join("pack.html");
    desk.run(&[args, &["--out", out.to_str().unwrap(), "--replace"]].concat()).ends(0);
    std::fs::read_to_string(&out).unwrap()
}

#[test]
fn a_court_has_a_certificate_session_by_session_and_every_change_of_a_mark() {
    let desk = Desk::harrington();
    whole(&desk);
    let court = [&["pack", "1", "--for", "court"], &DATES[..]].concat();
    let pack = page(&desk, &court);
    for part in [
        "Possible sessions: 12. Attended: 2. Absences with authority: 0. Absences without authority: 10.",
        "Annex: changes of marks",
        "<td>N</td><td>O</td>",
        "the GP had not seen her",
        "letter: warning",
        "tired in the morning",
        "<section class=\"page\">",
    ] {
        assert!(pack.contains(part), "{part}: {pack}");
    }
    // What a case is for is no business of a court's; nor is the certificate's what others said.
    assert!(!pack.contains("below 90 %"), "{pack}");
    let from = pack.find("I certify that").unwrap();
    let certificate = &pack[from..from + pack[from..].find("Signed: ____").unwrap()];
    assert!(!certificate.contains("tired") && !certificate.contains("letter"), "{certificate}");
    assert_eq!(certificate.matches("<td>afternoon</td>").count(), 5, "{certificate}");
    // Every line has its source.
    let acts = desk.ask("SELECT id FROM act").concat();
    let sources: Vec<&str> = pack.split("<td>act ").skip(1).filter_map(|rest| rest.split('<').next()).collect();
    assert!(sources.len() > 5, "{pack}");
    assert!(sources.iter().all(|act| acts.contains(&Some((*act).to_owned()))), "{sources:?}");
}

#[test]
fn what_was_taken_back_goes_to_a_court_as_a_line_that_says_so_and_no_more() {
    let desk = Desk::harrington();
    whole(&desk);
    case(
        &desk,
        &[
            "add",
            "contact",
            "1",
            "--way",
            "letter",
            "--with",
            "1",
            "--on",
            "2026-11-20",
            "--words",
            "to the wrong house",
        ],
    );
    desk.run(&["undo"]).ends(0);
    let until_today = ["pack", "1", "--for", "court", "--from", "2026-11-16"];
    let missing = desk.run(&until_today).ends(1).err;
    assert!(missing.contains("1 session at N"), "{missing}");
    desk.run(&["mark", "1", "O", "--date", "2026-11-24", "--session", "AM", "--reason", "no reason"]).ends(0);
    let pack = page(&desk, &until_today);
    assert!(pack.contains("taken back: contact"), "{pack}");
    assert!(!pack.contains("wrong house"), "{pack}");
}

#[test]
fn a_panel_day_has_a_running_order() {
    let desk = Desk::harrington();
    whole(&desk);
    let several = ["pack", "1", "4", "--for", "panel", "--from", "2026-11-16", "--to", "2026-11-23", "--anyway"];
    let text = desk.run(&[&several[..], &["--start", "09:00", "--minutes", "25"]].concat()).ends(0).out;
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("Running order") && words.contains("09:00") && words.contains("09:25"), "{text}");
    assert!(words.contains("95 % until Christmas by Fri 18 Dec 2026"), "{text}");
    assert_eq!(page(&desk, &several).matches("<section class=\"page\">").count(), 2);
}

#[test]
fn a_court_s_pack_and_a_request_are_for_a_lead() {
    let desk = staffed();
    absent_for_a_week(&desk);
    let run = |login: &str, args: &[&str]| desk.run(&[&["--as", login], args].concat());
    let court = ["pack", "1", "--for", "court"];
    let refused = run("officer", &court).ends(1).err;
    assert!(refused.contains("making such a pack is for a lead"), "{refused}");
    assert!(run("lead", &court).ends(1).err.contains("the pack is not whole"));
    let anyway = ["pack", "1", "--for", "panel", "--anyway"];
    run("officer", &anyway).ends(0);
    assert!(run("reader", &anyway).ends(1).err.contains("making such a pack is for an officer"));
    let request = ["case", "referral", "1", "--reason", "condoned"];
    assert!(run("officer", &request).ends(1).err.contains("asking for a penalty notice is for a lead"));
    run("lead", &request).ends(0);
}

#[test]
fn a_request_has_what_is_missing_at_its_head_and_numbers_masked() {
    let desk = Desk::harrington();
    absent_for_a_week(&desk);
    let request = |more: &[&str]| {
        let args = [&["case", "referral", "1", "--reason", "condoned"], more].concat();
        desk.run(&args).ends(0).out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let text = request(&[]);
    for part in [
        "1 N in the window",
        "contact data were never checked",
        "Mrs Khan, Mr Khan",
        "there was no notice to improve",
        "Warned in writing no",
        "the first in three years: £80 within 21 days, £160 within 28",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!text.contains("07700 900310") && text.contains("310"), "{text}");
    assert!(request(&["--numbers"]).contains("07700 900310"));
    let shown = desk.run(&["disclosures"]).ends(0).out;
    assert!(shown.contains("request for a penalty notice"), "{shown}");
    let of_dates = request(&["--from", "2026-11-16", "--until", "2026-11-17"]);
    assert!(of_dates.contains("4 on 2 days"), "{of_dates}");
}

#[test]
fn an_authority_s_own_words_and_days_are_the_request_s() {
    let desk = Desk::harrington();
    absent_for_a_week(&desk);
    change_settings(&desk.db, |school| {
        school.authority = vec![Authority {
            from: november(1),
            name: "Ulverby Council".to_owned(),
            request_within: 1,
            improvement_weeks: 3,
            labels: [(Field::Surname, "Family name".to_owned())].into(),
            ..Authority::national()
        }];
    });
    let text = desk.run(&["case", "referral", "1", "--reason", "condoned"]).ends(0).out;
    assert!(text.contains("Family name") && text.contains("Ulverby Council"), "{text}");
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("the authority is asked within 1 school day: that was until Mon 23 Nov 2026"), "{text}");
    let improvement =
        |start| desk.run(&["case", "add", "improvement", "1", "--parent", "1", "--start", start]).ends(0).out;
    assert!(improvement("2026-10-12").contains("until Fri 20 Nov 2026"));
    assert!(improvement("2026-11-02").contains("until Fri 20 Nov 2026"));
    let file = desk.folder.path().join("settings.toml");
    let wrong = desk.run(&["settings"]).ends(0).out.replace("improvement-weeks = 3", "improvement-weeks = \"three\"");
    std::fs::write(&file, wrong).unwrap();
    let refused = desk.run(&["settings", file.to_str().unwrap()]).ends(2).err;
    let says = "authority: row 1: improvement-weeks: invalid type: string \"three\", expected u32; write it like improvement-weeks = 6";
    assert!(refused.contains(says), "{refused}");
}
