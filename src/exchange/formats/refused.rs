//! Files that are not read: each named for what it is, with what to do instead.

use serde_json::Value;

use crate::domain::name::clean;
use crate::exchange::source::content::Content;
use crate::exchange::source::json::{first_has, records};
use crate::exchange::source::xml::{Element, elements};

/// As much of another system's words as is worth showing.
const SHOWN_MAX: usize = 200;

/// Outermost elements of XML that is not read.
const ROOTS: [(&str, &str); 5] = [
    (
        "ATfile",
        "is an admissions transfer file (ATF): it tells who will come, not who is on roll. Export a Common Transfer File (CTF)",
    ),
    ("html", "is a web page, perhaps of a login that had run out: log in again and export it as CSV"),
    (
        "Message",
        "is a return to the Department for Education, such as a school census: it holds totals of terms, not marks. Export the marks \
         of the sessions themselves",
    ),
    ("svg", "is a picture: export the table itself as CSV"),
    ("Workbook", "is a workbook saved as XML: save the sheet as “CSV UTF-8” and import that file"),
];

/// Why a file of `content` is not read, as it follows its name.
pub fn why_refused(content: &Content) -> String {
    match content {
        Content::Table(_) => "is no table that firstbell knows: export it as CSV with headings".to_owned(),
        Content::Xml { root, text } => of_xml(root, text),
        Content::Json(value) => of_json(value),
        Content::Workbook(_) => "is a workbook: save this sheet as “CSV UTF-8” and import that file".to_owned(),
    }
}

/// What is said of a table of percentages, as it follows the file's name.
pub const PERCENTAGES: &str =
    "holds percentages, which are never turned into marks: export the marks of the sessions themselves";

/// Whether the text of a table that is not known is one of percentages: five cells or more are, and one in five of all that hold anything.
pub fn holds_percentages(text: &str) -> bool {
    let is_number = |text: &str| text.trim().parse::<f64>().is_ok();
    let is_share = |cell: &str| cell.starts_with("0.") && is_number(cell);
    let is_one = |cell: &str| cell.strip_suffix('%').is_some_and(is_number) || is_share(cell);
    let cells = text.split([',', ';', '\t', '\n', '\r', '"']).map(str::trim).filter(|cell| !cell.is_empty());
    let (all, found) = cells.fold((0, 0), |(all, found), cell| (all + 1, found + usize::from(is_one(cell))));
    found >= 5 && found * 5 >= all
}

fn of_xml(root: &str, text: &str) -> String {
    if let Some((_, why)) = ROOTS.iter().find(|(name, _)| root.eq_ignore_ascii_case(name)) {
        return (*why).to_owned();
    }
    if root.eq_ignore_ascii_case("CommandReporterError") {
        let mut said = Element::default();
        let read = elements(text, &[root], |element| said = element);
        let said = read.map_or(String::new(), |()| shown(&said.text));
        return format!("is no report: SIMS answered “{said}”. Put that right in SIMS and run the report again");
    }
    format!("is XML of another kind, its outermost element being <{}>: export a table as CSV", shown(root))
}

fn of_json(value: &Value) -> String {
    let said = ["message", "error_description", "error"].iter().find_map(|key| value.get(key).and_then(Value::as_str));
    match said {
        None if first_has(value, &["possible_sessions"]) => {
            "holds totals of sessions, not marks: export the marks of the sessions themselves".to_owned()
        }
        None if records(value).is_empty() && (value.is_array() || value.get("data").is_some_and(Value::is_array)) => {
            "is a list without a single record: there is nothing in it to import".to_owned()
        }
        Some(said) => format!(
            "is an answer that says “{}”, and no data: put that right in the system that gave it, and export again",
            shown(said)
        ),
        None => "is JSON of another kind than firstbell reads: export a table as CSV".to_owned(),
    }
}

fn shown(text: &str) -> String {
    clean(text).chars().take(SHOWN_MAX).collect()
}

#[cfg(test)]
mod tests {
    use crate::exchange::support::*;

    #[test]
    fn each_is_named_for_what_it_is() {
        for (text, says) in [
            ("<?xml version='1.0'?><ATfile><Header/></ATfile>", "is an admissions transfer file (ATF)"),
            ("<Message><Header/></Message>", "is a return to the Department for Education"),
            ("<CommandReporterError>No such\nreport.</CommandReporterError>", "SIMS answered “No such report.”"),
            ("<a\u{7}/>", "its outermost element being <a>"),
            ("<!-- a -->", "begins like XML"),
            ("<other/>", "its outermost element being <other>"),
            ("{\"error\":\"invalid\",\"message\":\"The token is over.\"}", "says “The token is over.”"),
            ("{\"data\": []}", "is a list without a single record"),
            ("Name,7 Sep,14 Sep\nIvy Ash,94%,0.96\nTom Bell,100%,0.8\nNed Rook,0.5,1\n", "holds percentages"),
            ("[1, 2]", "is JSON of another kind"),
            ("{\"data\": [", "begins like JSON"),
        ] {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("x.csv");
            std::fs::write(&path, text).unwrap();
            let fault = read_path(path).unwrap_err().to_string();
            assert!(fault.starts_with("x.csv ") && fault.contains(says), "{text}: {fault}");
        }
    }
}
