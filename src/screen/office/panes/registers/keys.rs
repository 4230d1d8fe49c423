//! What keys mean in the unmarked registers.

crate::actions! {
    /// What keys mean in the unmarked registers.
    pub Action in "registers" {
        Chase "chase" "chase by phone" | "register remind ring telephone" records;
        ChaseHow "chase-how" "chase, and say how" | "register remind radio runner message email";
        Snooze "snooze" "put off for ten minutes" | "later postpone wait register" records;
        Cover "cover" "say who covers, and where" | "supply substitute teacher room register";
    }
}
