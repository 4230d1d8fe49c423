//! SIMS's lists of attendance codes. They hold no marks, and say what a mark of the school's own means: of some, which code it is, of
//! others only how it counts. Those that are sure are read so in the marks that are imported together with the list.

use super::{Format, Opened, Sheet};
use crate::domain::calendar::session::Session;
use crate::domain::code::{Code, CodeTable, Statistic};
use crate::domain::incoming::Place;
use crate::domain::name::clean;
use crate::exchange::source::content::Content;
use crate::exchange::source::xml::{Element, elements};

/// The names of the outermost element, and of those in it; the newer list has its slip of the pen.
const SHAPES: [[&str; 2]; 2] = [["AttendanceCodes", "AttendanceCode"], ["AttendanceCodes_V2_load", "AttenanceCodes"]];

/// How SIMS says that a code counts, and how we do.
const STATISTICS: [(&str, Statistic); 5] = [
    ("present", Statistic::Present),
    ("approved educational activity", Statistic::Activity),
    ("authorised absence", Statistic::Authorised),
    ("unauthorised absence", Statistic::Unauthorised),
    ("attendance not required", Statistic::NotRequired),
];

/// What a mark of the school's own means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Meaning {
    /// No mark.
    NoMark,
    /// The present mark of its session.
    Present,
    /// This code.
    Code(Code),
}

impl Meaning {
    /// The code of such a mark in a session; blank where it is none.
    pub fn code(self, session: &str) -> String {
        match self {
            Meaning::NoMark => String::new(),
            Meaning::Present => Code::present(Session::parse(session).unwrap_or(Session::Am)).as_str().to_owned(),
            Meaning::Code(code) => code.as_str().to_owned(),
        }
    }
}

/// A list of codes.
pub struct Codes;

impl Format for Codes {
    fn name(&self) -> &'static str {
        "the list of attendance codes from SIMS"
    }

    fn is(&self, content: &Content) -> bool {
        shape(content).is_some()
    }

    fn sheets(&self, file: &mut Opened<'_>) -> Result<Vec<Sheet>, String> {
        let (Content::Xml { text, .. }, Some(path)) = (file.content, shape(file.content)) else {
            return Ok(Vec::new());
        };
        let take = |one: Element| read(&one, file);
        elements(text, &path, take).map_err(|fault| fault.to_string())?;
        Ok(Vec::new())
    }
}

fn shape(content: &Content) -> Option<[&'static str; 2]> {
    let Content::Xml { root, .. } = content else { return None };
    SHAPES.into_iter().find(|[name, _]| root.eq_ignore_ascii_case(name))
}

/// Read one code: what it means where that is sure, else what it can mean, for somebody to say.
fn read(one: &Element, file: &mut Opened<'_>) {
    let either =
        |names: [&str; 2]| names.iter().map(|name| one.text_of(name)).find(|text| !text.is_empty()).unwrap_or_default();
    let written = either(["Code", "SIMS_Display_Code"]).to_owned();
    let codes = file.known.codes;
    if written.is_empty() || is_national(codes, &written) {
        return;
    }
    let what = clean(one.text_of("Description"));
    let shown = if what.is_empty() {
        format!("“{}”", clean(&written))
    } else {
        format!("“{}” ({what})", clean(&written))
    };
    let counts = one.text_of("StatisticalMappingDescription").to_lowercase();
    let statistic = STATISTICS.iter().find(|(words, _)| counts == *words).map(|(_, statistic)| *statistic);
    let statutory =
        Some(one.text_of("Statutory_Return_Code")).filter(|code| is_national(codes, code)).and_then(Code::parse);
    let in_school = one.text_of("PhysicalMappingDescription").to_lowercase();
    let meaning = match (statutory, statistic) {
        (Some(code), _) => Some(Meaning::Code(code)),
        (None, Some(Statistic::Present)) if in_school.starts_with("in for whole session") => Some(Meaning::Present),
        (None, Some(Statistic::Present)) if in_school.starts_with("late for session") => Some(Meaning::Code(Code::L)),
        (None, None) if counts == "no mark" => Some(Meaning::NoMark),
        (None, _) => None,
    };
    let says = match meaning {
        Some(Meaning::NoMark) => "is no mark".to_owned(),
        Some(Meaning::Present) => "is the present mark of its session".to_owned(),
        Some(Meaning::Code(code)) => format!("is {code}"),
        None => {
            let of_kind = codes
                .rows()
                .iter()
                .filter(|row| statistic.is_some_and(|one| row.statistic == one) && row.until.is_none());
            let all: Vec<&str> = of_kind.map(|row| row.code.as_str()).collect();
            let counts = if counts.is_empty() { String::new() } else { format!("counts as {}", clean(&counts)) };
            let one_of = if all.is_empty() { String::new() } else { format!(", as {} do", all.join(", ")) };
            format!("{counts}{one_of}: “firstbell quarantine map” says which code it is, or [codes] in a profile")
        }
    };
    if let Some(meaning) = meaning {
        file.beside.meanings.insert(written.clone(), meaning);
    }
    let place = || Place { file: file.name.to_owned(), line: one.line };
    file.notes.add("code", &written, place, || format!("{shown} {says}"));
}

