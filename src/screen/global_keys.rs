//! What can be opened, and the global keys: what keys mean wherever you are. A dialog that a global key opens is a case of [`Ask`], an
//! action and a line of [`Action::means`].

use crate::domain::calendar::any_day::Side;
use crate::domain::calendar::session::Session;
use crate::domain::people::pupil::{GroupId, PupilId};
use crate::domain::register::register_ref::RegisterRef;
use crate::report::document_kind::DocumentKind;
use crate::report::handover;
use crate::screen::casework::CaseEntry;

crate::actions! {
    /// What keys mean wherever you are.
    pub Action in "house" {
        Find "find" "find a pupil" | "search look up name card contacts email phone telephone leaver left history attendance yesterday four weeks";
        Late "late" "log a late" | "arrival arrived sign in register tardy";
        Call "call" "log a call about the chosen pupil" | "phone ring telephone parent contact";
        Mark "mark" "enter or amend the chosen pupil's mark" | "code correct change register attendance";
        Inbound "inbound" "log a message about an absence" | "email answerphone voicemail letter ill sick reported parent rang appointment";
        Year "year" "the chosen pupil's school year" | "calendar pattern weekday heat map attendance history earlier years absences";
        OutOrBack "out-or-back" "goes out, or comes back" | "sign out sign in leave early dentist appointment return";
        Watch "watch" "put the chosen pupil on the watch list, or change why" | "monitor concern keep an eye on";
        Correct "correct" "put right what is held of the chosen pupil" | "correction number phone email contact note order wrong change update leaver leaves tutor group";
        Joiner "joiner" "put a joiner down" | "new pupil enrol starter admission arrives";
        HandOver "hand-over" "hand over: what exactly is open" | "print summary end of morning yesterday colleague email";
        DayLog "tape" "today's tape: everything that was done" | "history log journal audit undo take back earlier";
        Lists "lists" "daily lists for others" | "print report export email dsl pastoral cpoms head of year persistent absence";
        Checks "checks" "what contradicts, and who is looked for" | "contradictions conflicts missing";
        Figures "figures" "figures: attendance by year, group, pupil, cohort, week" | "attendance percentages statistics report chart heat map cohort gap persistent severe absence trend";
        Triggers "triggers" "triggers: thresholds that pupils' marks have met" | "penalty notice fine referral return ten days sickness persistent severe absence";
        Cases "cases" "the caseload: open cases, and what is due" | "casework due overdue visits meetings panel owner stage";
        Case "case" "the chosen pupil's case file, and what is put into it" | "casework open put down contact letter meeting visit leave notice stage chronology history";
        Search "search" "look for the chosen pupil" | "missing lost child where is";
        Sweep "sweep" "go through a group, seen or not" | "roll call headcount register";
        Gate "gate" "the gate: log who comes late, goes out and comes back" | "late desk reception sign in sign out";
        Fire "fire" "the fire list: who is on site now" | "print evacuation alarm roll call headcount register";
        Board "board" "the day's board: who is absent and why, out or expected" | "absentees attendance figures roll count whereabouts today summary";
        DayRegisters "day-registers" "every register of the day, taken or not" | "open view read class form tutor group lesson teacher room";
        OffSite "off-site" "who is elsewhere by arrangement" | "alternative provision trip visit college work experience";
        Arrangements "arrangements" "arrangements for many pupils" | "trips work experience alternative provision part-time timetable provider visit dual review enter several pupils";
        Step "step" "record a step of the ladder" | "escalate police home visit dsl social worker";
        UnresolvedN "ageing" "marks that have stood at N" | "unresolved unexplained yesterday last week earlier days no reason O";
        Files "files" "files: refused, inbox, quarantine, leavers, hand back" | "imports feed export problem error messages replies reports marks take back keyed handback mis";
        DayBefore "day-before" "the school day before: its registers, marks and lates" | "yesterday last week earlier past back";
        DayAfter "day-after" "the school day after" | "tomorrow later next ahead expected known away";
        Today "today" "back to today, as it was left" | "now office";
        GoToDay "go-to-day" "another day: type its date" | "date calendar last week yesterday term amend earlier mark";
        Undo "undo" "take back what was just done" | "mistake wrong cancel reverse" records;
        Redo "redo" "do again what was taken back last" | "restore put back undo" records;
        Palette "palette" "everything that can be done here, by name" | "commands menu";
        Help "help" "all keys" | "keyboard shortcuts symbols manual";
        Pane1 "pane-1" "to the unmarked registers" | "register not taken tutor class missing";
        Pane2 "pane-2" "to the unexplained absences" | "absent absence N missing call";
        Pane3 "pane-3" "to the lateness queue" | "lates late list detention";
        Pane4 "pane-4" "to the watch list" | "watched concern monitor";
        NextPane "next-pane" "to the next pane";
        PreviousPane "previous-pane" "to the pane before";
        FullSize "full-size" "the pane at full size, or all panes again" | "zoom large whole screen";
        People "people" "who is at which desk" | "staff colleagues users online";
        Numbers "numbers" "numbers to put right" | "phone telephone wrong contact email";
        Blank "blank" "blank the screen until any key" | "hide privacy counter";
        Lock "lock" "lock the screen until your PIN" | "away leave desk";
        Redraw "redraw" "draw the screen anew" | "refresh repaint broken screen";
        Quit "quit" "leave" | "quit exit close log out end";
    }
}

