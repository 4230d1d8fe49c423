//! What keys mean among the unexplained absences.

crate::actions! {
    /// What keys mean among the unexplained absences.
    pub Action in "unexplained" {
        NoAnswer "no-answer" "the next contact did not answer" | "phone ring telephone call parent" records;
    }
}