fn is_national(codes: &CodeTable, written: &str) -> bool {
    Code::parse(written).and_then(|code| codes.row(code)).is_some()
}

#[cfg(test)]
mod tests {
    use crate::exchange::support::*;

    fn code(written: &str, what: &str, in_school: &str, counts: &str) -> String {
        format!(
            "<AttendanceCode><AttendanceCodeID>1</AttendanceCodeID><Code>{written}</Code><Description>{what}</Description>\
             <PhysicalMappingDescription>{in_school}</PhysicalMappingDescription>\
             <StatisticalMappingDescription>{counts}</StatisticalMappingDescription></AttendanceCode>\n"
        )
    }

    #[test]
    fn what_is_sure_is_read_in_the_marks_beside_and_what_is_not_is_asked() {
        let (in_it, out) = ("In for whole session", "Out for whole session");
        let list = [
            code("/", "Present AM", in_it, "Present"),
            code("-", "No mark yet", "No mark for session", "No mark"),
            code("&amp;", "In school, not in class", in_it, "Present"),
            code("!", "Bell missed", "Late for session", "Present"),
            code("7", "Ill, local", out, "Authorised absence"),
        ];
        let list = format!("<AttendanceCodes>\n{}</AttendanceCodes>", list.concat());
        let mark = |half: &str, mark: &str| {
            format!(
                "<SessionAttendance><PersonID>71</PersonID><AttendanceDate>2026-10-{half}</SessionName>\
                 <AttendanceMark>{mark}</AttendanceMark></SessionAttendance>"
            )
            .replace("AM", "12</AttendanceDate><SessionName>AM")
            .replace("PM", "12</AttendanceDate><SessionName>PM")
            .replace("TU", "13</AttendanceDate><SessionName>AM")
        };
        let marks = [mark("AM", "&amp;"), mark("PM", "&amp;"), mark("TU", "7")].concat();
        let marks = format!("<SessionAttendances>{marks}</SessionAttendances>");
        // The marks are read behind the list, whatever the files are called.
        let read = read_files(&[("a.xml", marks.as_bytes()), ("codes.xml", list.as_bytes())]).unwrap();
        assert_eq!(marks_told(&read), ["1: sims 71 Mon 12 Oct AM /", "1: sims 71 Mon 12 Oct PM \\"]);
        assert_eq!(read.incoming.unknown_marks.len(), 1, "7 waits");
        let texts: Vec<&str> = read.warnings.iter().map(|warning| warning.text.as_str()).collect();
        let asks = "“7” (Ill, local) counts as authorised absence, as L, U, N, I, J1 do: “firstbell quarantine map” says which code it is, \
                    or [codes] in a profile";
        let said = [
            "“-” (No mark yet) is no mark",
            "“&” (In school, not in class) is the present mark of its session",
            "“!” (Bell missed) is L",
            asks,
        ];
        assert_eq!(texts[..4], said);
        let alone = read_files(&[("codes.xml", list.as_bytes())]).unwrap();
        assert_eq!(
            (alone.read_as[0].what.as_str(), alone.rejects.len()),
            ("the list of attendance codes from SIMS", 0)
        );
    }

    #[test]
    fn the_newer_list_says_which_code_it_is() {
        let list = "<AttendanceCodes_V2_load><AttenanceCodes><SIMS_Display_Code>I02</SIMS_Display_Code>\
                    <Description>Ill</Description><Statutory_Return_Code>I</Statutory_Return_Code></AttenanceCodes></AttendanceCodes_V2_load>";
        let read = read_files(&[("codes.xml", list.as_bytes())]).unwrap();
        assert_eq!(read.warnings[0].text, "“I02” (Ill) is I");
    }
}
