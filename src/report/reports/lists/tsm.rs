//! The list for a targeting support meeting with the local authority (Working together to improve school attendance): every severely
//! absent pupil, and the persistently absent whom other agencies know.

use super::super::rows::{number, pupil_cells, pupil_columns};
use super::super::{Gathered, Needs, ReportKind, Stretch};
use super::facts::day;
use super::{absences, figure_cells, figure_columns, letters, meant};
use crate::domain::cases::event::{CaseEvent, MeetingKind};
use crate::domain::cases::file::CaseFile;
use crate::domain::cases::support::SupportKind;
use crate::domain::figures::Figures;
use crate::domain::people::contact::Contact;
use crate::domain::people::pupil::{Flag, Pupil};
use crate::report::layout::table::{Column, Row, Table, Unit};
use crate::report::layout::{Part, Section};
use crate::report::tables::cell::Cell;

/// The list for a targeting support meeting.
pub const KIND: ReportKind = ReportKind {
    name: "tsm",
    title: "Targeting support meeting",
    audience: "the meeting with the local authority",
    rhythm: "termly",
    usual: Stretch::Year,
    needs: &[Needs::Year, Needs::YearByCode, Needs::Cases],
    make,
};

/// What says that another agency knows a pupil.
const AGENCIES: [Flag; 6] =
    [Flag::ChildProtection, Flag::LookedAfter, Flag::InNeed, Flag::SocialWorker, Flag::YouthOffending, Flag::EhcPlan];

/// So many of the last things done are told.
const LAST: usize = 3;

fn make(gathered: &Gathered) -> (Vec<Section>, Vec<String>) {
    let (mut severe, mut others, mut left) = (Vec::new(), Vec::new(), 0_usize);
    for pupil in meant(gathered) {
        let figures = gathered.year.of(pupil.id);
        let is_known = AGENCIES.iter().any(|flag| pupil.flags.has(*flag));
        match (figures.is_severe(), figures.is_persistent(), is_known) {
            (true, _, _) => severe.push((pupil, figures)),
            (false, true, true) => others.push((pupil, figures)),
            (false, true, false) => left += 1,
            (false, false, _) => {}
        }
    }
    let counts = [
        ("severely absent", severe.len()),
        ("persistently absent, known to another agency", others.len()),
        ("persistently absent otherwise, not listed", left),
    ];
    let row =
        |(name, pupils): (&str, usize)| Row::group(pupils, None, vec![Cell::text(name.to_owned()), number(pupils)]);
    let columns = vec![Column::new("absence", Unit::Text), Column::new("pupils", Unit::Pupils)];
    let sections = vec![
        Section::new("How many", vec![Part::Table(Table::new(columns, "").with(counts.map(row)))]),
        Section::new("Severely absent", vec![Part::Table(table(gathered, severe))]),
        Section::new("Persistently absent, known to another agency", vec![Part::Table(table(gathered, others))]),
    ];
    let notes = [
        "Of the school year up to the last date: severe is half or more of the possible sessions missed, persistent a tenth or more. A \
         pupil is known to another agency by the flags CP, CLA, CIN, SW, YOT and EHC; whoever else the meeting is to speak of is in \
         `report persistent`.",
        "Reasons are the codes of the absences, and what the case was opened for. Strategies are meetings, contracts, visits, notices and the \
         plan's targets, as the case file has them. Whether early help was offered and what came of it is no field of the case file: add it \
         where the words of the last actions do not say it.",
    ];
    (sections, notes.map(str::to_owned).to_vec())
}

