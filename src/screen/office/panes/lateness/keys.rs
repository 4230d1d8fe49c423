//! What keys mean in the lateness queue.

crate::actions! {
    /// What keys mean in the lateness queue.
    pub Action in "lateness" {
        Log "log" "log another late" | "arrival arrived register";
        Follow "follow" "follow the chosen late through" | "detention sanction reason met";
        Report "report" "tell the head of year of all that are shown" | "email print send form tutor";
        Year "year" "only the next year group, then all again" | "filter show group";
    }
}
