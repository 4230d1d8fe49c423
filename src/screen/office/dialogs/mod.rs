//! Dialogs: at most one is open. One table of them, below: for whom each is, what it discloses, and how it opens; and one of the keys of
//! those that have their own. A new dialog is its file, a line here for each, and what asks for it (`screen/global_keys.rs`).

pub mod arrangements;
pub mod call;
pub mod card;
pub mod cases;
pub mod chase;
pub mod checks;
pub mod corrections;
pub mod cover;
pub mod desk;
pub mod documents;
pub mod figures;
pub mod files;
pub mod find;
pub mod follow;
pub mod inbound;
pub mod late;
pub mod mark;
pub mod numbers;
pub mod register;
pub mod step;
pub mod unresolved;
pub mod watch;
pub mod whereabouts;
pub mod year;

use hashbrown::HashMap;

use crate::domain::act::permission::Matter;
use crate::domain::calendar::session::SessionDate;
use crate::domain::day::Past;
use crate::domain::people::pupil::PupilId;
use crate::domain::school::staff::Role;
use crate::keys::{Pressable, RoomHelp};
use crate::report::document_kind::DocumentKind;
use crate::screen::global_keys::Ask;
use crate::screen::view_context::ViewContext;
use crate::screen::widgets::dialog::{Dialog, SharedTyping};
use crate::screen::widgets::picker::SharedFinder;
use crate::screen::widgets::several::Marked;
use crate::screen::widgets::{reading, reveal};

crate::rooms! {
    /// The keys of the dialogs that have their own.
    pub struct DialogKeys {
        call: call::Action, "The call card";
        step: step::Action, "A step of the ladder";
        follow: follow::Action, "A late followed through";
        unresolved: unresolved::Action, "Marks that stand at N";
        files: files::Action, "Files";
        refused_files: files::RefusedAction, "Files that were refused";
        inbox: files::InboxAction, "The inbox";
        quarantine: files::QuarantineAction, "Marks in quarantine";
        leavers: files::LeaversAction, "Pupils who may have left";
        handback: files::HandBackAction, "Marks that go back";
        imports: files::ImportsAction, "The last imports";
        inbound: inbound::Action, "A message about an absence";
        chase: chase::Action, "Chasing a register";
        day_log: desk::day_log::Action, "The day's tape";
        lists: documents::lists::Action, "Daily lists for others";
        cpoms: documents::document::Action, "A text for CPOMS";
        register: register::Action, "A register";
        checks: checks::Action, "Checks";
        triggers: cases::triggers::Action, "Triggers";
        caseload: cases::caseload::Action, "The caseload";
        visits: cases::visits::Action, "Home visits";
        case: cases::one_case::Action, "A pupil's case";
        search: whereabouts::search::Action, "The search for a pupil";
        sweep: whereabouts::sweep::Action, "A sweep";
        fire: whereabouts::fire::Action, "The fire list";
        off_site: whereabouts::off_site::Action, "Off site";
        year: year::Action, "A pupil's year";
        board: whereabouts::board::Action, "The day's board";
        figures: figures::Action, "Figures";
        arrangements: arrangements::Action, "Arrangements";
        arrangement_pupils: arrangements::PupilsAction, "The pupils of an arrangement";
        reading: reading::Action, "Reading a card";
        number: reveal::Action, "Masked numbers";
    }
}

