//! What keys mean in the lateness queue.

crate::actions! {
    /// What keys mean in the lateness queue.
    pub Action in "lateness" {
        Log "log" "log another late";
    }
}