fn table(gathered: &Gathered, mut pupils: Vec<(&Pupil, Figures)>) -> Table {
    // The most absent first: absent / possible, compared without rounding.
    let crossed = |a: &Figures, b: &Figures| u64::from(a.absent()) * u64::from(b.possible);
    pupils.sort_by(|(_, one), (_, other)| crossed(other, one).cmp(&crossed(one, other)));
    let own = [
        Column::new("flags", Unit::Text),
        Column::name("family"),
        Column::new("reasons", Unit::Text),
        Column::new("stage", Unit::Text),
        Column::name("lead"),
        Column::new("strategies", Unit::Text),
        Column::new("last actions", Unit::Text),
        Column::new("next", Unit::Text),
    ];
    let columns = pupil_columns().into_iter().chain(figure_columns()).chain(own).collect();
    let none = CaseFile::default();
    let rows = pupils.into_iter().map(|(pupil, figures)| {
        let file = gathered.facts.cases.get(&pupil.id).unwrap_or(&none);
        let case = file.open_case();
        let codes = absences(&gathered.facts.by_code.codes(pupil.id, None), &gathered.roll.codes);
        let why = case.as_ref().map(|case| case.opening.why.clone()).filter(|why| !why.is_empty());
        let next = case.as_ref().and_then(|case| case.next.as_ref());
        let stage = match &case {
            Some(case) => format!("{} since {}", case.stage, day(case.stage_since)),
            None => "no open case".to_owned(),
        };
        let own = [
            letters(pupil.flags),
            family(gathered.roll.contacts(pupil.id)),
            [Some(codes), why].into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; "),
            stage,
            case.as_ref().map(|case| case.owner.clone()).unwrap_or_default(),
            strategies(file),
            last_actions(file),
            next.map(|next| format!("{}, {}", next.what, day(next.on))).unwrap_or_default(),
        ];
        let cells =
            pupil_cells(&gathered.roll, pupil).into_iter().chain(figure_cells(figures)).chain(own.map(Cell::text));
        Row::pupil(cells.collect())
    });
    Table::new(columns, "Nobody.").with(rows)
}

/// "Mrs Khan, mother, has parental responsibility; Mr Khan, father, must not be contacted".
pub fn family(contacts: &[Contact]) -> String {
    let one = |contact: &Contact| {
        let responsible = match contact.parental_responsibility {
            Some(true) => ", has parental responsibility",
            Some(false) => ", has no parental responsibility",
            None => "",
        };
        let barred = if contact.is_barred() { ", must not be contacted" } else { "" };
        format!("{}{responsible}{barred}", contact.introduced())
    };
    contacts.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// "2 meetings, 1 contract meeting, 1 home visit; 90 % by 1 May".
fn strategies(file: &CaseFile) -> String {
    let mut counts: Vec<(String, usize)> = Vec::new();
    let mut count = |what: String| match counts.iter_mut().find(|(one, _)| *one == what) {
        Some((_, count)) => *count += 1,
        None => counts.push((what, 1)),
    };
    for one in file.standing() {
        match &one.what {
            CaseEvent::Meeting(meeting) if meeting.kind != MeetingKind::Targeting => {
                count(meeting.kind.describe().to_owned());
            }
            CaseEvent::Visit(_) | CaseEvent::Improvement(_) | CaseEvent::Penalty(_) => {
                count(one.what.kind().describe().to_owned());
            }
            CaseEvent::Support(support) if support.kind != SupportKind::Details => {
                count(support.kind.describe().to_owned());
            }
            CaseEvent::Support(_) | CaseEvent::Meeting(_) | CaseEvent::Contact(_) | CaseEvent::Leave(_) => {}
        }
    }
    let counts = counts.into_iter().map(|(what, count)| if count == 1 { what } else { format!("{what} ({count})") });
    let targets = file.open_case().map(|case| case.targets).unwrap_or_default();
    let target = |(what, by): (String, Option<chrono::NaiveDate>)| match by {
        Some(by) => format!("target: {what} by {}", day(by)),
        None => format!("target: {what}"),
    };
    counts.chain(targets.into_iter().map(target)).collect::<Vec<_>>().join("; ")
}

/// The last things that were done, the latest first.
fn last_actions(file: &CaseFile) -> String {
    let mut events: Vec<_> = file.standing().collect();
    events.sort_by_key(|one| std::cmp::Reverse((one.what.on(), one.by.act)));
    let said = events.iter().take(LAST).map(|one| format!("{}: {}", day(one.what.on()), one.what.describe()));
    said.collect::<Vec<_>>().join("; ")
}
