//! The global keys: what keys mean wherever you are.

crate::actions! {
    /// What keys mean wherever you are.
    pub Action in "house" {
        Find "find" "find a pupil";
        Late "late" "log a late";
        Call "call" "log a call about the chosen pupil";
        Mark "mark" "enter or amend the chosen pupil's mark";
        Inbound "inbound" "log a message about an absence";
        OutOrBack "out-or-back" "goes out, or comes back";
        Watch "watch" "put the chosen pupil on the watch list, or change why";
        HandOver "hand-over" "hand over: what exactly is open";
        Tape "tape" "today's tape: everything that was done";
        Lists "lists" "daily lists for others";
        Checks "checks" "what contradicts, and who is looked for";
        Search "search" "look for the chosen pupil";
        Sweep "sweep" "go through a group, seen or not";
        Gate "gate" "the gate: log who comes late, goes out and comes back";
        Fire "fire" "the fire list: who is on site now";
        OffSite "off-site" "who is elsewhere by arrangement";
        Step "step" "record a step of the ladder";
        Ageing "ageing" "marks that have stood at N";
        Undo "undo" "take back what was just done" records;
        Palette "palette" "everything that can be done here, by name";
        Help "help" "all keys";
        Pane1 "pane-1" "to the unmarked registers";
        Pane2 "pane-2" "to the unexplained absences";
        Pane3 "pane-3" "to the lateness queue";
        Pane4 "pane-4" "to the watch list";
        NextPane "next-pane" "to the next pane";
        PreviousPane "previous-pane" "to the pane before";
        People "people" "who is at which desk";
        Numbers "numbers" "numbers to put right";
        Blank "blank" "blank the screen until any key";
        Lock "lock" "lock the screen until your PIN";
        Redraw "redraw" "draw the screen anew";
        Quit "quit" "leave";
    }
}

impl Action {
    /// Whether it works at the gate too, where a queue is waiting and others read the screen.
    pub fn is_for_gate(self) -> bool {
        matches!(self, Action::Fire | Action::Help | Action::Undo | Action::Redraw | Action::Quit)
    }
}
