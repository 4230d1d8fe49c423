use std::fs;

use super::*;
use crate::domain::act_id::ActId;
use crate::domain::cases::event::Party;
use crate::domain::cases::letters::{Letter, Paper};
use crate::domain::testing::date;
use crate::report::letter::{Facts, Sheet, text};

fn told(text: &str) -> String {
    Template::parse("own", text, "letters/own.txt", true).unwrap_err().to_string()
}

#[test]
fn every_built_in_template_is_a_draft_and_can_be_filled() {
    let folder = tempfile::tempdir().unwrap();
    let all = Templates::load(&folder.path().join("letters")).unwrap();
    assert_eq!(all.iter().count(), 16);
    for one in all.iter() {
        let text = one.filled(&Facts::made_up()).unwrap();
        assert!(text.starts_with("Dear x\n") && text.contains("\n# ") && text.ends_with("\nx"), "{}: {text}", one.name);
        assert!(!one.is_own && !one.says.is_empty() && one.sha256.len() == 64, "{one:?}");
        assert!(one.source().contains("A draft for the school to approve"), "{}", one.name);
    }
    let notice = all.named("notice-to-improve", None).unwrap().filled(&Facts::made_up()).unwrap();
    assert!((1..=8).all(|part| notice.contains(&format!("\n{part}. "))), "{notice}");
}

#[test]
fn a_template_with_an_error_is_told_with_its_file_its_line_and_what_to_do() {
    for (text, starts) in [
        (
            "Dear {{ parent.name }}\n{{ pupil.nme }}",
            "letters/own.txt, line 2: there is no field “pupil.nme”: docs/casework.md",
        ),
        ("{{ phone }}", "letters/own.txt, line 1: there is no field “phone”"),
        ("x\n{% if words %}", "letters/own.txt, line 2: syntax error"),
        ("x\n\n{{ words|shout }}", "letters/own.txt, line 3: unknown filter"),
        ("{% for day in days.ill %}\n{{ day.colour }}{% endfor %}", "letters/own.txt, line 2: undefined value"),
        ("{% include \"/etc/passwd\" %}", "letters/own.txt, line 1: "),
        ("{# needs days.all #}", "letters/own.txt, line 1: there is no field “days.all”"),
    ] {
        let told = told(text);
        assert!(told.starts_with(starts), "{told}");
        assert!(told.contains("put that line right") || told.contains("docs/casework.md lists them"), "{told}");
    }
    assert!(Template::parse("my letter", "x", "letters/my letter.txt", true).is_err());
}

#[test]
fn a_school_s_own_template_overrides_by_name_is_added_or_is_for_a_language() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("concern-1.txt", "Ours"),
        ("clinic.txt", "{# Clinic. #}New"),
        ("late.polish.txt", "Po polsku"),
        ("x.md", "{{"),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let all = Templates::load(folder.path()).unwrap();
    let text =
        |name: &str, language: Option<&str>| all.named(name, language).unwrap().filled(&Facts::made_up()).unwrap();
    assert_eq!((text("concern-1", None), text("clinic", None)), ("Ours".to_owned(), "New".to_owned()));
    assert_eq!(text("late", Some("Polish")), "Po polsku");
    assert!(text("late", Some("Urdu")).starts_with("Dear x") && text("late", None).starts_with("Dear x"));
    assert_eq!((all.iter().count(), all.named("nothing", None)), (18, None));
    fs::write(folder.path().join("late.txt"), "{{ nothing }}").unwrap();
    let told = Templates::load(folder.path()).unwrap_err().to_string();
    assert!(told.contains("late.txt, line 1: there is no field “nothing”"), "{told}");
}

fn sheet(name: &str, text: &str) -> (Letter, Paper, Sheet) {
    let letter = Letter {
        template: "concern-1".to_owned(),
        sha256: "0".repeat(64),
        on: date(2026, 3, 4),
        from: date(2025, 9, 1),
        to: date(2026, 3, 4),
        parent: Party { contact: None, name: name.to_owned() },
        language: None,
    };
    let (heading, address) =
        (vec!["Harrington High".to_owned()], vec!["=1 Mill Lane".to_owned(), "ZZ99 1AB".to_owned()]);
    let paper = Paper { heading, address, text: text.to_owned(), ..Paper::default() };
    let sheet = Sheet::of(ActId(31), &letter, &paper);
    (letter, paper, sheet)
}

#[test]
fn each_letter_is_a_sheet_of_its_own_and_nothing_in_it_is_markup() {
    let sheets: Vec<Sheet> =
        (1..=3).map(|_| sheet("Mrs <b>Khan</b>", "Dear & all\n\n# \"Amira\"\n\n- <script>\n- Tue").2).collect();
    let page = page(&sheets).unwrap();
    assert_eq!(page.matches("<article>").count(), 3);
    assert!(page.contains("break-after: page") && page.contains("size: A4") && !page.contains("://"), "{page}");
    assert!(!page.contains("<script") && !page.contains("<b>") && page.contains("Mrs &lt;b&gt;Khan"), "{page}");
    let text = text(&sheets);
    assert_eq!((text.matches('\u{c}').count(), text.matches("Our reference: 31").count()), (2, 3));
}

#[test]
fn no_cell_of_a_mail_merge_is_a_formula() {
    let roll = crate::domain::testing::roll();
    let (letter, paper, sheet) = sheet("=HYPERLINK(\"x\")", "@SUM");
    let pupil = roll.pupils.first().unwrap();
    let row = crate::report::letter::merge::cells(&roll, pupil, &letter, &paper, &sheet);
    let mut out = Vec::new();
    merge(&[row], &mut out).unwrap();
    let mut rows = csv::Reader::from_reader(out.strip_prefix("\u{feff}".as_bytes()).unwrap());
    assert_eq!(rows.headers().unwrap().len(), 26);
    let cells: Vec<String> = rows.records().next().unwrap().unwrap().iter().map(str::to_owned).collect();
    assert!(cells.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@'])), "{cells:?}");
    assert!(
        cells.contains(&"'=HYPERLINK(\"x\")".to_owned()) && cells.contains(&"'=1 Mill Lane".to_owned()),
        "{cells:?}"
    );
}
