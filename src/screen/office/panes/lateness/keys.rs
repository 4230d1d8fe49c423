//! What keys mean in the lateness queue.

crate::actions! {
    /// What keys mean in the lateness queue.
    pub Action in "lateness" {
        Log "log" "log another late";
        Follow "follow" "follow the chosen late through";
        Report "report" "tell the head of year of all that are shown";
        Year "year" "only the next year group, then all again";
    }
}
