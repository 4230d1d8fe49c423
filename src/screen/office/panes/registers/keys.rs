//! What keys mean in the unmarked registers.

crate::actions! {
    /// What keys mean in the unmarked registers.
    pub Action in "registers" {
        Chase "chase" "chase by phone" records;
        ChaseHow "chase-how" "chase, and say how";
        Snooze "snooze" "put off for ten minutes" records;
        Cover "cover" "say who covers, and where";
    }
}
