//! What is typed in a form, read: the act it comes to, or the field that cannot be read and what it needs.

use std::ops::RangeInclusive;

use chrono::{NaiveDate, NaiveTime};

use super::fields::{Candidate, Name, fields};
use crate::domain::act::{Act, ChangeCase, DeliverLetter, EndCaseEvent, LogCaseEvent, OpenCase};
use crate::domain::calendar::dates::parse_day;
use crate::domain::calendar::session::{SessionDate, parse_time};
use crate::domain::cases::change::{CaseChange, CaseSource, CloseReason, Next, Opening};
use crate::domain::cases::ending::{
    ActionDone, Ending, ImprovementEnd, ImprovementOutcome, LeaveDecision, LeaveOutcome, PenaltyEnd, PenaltyOutcome,
    VisitOutcome, VisitReturn,
};
use crate::domain::cases::event::{
    AgreedAction, CaseContact, CaseEvent, ContactWay, ImprovementNotice, LeaveRequest, Meeting, MeetingKind, Party,
    PenaltyNotice, Visit, VisitPurpose,
};
use crate::domain::cases::file::CaseFile;
use crate::domain::cases::letters::{Delivery, LetterOutcome};
use crate::domain::cases::typed::{PartyFault, word};
use crate::domain::name::meant;
use crate::domain::people::pupil::PupilId;
use crate::screen::casework::{CaseEntry, Unauthorised};
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::form::Form;

/// A field that cannot be read, and what it needs.
pub type Fault = (Name, String);

/// What is read of a form.
pub struct Read<'a> {
    /// What it puts down.
    pub entry: CaseEntry,
    /// About whom.
    pub pupil: PupilId,
    /// The fields.
    pub form: &'a Form<Name>,
    /// What in the case file it can be about.
    pub candidates: &'a [Candidate],
    /// The unauthorised sessions of the dates that were typed last, once they are known.
    pub known: Option<&'a Unauthorised>,
    /// The day, and who looks at it.
    pub context: &'a ViewContext,
}