/// What a dialog wants of whoever opens it.
pub enum Wants {
    /// Nothing: it says nothing of anybody.
    Nothing,
    /// That they may see this.
    Sight(Matter),
    /// That they may open this pupil's card.
    Card(PupilId),
    /// That they may see cases, and open this pupil's card.
    Case(PupilId),
    /// That they may make this document for somebody else, about this pupil if about one.
    Document(&'static DocumentKind, Option<PupilId>),
    /// That they may record, being at least this; with what it records: the subject of "... is for an officer".
    Record(Role, &'static str),
}

/// What dialogs are opened with.
pub struct Opening<'a> {
    /// The day, and who looks at it.
    pub context: &'a ViewContext,
    /// The dialogs' keys.
    pub keys: &'a DialogKeys,
    /// The keys that every dialog shares.
    pub typing: SharedTyping,
    /// The finder that pickers share.
    pub finder: SharedFinder,
    /// What came before today for the pupil asked about, if it is known.
    pub past: Option<&'a Past>,
    /// What came before today, of everybody of whom it is known.
    pub pasts: &'a HashMap<PupilId, Past>,
    /// The marked rows of the pane.
    pub marked: Marked,
    /// What of an act about several was not done, a sentence each.
    pub not_done: &'a [String],
    /// What can be pressed now.
    pub here: Vec<Pressable>,
    /// What every key does, room by room.
    pub help: Vec<RoomHelp>,
}

type Opens = Box<dyn FnOnce(Opening<'_>) -> Box<dyn Dialog>>;

/// The days on which a dialog makes sense.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Days {
    /// Whichever is shown.
    Any,
    /// Any but one that is still to come.
    ThatCame,
    /// Today alone: what is done there happens now.
    Today,
}

/// A row of the table: what a dialog wants of whoever opens it, on which days, and how it opens.
pub struct Row {
    /// For whom it is, and what it discloses.
    pub wants: Wants,
    /// On which days it makes sense: most are for today alone.
    pub days: Days,
    /// How it opens.
    pub open: Opens,
}

impl Row {
    fn on(self, days: Days) -> Row {
        Row { days, ..self }
    }
}

fn row<D: Dialog + 'static>(wants: Wants, open: impl FnOnce(Opening<'_>) -> D + 'static) -> Row {
    Row { wants, days: Days::Today, open: Box::new(move |at| Box::new(open(at))) }
}