impl Action {
    /// Whether it works at the gate too, where a queue is waiting and others read the screen.
    pub fn is_for_gate(self) -> bool {
        matches!(self, Action::Fire | Action::Help | Action::Undo | Action::Redo | Action::Redraw | Action::Quit)
    }

    /// What it means while `chosen` is the chosen pupil.
    pub fn means(self, chosen: Option<PupilId>) -> Means {
        let about = |ask: fn(PupilId) -> Ask| chosen.map_or(Means::NobodyChosen, |pupil| Means::Open(ask(pupil)));
        match self {
            Action::Find => Means::Open(Ask::Find),
            Action::Late => Means::Open(Ask::Late(chosen)),
            Action::Inbound => Means::Open(Ask::Inbound(chosen)),
            Action::OutOrBack => Means::Open(Ask::Move(chosen)),
            Action::Call => about(Ask::Call),
            Action::Mark => about(Ask::Mark),
            Action::Watch => about(Ask::Watch),
            Action::Year => about(Ask::Year),
            Action::Correct => about(Ask::Correct),
            Action::Joiner => Means::Open(Ask::Joiner),
            Action::Checks => Means::Open(Ask::Checks),
            Action::Figures => Means::Open(Ask::Figures),
            Action::Triggers => Means::Open(Ask::Triggers),
            Action::Cases => Means::Open(Ask::Cases),
            Action::Case => about(Ask::Case),
            Action::Search => about(Ask::Search),
            Action::Sweep => Means::Open(Ask::Sweep),
            Action::Step => about(Ask::Step),
            Action::UnresolvedN => Means::Open(Ask::UnresolvedN),
            Action::Files => Means::Open(Ask::Files),
            Action::HandOver => Means::Open(Ask::Document(&handover::KIND, None)),
            Action::DayLog => Means::Open(Ask::DayLog),
            Action::Lists => Means::Open(Ask::Lists(chosen)),
            Action::Fire => Means::Open(Ask::Fire),
            Action::Board => Means::Open(Ask::Board),
            Action::DayRegisters => Means::Open(Ask::DayRegisters),
            Action::OffSite => Means::Open(Ask::OffSite),
            Action::Arrangements => Means::Open(Ask::Arrangements),
            Action::Palette => Means::Open(Ask::Palette),
            Action::Help => Means::Open(Ask::Help),
            Action::People => Means::Open(Ask::People),
            Action::Numbers => Means::Open(Ask::Numbers),
            Action::DayBefore => Means::Beside(Side::Before),
            Action::DayAfter => Means::Beside(Side::After),
            Action::Today => Means::Today,
            Action::GoToDay => Means::Open(Ask::GoToDay),
            Action::Undo => Means::Undo,
            Action::Redo => Means::Redo,
            Action::Gate => Means::Gate,
            Action::Pane1 => Means::Pane(0),
            Action::Pane2 => Means::Pane(1),
            Action::Pane3 => Means::Pane(2),
            Action::Pane4 => Means::Pane(3),
            Action::NextPane => Means::NextPane,
            Action::PreviousPane => Means::PreviousPane,
            Action::FullSize => Means::FullSize,
            Action::Redraw => Means::Redraw,
            Action::Blank => Means::Blank,
            Action::Lock => Means::Lock,
            Action::Quit => Means::Quit,
        }
    }
}