impl Read<'_> {
    fn today(&self) -> NaiveDate {
        self.context.now.date()
    }

    fn text(&self, name: Name) -> String {
        self.form.text(name).to_owned()
    }

    /// A day; `None` where nothing is typed.
    pub fn day(&self, name: Name) -> Result<Option<NaiveDate>, Fault> {
        let typed = self.form.text(name);
        let fault = || (name, format!("“{typed}” is no day: write fri, 6/11 or 17/7/2027"));
        Some(typed)
            .filter(|typed| !typed.is_empty())
            .map(|typed| parse_day(typed, self.today()).ok_or_else(fault))
            .transpose()
    }

    fn needed_day(&self, name: Name) -> Result<NaiveDate, Fault> {
        self.day(name)?.ok_or_else(|| (name, "type a day: fri, 6/11 or 17/7/2027".to_owned()))
    }

    fn day_or_today(&self) -> Result<NaiveDate, Fault> {
        Ok(self.day(Name::On)?.unwrap_or(self.today()))
    }

    /// A time of day; `None` where nothing is typed.
    pub fn time(&self, name: Name) -> Result<Option<NaiveTime>, Fault> {
        let typed = self.form.text(name);
        let fault = || (name, format!("“{typed}” is no time: write 9:40"));
        Some(typed).filter(|typed| !typed.is_empty()).map(|typed| parse_time(typed).ok_or_else(fault)).transpose()
    }

    /// The word of a list that is typed, or begun.
    pub fn word<T: Copy + Into<&'static str>>(&self, name: Name, all: &[T]) -> Result<T, Fault> {
        let fault = || {
            let all: Vec<&str> = all.iter().map(|one| (*one).into()).collect();
            (name, format!("type one of {}, or how it begins", all.join(", ")))
        };
        word(self.form.text(name), all).ok_or_else(fault)
    }

    /// Somebody of the family.
    pub fn party(&self) -> Result<Party, Fault> {
        Party::typed(self.form.text(Name::With), self.context.roll().contacts(self.pupil)).map_err(|fault| {
            let says = match fault {
                PartyFault::NoPlace { place, held } => format!("there is no contact {place}: {held} held"),
                PartyFault::Several => "that is more than one contact: type the place in the calling order".to_owned(),
            };
            (Name::With, says)
        })
    }

    /// Yes or no.
    pub fn yes(&self, name: Name) -> Result<bool, Fault> {
        match self.form.text(name).to_lowercase().as_str() {
            "y" | "yes" => Ok(true),
            "n" | "no" => Ok(false),
            _ => Err((name, "type y or n".to_owned())),
        }
    }

    /// The stage of the school's ladder that is typed, or is the one in that place of it.
    pub fn stage(&self) -> Result<String, Fault> {
        let stages = &self.context.roll().school.case_stages;
        let typed = self.form.text(Name::Stage);
        let place = typed.parse::<usize>().ok().and_then(|place| stages.get(place.checked_sub(1)?));
        let named = meant(typed, stages, |stage| stage.name.clone());
        let found = place.or(match named.as_slice() {
            [stage] => Some(*stage),
            _ => None,
        });
        let all = || stages.iter().map(|stage| stage.name.as_str()).collect::<Vec<_>>().join(", ");
        found.map(|stage| stage.name.clone()).ok_or_else(|| (Name::Stage, format!("type one of {}", all())))
    }

    /// What was agreed, one or several.
    pub fn agreed(&self) -> Result<Vec<AgreedAction>, Fault> {
        let parts = self.form.text(Name::What).split(';').map(str::trim).filter(|part| !part.is_empty());
        let read = |part: &str| {
            let fault = || (Name::What, format!("“{part}” is not what, who and by when: see the GP / Mrs Khan / fri"));
            AgreedAction::typed(part, |text| parse_day(text, self.today())).ok_or_else(fault)
        };
        parts.map(read).collect()
    }

    /// A number; `usual` where nothing is typed.
    pub fn number(&self, name: Name, usual: u32) -> Result<u32, Fault> {
        match self.form.text(name) {
            "" => Ok(usual),
            typed => typed.parse().map_err(|_| (name, format!("“{typed}” is no number"))),
        }
    }

    /// What in the case file it is about.
    pub fn about(&self) -> Result<&Candidate, Fault> {
        match (self.candidates, self.form.text(Name::Which).parse::<usize>()) {
            ([only], _) => Ok(only),
            ([], _) => Err((Name::Which, "nothing is open any more that this could be about".to_owned())),
            (several, Ok(place)) if (1..=several.len()).contains(&place) => {
                several.get(place - 1).ok_or((Name::Which, String::new()))
            }
            (several, _) => Err((Name::Which, format!("type which, from 1 to {}", several.len()))),
        }
    }

    fn file(&self) -> Option<&CaseFile> {
        self.context.day.case_files.get(&self.pupil)
    }

    /// The act that it comes to: the same that the commands make.
    pub fn act(&self) -> Result<Act, Fault> {
        let (what, words) = (self.text(Name::What), self.text(Name::Words));
        match self.entry {
            CaseEntry::Open(_) => self.opening(),
            CaseEntry::Contact => Ok(self.log(CaseEvent::Contact(self.contact()?))),
            CaseEntry::Meeting => Ok(self.log(CaseEvent::Meeting(self.meeting()?))),
            CaseEntry::Visit => Ok(self.log(CaseEvent::Visit(self.visit()?))),
            CaseEntry::Leave => Ok(self.log(CaseEvent::Leave(self.leave()?))),
            CaseEntry::Penalty => Ok(self.log(CaseEvent::Penalty(self.penalty()?))),
            CaseEntry::Improvement => Ok(self.log(CaseEvent::Improvement(self.improvement()?))),
            CaseEntry::VisitReturn => self.end(Ending::Visit(self.visit_return()?)),
            CaseEntry::Decision => self.end(Ending::Leave(self.decision()?)),
            CaseEntry::ActionDone => self.end(Ending::Action(self.done()?)),
            CaseEntry::ImprovementEnd => {
                let (on, outcome) = (self.day_or_today()?, self.word(Name::Kind, ImprovementOutcome::ALL)?);
                self.end(Ending::Improvement(ImprovementEnd { on, outcome, words }))
            }
            CaseEntry::PenaltyEnd => {
                let (on, outcome) = (self.day_or_today()?, self.word(Name::Kind, PenaltyOutcome::ALL)?);
                self.end(Ending::Penalty(PenaltyEnd { on, outcome, words }))
            }
            CaseEntry::Stage => self.change(CaseChange::Stage { stage: self.stage()?, why: words }),
            CaseEntry::Owner => self.change(CaseChange::Owner(self.text(Name::Who))),
            CaseEntry::Next => self.change(CaseChange::Next(Next { on: self.needed_day(Name::By)?, what })),
            CaseEntry::Target => self.change(CaseChange::Target { what, by: self.day(Name::By)? }),
            CaseEntry::Close => {
                let reason = self.word(Name::Kind, CloseReason::ALL)?;
                self.change(CaseChange::Close { reason, why: words })
            }
            CaseEntry::LetterGone => self.delivery(),
        }
    }

    fn log(&self, event: CaseEvent) -> Act {
        LogCaseEvent { pupil: self.pupil, event }.into()
    }

    fn end(&self, ending: Ending) -> Result<Act, Fault> {
        let (event, ..) = *self.about()?;
        Ok(EndCaseEvent { pupil: self.pupil, event, ending }.into())
    }

    fn change(&self, change: CaseChange) -> Result<Act, Fault> {
        // It may have been closed at another desk meanwhile.
        let first = fields(self.entry).first().map_or(Name::Words, |(name, _)| *name);
        let case = self.file().and_then(CaseFile::open_case);
        let case = case.ok_or((first, "no case is open about the pupil any more".to_owned()))?.act;
        Ok(ChangeCase { pupil: self.pupil, case, change }.into())
    }

    fn opening(&self) -> Result<Act, Fault> {
        let next = match (self.form.filled(Name::What), self.day(Name::By)?) {
            (Some(what), Some(on)) => Some(Next { on, what }),
            (None, None) => None,
            (Some(_), None) => return Err((Name::By, "type when that is to be done".to_owned())),
            (None, Some(_)) => return Err((Name::What, "type what is to be done then".to_owned())),
        };
        let opening = Opening {
            stage: self.stage()?,
            owner: self.text(Name::Who),
            source: self.word(Name::Source, CaseSource::ALL)?,
            of: self.text(Name::Of),
            why: self.text(Name::Words),
            next,
        };
        Ok(OpenCase { pupil: self.pupil, opening }.into())
    }

    fn contact(&self) -> Result<CaseContact, Fault> {
        let (way, with, on) = (self.word(Name::Kind, ContactWay::ALL)?, self.party()?, self.day_or_today()?);
        let time = self.time(Name::At)?.or_else(|| way.usual_time(on, self.context.now));
        Ok(CaseContact { on, time, way, with, words: self.text(Name::Words) })
    }

    fn meeting(&self) -> Result<Meeting, Fault> {
        Ok(Meeting {
            on: self.day_or_today()?,
            time: self.time(Name::At)?,
            kind: self.word(Name::Kind, MeetingKind::ALL)?,
            present: self.text(Name::Who),
            minutes: self.text(Name::Words),
            actions: self.agreed()?,
        })
    }

    fn visit(&self) -> Result<Visit, Fault> {
        let due_back = self.time(Name::Until)?;
        Ok(Visit {
            on: self.today(),
            left: self.time(Name::At)?.unwrap_or(self.context.now.time()),
            purpose: self.word(Name::Kind, VisitPurpose::ALL)?,
            due_back: due_back.ok_or_else(|| (Name::Until, "type when they are due back: 10:15".to_owned()))?,
            staff: self.text(Name::Who),
            second: self.form.filled(Name::Second),
            words: self.text(Name::Words),
        })
    }

    fn leave(&self) -> Result<LeaveRequest, Fault> {
        let (first, by) = (self.needed_day(Name::On)?, self.party()?);
        let last = self.day(Name::Until)?.unwrap_or(first);
        Ok(LeaveRequest { asked: self.today(), by, first, last, reason: self.text(Name::Words) })
    }

    fn penalty(&self) -> Result<PenaltyNotice, Fault> {
        if !self.yes(Name::Done)? {
            return Err((Name::Done, "type y once it is issued".to_owned()));
        }
        let (parent, issued) = (self.party()?, self.day_or_today()?);
        Ok(PenaltyNotice { parent, issued, sessions: self.sessions()? })
    }

    /// The dates that are typed; `None` where none is: the notice is another authority's, and rests on no session of this record.
    pub fn dates(&self) -> Result<Option<RangeInclusive<NaiveDate>>, Fault> {
        match (self.day(Name::First)?, self.day(Name::Until)?) {
            (Some(first), Some(last)) if last < first => Err((Name::Until, "that is before the first day".to_owned())),
            (Some(first), Some(last)) => Ok(Some(first..=last)),
            (None, None) => Ok(None),
            (None, Some(_)) => Err((Name::First, "type the first day too".to_owned())),
            (Some(_), None) => Err((Name::Until, "type the last day too".to_owned())),
        }
    }

    /// The sessions that a penalty notice rests on: those of these dates that are firm, and free for a notice to this parent.
    pub fn sessions(&self) -> Result<Vec<SessionDate>, Fault> {
        let Some(dates) = self.dates()? else { return Ok(Vec::new()) };
        let known = self.known.filter(|known| known.dates == dates);
        let known = known.ok_or_else(|| (Name::First, "the sessions are being looked up".to_owned()))?;
        let none = CaseFile::default();
        let file = self.file().unwrap_or(&none);
        let free = file.free_for_notice(&self.party()?, known.firm.clone(), &known.unresolved, &dates);
        free.map_err(|text| (Name::First, text))
    }

    fn improvement(&self) -> Result<ImprovementNotice, Fault> {
        let (parent, start) = (self.party()?, self.needed_day(Name::On)?);
        let (weeks, most_unauthorised) = (self.number(Name::Count, 0)?, self.number(Name::Most, 0)?);
        let least_percent = self.form.filled(Name::Least).map(|_| self.number(Name::Least, 0)).transpose()?;
        let notice = ImprovementNotice { parent, start, weeks, ends: start, most_unauthorised, least_percent };
        Ok(notice.counted(&self.context.roll().calendar))
    }

    /// Of today at once; what went on another day, at a time only if one is typed.
    fn delivery(&self) -> Result<Act, Fault> {
        let (letter, ..) = *self.about()?;
        let (outcome, on) = (self.word(Name::Kind, LetterOutcome::ALL)?, self.day_or_today()?);
        let time = self.time(Name::At)?.or_else(|| (on == self.today()).then(|| self.context.now.time()));
        let (who, words) = (self.text(Name::Who), self.text(Name::Words));
        let delivery = Delivery { letter, outcome, on, time, who, words };
        Ok(Act::DeliverLetter(DeliverLetter { pupil: self.pupil, delivery }))
    }

    fn visit_return(&self) -> Result<VisitReturn, Fault> {
        Ok(VisitReturn {
            outcome: self.word(Name::Kind, VisitOutcome::ALL)?,
            child_seen: self.yes(Name::Seen)?,
            spoken_to: self.yes(Name::Spoken)?,
            in_cpoms: self.form.filled(Name::Done).map_or(Ok(false), |_| self.yes(Name::Done))?,
            back: self.time(Name::At)?.unwrap_or(self.context.now.time()),
            met: self.text(Name::Second),
            words: self.text(Name::Words),
            follow_up: self.text(Name::What),
        })
    }

    fn decision(&self) -> Result<LeaveDecision, Fault> {
        let (on, outcome) = (self.day_or_today()?, self.word(Name::Kind, LeaveOutcome::ALL)?);
        let (days, by, reason) = (self.number(Name::Count, 0)?, self.text(Name::Who), self.text(Name::Words));
        let decision = LeaveDecision { on, outcome, days, by, reason, granted: Vec::new() };
        let (act, ..) = self.about()?;
        Ok(match self.file().and_then(|file| file.event(*act)).map(|one| &one.what) {
            Some(CaseEvent::Leave(leave)) => decision.of_all_days(leave, &self.context.roll().calendar),
            Some(_) | None => decision,
        })
    }

    fn done(&self) -> Result<ActionDone, Fault> {
        let (_, place, _) = self.about()?;
        if !self.yes(Name::Done)? {
            return Err((Name::Done, "type y once it is done; esc leaves it open".to_owned()));
        }
        let on = self.day_or_today()?;
        Ok(ActionDone { place: place.unwrap_or_default(), on, words: self.text(Name::Words) })
    }
}
