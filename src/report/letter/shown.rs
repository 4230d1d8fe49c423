//! The fields of a template, as they are shown: each is named in [`FIELDS`](super::FIELDS).
#![expect(missing_docs, reason = "docs/casework.md says what each field is")]

use serde::Serialize;

use super::days::{DayShown, Days};
use crate::domain::figures::Figures;

/// What a template is filled with.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Facts {
    pub date: String,
    pub reply_by: String,
    pub signed_by: String,
    pub words: String,
    pub school: SchoolShown,
    pub pupil: PupilShown,
    pub parent: ParentShown,
    pub period: PeriodShown,
    pub figures: FiguresShown,
    pub days: Days,
    pub support: Vec<String>,
    pub penalty: PenaltyShown,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseShown>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting: Option<MeetingShown>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held: Option<HeldShown>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub granted: Option<LeaveShown>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<LeaveShown>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<NoticeShown>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SchoolShown {
    pub name: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PupilShown {
    pub name: String,
    pub forename: String,
    pub legal_name: String,
    pub group: String,
    pub year: String,
    pub admission_no: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ParentShown {
    pub name: String,
    pub relationship: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PeriodShown {
    pub from: String,
    pub to: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct FiguresShown {
    pub attendance: String,
    pub possible: u32,
    pub attended: u32,
    pub absent: u32,
    pub authorised: u32,
    pub unauthorised: u32,
    pub lates: u32,
    pub late_before_close: u32,
    pub late_after_close: u32,
    pub minutes: u32,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PenaltyShown {
    pub next: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CaseShown {
    pub stage: String,
    pub target: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct MeetingShown {
    pub date: String,
    pub time: String,
    pub place: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct HeldShown {
    pub date: String,
    pub kind: String,
    pub present: String,
    pub agreed: Vec<AgreedShown>,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct AgreedShown {
    pub what: String,
    pub who: String,
    pub by: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct LeaveShown {
    pub first: String,
    pub last: String,
    pub days: u32,
    pub asked_days: usize,
    pub reason: String,
    pub decided: String,
    pub by: String,
    pub why: String,
}

#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct NoticeShown {
    pub start: String,
    pub ends: String,
    pub weeks: u32,
    pub most: u32,
    /// Empty where the notice says none.
    pub least: String,
}

impl Facts {
    /// Made-up ones, of which none is missing: what a template is tried with.
    pub fn made_up() -> Facts {
        let text = || "x".to_owned();
        let one = || vec![DayShown { date: text(), sessions: text(), code: text(), meaning: text() }];
        let leave = || LeaveShown {
            first: text(),
            last: text(),
            days: 1,
            asked_days: 2,
            reason: text(),
            decided: text(),
            by: text(),
            why: text(),
        };
        Facts {
            date: text(),
            reply_by: text(),
            signed_by: text(),
            words: text(),
            school: SchoolShown { name: text() },
            pupil: PupilShown {
                name: text(),
                forename: text(),
                legal_name: text(),
                group: text(),
                year: text(),
                admission_no: text(),
            },
            parent: ParentShown { name: text(), relationship: text() },
            period: PeriodShown { from: text(), to: text() },
            figures: shown(&Figures { possible: 10, attended: 9, minutes: 7, ..Figures::default() }),
            days: Days {
                absent: one(),
                ill: one(),
                unauthorised: one(),
                unexplained: one(),
                late: one(),
                late_closed: one(),
            },
            support: vec![text()],
            penalty: PenaltyShown { next: text() },
            case: Some(CaseShown { stage: text(), target: text() }),
            meeting: Some(MeetingShown { date: text(), time: text(), place: text() }),
            held: Some(HeldShown {
                date: text(),
                kind: text(),
                present: text(),
                agreed: vec![AgreedShown { what: text(), who: text(), by: text() }],
            }),
            granted: Some(leave()),
            refused: Some(leave()),
            notice: Some(NoticeShown { start: text(), ends: text(), weeks: 3, most: 0, least: text() }),
        }
    }
}

/// Figures as they are shown.
pub fn shown(figures: &Figures) -> FiguresShown {
    let percent = |tenths: u32| format!("{}.{} %", tenths / 10, tenths % 10);
    FiguresShown {
        attendance: figures.attendance_tenths().map_or_else(|| "n/a".to_owned(), percent),
        possible: figures.possible,
        attended: figures.attended,
        absent: figures.absent(),
        authorised: figures.authorised,
        unauthorised: figures.unauthorised,
        lates: figures.lates,
        late_before_close: figures.late_before_close,
        late_after_close: figures.late_after_close,
        minutes: figures.minutes,
    }
}