/// The row of the dialog that is asked for.
pub fn dialog(ask: Ask) -> Row {
    use Role::{Gate, Officer};
    use Wants::{Nothing, Record, Sight};
    match ask {
        // Its rows say what everybody is marked with.
        Ask::Find => row(Sight(Matter::Card), |at| find::Find::new(at.typing, at.finder, at.context)).on(Days::Any),
        Ask::Card(pupil) => row(Wants::Card(pupil), move |at| {
            let keys = (at.keys.reading.clone(), at.keys.number.clone());
            card::Card::new(keys, at.typing, pupil, at.past.cloned(), at.context)
        })
        .on(Days::Any),
        Ask::Year(pupil) => row(Wants::Card(pupil), move |at| {
            year::YearCard::new(at.keys.year.clone(), at.keys.reading.clone(), at.typing, pupil, at.context)
        })
        .on(Days::Any),
        Ask::Late(chosen) => {
            row(Record(Gate, "a late"), move |at| late::Late::new(at.typing, at.finder, at.context, chosen))
        }
        Ask::Move(chosen) => row(Record(Gate, "going out and coming back"), move |at| {
            whereabouts::movement::MoveCard::new(at.typing, at.finder, at.context, chosen)
        }),
        Ask::FollowLate(pupil, session) => row(Record(Gate, "the following of a late"), move |at| {
            follow::FollowCard::new(at.keys.follow.clone(), at.typing, pupil, session)
        }),
        Ask::ReportLates(year) => row(Record(Officer, "a report to a head of year"), move |at| {
            follow::HeadsCard::new(at.typing, year, at.context)
        }),
        Ask::FollowMarked => row(Record(Gate, "the following of a late"), |at| {
            let session = at.marked.first().map_or(at.context.session(), |(_, at)| at.session);
            let pupils = at.marked.iter().map(|(pupil, _)| *pupil).collect();
            let date = at.context.day.date;
            follow::FollowSeveral::new(at.keys.follow.clone(), at.typing, pupils, SessionDate::new(date, session))
        }),
        Ask::ReportMarked => row(Record(Officer, "a report to a head of year"), |at| {
            let marked = at.marked.iter().map(|(pupil, at)| (*pupil, at.session)).collect();
            follow::HeadsCard::of(at.typing, marked, at.context)
        }),
        Ask::MarkMarked => {
            row(Record(Officer, "a mark"), |at| mark::MarkSeveral::new(at.typing, &at.marked, at.context))
        }
        Ask::StepMarked => row(Record(Officer, "a step of the ladder"), |at| {
            let session = at.marked.first().map_or(at.context.at(), |(_, at)| *at);
            step::StepSeveral::new(at.keys.step.clone(), at.typing, &at.marked, session, at.context)
        }),
        Ask::NotDone => row(Sight(Matter::Day), |at| {
            desk::not_done::NotDone::new(at.keys.reading.clone(), at.typing, at.not_done.to_vec())
        }),
        Ask::Call(pupil) => row(Record(Officer, "a call"), move |at| {
            call::CallCard::new(at.keys.call.clone(), at.typing, pupil, at.context)
        }),
        Ask::Mark(pupil) => row(Record(Officer, "a mark"), move |at| mark::MarkCard::new(at.typing, pupil, at.context))
            .on(Days::ThatCame),
        Ask::MarkIn(pupil, session) => {
            row(Record(Officer, "a mark"), move |at| mark::MarkCard::of(at.typing, pupil, session, at.context))
                .on(Days::ThatCame)
        }
        Ask::Inbound(chosen) => row(Record(Officer, "a message"), move |at| {
            inbound::Inbound::new(at.keys.inbound.clone(), at.typing, at.finder, at.context, chosen)
        }),
        Ask::Watch(pupil) => {
            row(Record(Officer, "the watch list"), move |at| watch::WatchCard::new(at.typing, pupil, at.context))
        }
        Ask::Correct(pupil) => row(Record(Officer, "a correction"), move |at| {
            let keys = (at.keys.reading.clone(), at.keys.number.clone());
            corrections::Corrections::new(at.typing, keys, pupil, at.context)
        }),
        Ask::NewContact(pupil) => {
            row(Record(Officer, "a new contact"), move |at| corrections::new_contact::NewContact::new(at.typing, pupil))
        }
        Ask::Joiner => row(Record(Officer, "a joiner"), |at| corrections::joiner::Joiner::new(at.typing)),
        Ask::Step(pupil) => row(Record(Officer, "a step of the ladder"), move |at| {
            step::StepCard::new(at.keys.step.clone(), at.typing, pupil, at.context)
        }),
        Ask::Chase(register) => {
            row(Record(Officer, "a register"), move |at| chase::ChaseCard::new(at.keys.chase.clone(), register))
        }
        Ask::Cover(group) => {
            row(Record(Officer, "a register"), move |at| cover::CoverCard::new(at.typing, group, at.context))
        }
        Ask::Sweep => row(Record(Officer, "a sweep"), |at| {
            whereabouts::sweep::Sweep::new(at.keys.sweep.clone(), at.typing, at.context)
        }),
        Ask::UnresolvedN => row(Sight(Matter::Day), |at| {
            unresolved::UnresolvedList::new(at.keys.unresolved.clone(), at.typing, at.context)
        }),
        Ask::Files => row(Sight(Matter::Day), |at| {
            let keys = files::Keys {
                all: at.keys.files.clone(),
                refused: at.keys.refused_files.clone(),
                inbox: at.keys.inbox.clone(),
                quarantine: at.keys.quarantine.clone(),
                leavers: at.keys.leavers.clone(),
                handback: at.keys.handback.clone(),
                imports: at.keys.imports.clone(),
            };
            files::Files::new(keys, at.typing, at.finder, at.context)
        }),
        Ask::Register(register, session) => row(Sight(Matter::Day), move |at| {
            let keys = (at.keys.register.clone(), at.keys.reading.clone());
            register::RegisterCard::new(at.typing, keys, (register, session), at.context)
        }),
        Ask::ReadRegister(register, session) => row(Sight(Matter::Day), move |at| {
            let keys = (at.keys.register.clone(), at.keys.reading.clone());
            register::RegisterCard::read(at.typing, keys, (register, session), at.context)
        })
        .on(Days::Any),
        Ask::DayRegisters => row(Sight(Matter::Day), |at| register::of_day::DayRegisters::new(at.typing, at.context)),
        Ask::DayLog => {
            row(Sight(Matter::Day), |at| desk::day_log::DayLog::new(at.keys.day_log.clone(), at.typing, at.context))
                .on(Days::Any)
        }
        Ask::Checks => row(Sight(Matter::Day), |at| checks::Checks::new(at.keys.checks.clone(), at.typing, at.context)),
        Ask::Figures => {
            row(Sight(Matter::Day), |at| figures::FiguresCard::new(at.keys.figures.clone(), at.typing, at.context))
                .on(Days::Any)
        }
        Ask::Triggers => row(Sight(Matter::Day), |at| {
            cases::triggers::Triggers::new(at.keys.triggers.clone(), at.typing, at.context)
        }),
        // A reader is told the stages alone.
        Ask::Cases => row(Sight(Matter::Day), |at| {
            cases::caseload::Caseload::new(at.keys.caseload.clone(), at.typing, at.context)
        }),
        Ask::Case(pupil) => row(Wants::Case(pupil), move |at| {
            let keys = (at.keys.case.clone(), at.keys.reading.clone());
            cases::one_case::OneCase::new(keys, at.typing, pupil, at.context)
        }),
        Ask::Visits => row(Sight(Matter::Case), |at| {
            let keys = (at.keys.visits.clone(), at.keys.number.clone());
            cases::visits::Visits::new(keys, at.typing, at.context)
        }),
        Ask::Letters(pupil) => row(Record(Officer, "making letters"), move |at| {
            cases::letters::LettersForm::new(at.keys.reading.clone(), at.typing, pupil)
        }),
        Ask::CaseEntry(pupil, entry) => {
            let (least, what) = entry.is_for();
            row(Record(least, what), move |at| cases::entry::EntryForm::new(at.typing, entry, pupil, at.context))
        }
        Ask::Search(pupil) => row(Sight(Matter::Day), move |at| {
            whereabouts::search::SearchCard::new(at.keys.search.clone(), at.typing, pupil, at.context)
        }),
        Ask::OffSite => row(Sight(Matter::Day), |at| {
            whereabouts::off_site::OffSiteCard::new(at.typing, at.keys.off_site.clone(), at.context)
        }),
        Ask::Board => row(Sight(Matter::Day), |at| {
            whereabouts::board::BoardCard::new(at.keys.board.clone(), at.typing, at.context)
        }),
        Ask::Arrangements => row(Sight(Matter::Day), |at| {
            let keys = (at.keys.arrangements.clone(), at.keys.arrangement_pupils.clone());
            arrangements::Arrangements::new(keys, at.typing, at.finder, at.context)
        }),
        Ask::Fire => {
            row(Sight(Matter::Names), |at| whereabouts::fire::Fire::new(at.typing, at.keys.fire.clone(), at.context))
        }
        Ask::GoToDay => row(Sight(Matter::Day), |at| desk::go_to_day::GoToDay::new(at.typing)).on(Days::Any),
        Ask::People => row(Sight(Matter::Names), |at| desk::people::People::new(at.keys.reading.clone())).on(Days::Any),
        Ask::Numbers => row(Sight(Matter::Numbers), |at| {
            numbers::Numbers::new(at.typing, at.keys.reading.clone(), at.keys.number.clone(), at.context)
        }),
        Ask::Lists(chosen) => {
            row(Sight(Matter::Export), move |at| documents::lists::Lists::new(at.keys.lists.clone(), chosen))
        }
        Ask::Document(kind, pupil) => row(Wants::Document(kind, pupil), move |at| {
            let known = at.context.day.past.iter().chain(at.pasts).map(|(pupil, past)| (*pupil, past.clone()));
            let keys = (at.keys.reading.clone(), at.keys.cpoms.clone());
            documents::document::DocumentCard::new(keys, at.typing, (kind, pupil), known.collect(), at.context)
        }),
        Ask::Help => {
            row(Nothing, |at| desk::help::Help::new(at.keys.reading.clone(), at.typing, at.help)).on(Days::Any)
        }
        Ask::Palette => row(Nothing, |at| desk::palette::Palette::new(at.typing, at.here)).on(Days::Any),
    }
}