/// What a global key means for the app.
pub enum Means {
    /// Open a dialog.
    Open(Ask),
    /// It is about a pupil, and nobody is chosen.
    NobodyChosen,
    /// Take back what was just done.
    Undo,
    /// Do again what was taken back last.
    Redo,
    /// To the day beside the one that is shown.
    Beside(Side),
    /// Back to today.
    Today,
    /// To the gate.
    Gate,
    /// To the pane in this place, the first being 0.
    Pane(usize),
    /// To the next pane.
    NextPane,
    /// The pane at full size, or all panes again.
    FullSize,
    /// To the pane before.
    PreviousPane,
    /// Draw the screen anew.
    Redraw,
    /// Blank the screen.
    Blank,
    /// Lock the screen.
    Lock,
    /// Leave.
    Quit,
}

/// Which dialog, about whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Find a pupil.
    Find,
    /// A pupil's card.
    Card(PupilId),
    /// A pupil's school year.
    Year(PupilId),
    /// Log a late.
    Late(Option<PupilId>),
    /// Follow a late of today through.
    FollowLate(PupilId, Session),
    /// Tell the head of a year of its lates, or every head of theirs.
    ReportLates(Option<i64>),
    /// Log a call.
    Call(PupilId),
    /// Enter or amend a mark.
    Mark(PupilId),
    /// Enter or amend a mark of this session.
    MarkIn(PupilId, Session),
    /// Log a message about an absence.
    Inbound(Option<PupilId>),
    /// Out of the building, or back.
    Move(Option<PupilId>),
    /// Put a pupil on the watch list.
    Watch(PupilId),
    /// Put right what is held of a pupil.
    Correct(PupilId),
    /// Add a contact of a pupil.
    NewContact(PupilId),
    /// Put a joiner down.
    Joiner,
    /// Record a step of the ladder.
    Step(PupilId),
    /// Marks that have stood at N.
    UnresolvedN,
    /// What files leave to be decided.
    Files,
    /// Chase a register, and say how.
    Chase(RegisterRef),
    /// Say who covers a register, and where.
    Cover(GroupId),
    /// A register of a session, pupil by pupil: one that nobody has taken is for typing.
    Register(RegisterRef, Session),
    /// The same, to be read.
    ReadRegister(RegisterRef, Session),
    /// Every register of the day.
    DayRegisters,
    /// The day log.
    DayLog,
    /// Choose a daily list for somebody else, with this pupil chosen.
    Lists(Option<PupilId>),
    /// A document for others, and the pupil it is about.
    Document(&'static DocumentKind, Option<PupilId>),
    /// What contradicts, and who is looked for.
    Checks,
    /// The school's figures.
    Figures,
    /// What pupils' marks oblige the school to consider.
    Triggers,
    /// The caseload.
    Cases,
    /// A pupil's case file.
    Case(PupilId),
    /// Today's home visits.
    Visits,
    /// Letters about a pupil are made.
    Letters(PupilId),
    /// Something is put down about a pupil.
    CaseEntry(PupilId, CaseEntry),
    /// The search for a pupil.
    Search(PupilId),
    /// A group gone through, pupil by pupil.
    Sweep,
    /// The fire list.
    Fire,
    /// The day's board.
    Board,
    /// Who is elsewhere by arrangement.
    OffSite,
    /// Enter a mark for all marked rows.
    MarkMarked,
    /// Record a step of the ladder for all marked rows.
    StepMarked,
    /// Follow all marked lates through.
    FollowMarked,
    /// Tell the heads of year of all marked lates.
    ReportMarked,
    /// What of an act about several was not done.
    NotDone,
    /// Arrangements for many.
    Arrangements,
    /// Another day, by its date.
    GoToDay,
    /// Who sits at which desk.
    People,
    /// Numbers to put right.
    Numbers,
    /// All keys.
    Help,
    /// Everything that can be done here, by name.
    Palette,
}
